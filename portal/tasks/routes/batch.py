"""Many cards chosen in the list: given to an agency, given a date, reminded of; and all of that taken back at once."""

import uuid
from collections.abc import Callable

from flask import request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.db import utc_now
from portal.doorbell import ring_after_commit
from portal.errors import NotFound, Refused
from portal.pages import safe_next, see_other
from portal.permits import needs
from portal.tasks.assigning import give_to
from portal.tasks.batching import Change, change_each, picked, undo_each
from portal.tasks.dating import set_due
from portal.tasks.routes.acting import by, typed_day
from portal.tasks.routes.blueprint import bp
from portal.tenants.access import Permission
from portal.tenants.entrance import current_actor
from portal.tenants.queries import agencies

#: What is said of so many cards that were changed.
Said = Callable[[int], str]


@bp.post("/w/<ward>/cards/batch")
@needs(Permission.ASSIGN_CARDS)
def change_many() -> ResponseReturnValue:
    """Change the cards `card` (each number.version): `do` is assign (`agency`), date (`due_on`) or remind."""
    chosen = picked(request.form.getlist("card"))
    wanted = request.form.get("do", "")
    if wanted == "remind":
        return see_other(url_for("reminders.remind_many_page", card=sorted(chosen)))
    actor = current_actor()
    change, said = _assignment() if wanted == "assign" else _date()
    outcome = change_each(chosen, actor, change)
    back = _back()
    if outcome.done:
        ring_after_commit("rollups.publish_changed")
        address = url_for("tasks.undo_many", act_id=by(actor).act_id)
        session["undo"] = {"address": address, "event": "", "back": back}
    return see_other(back, outcome.told(said(len(outcome.done))))


def _assignment() -> tuple[Change, Said]:
    """Give each to one agency, and what is said of it."""
    lead = next((one for one in agencies() if str(one.id) == request.form.get("agency")), None)
    if lead is None:
        raise Refused(_("Chọn cơ quan để giao."))
    doer, now = by(current_actor()), utc_now()
    return (
        lambda card: give_to(card, lead, doer, now),
        lambda n: _("Đã giao %(n)s việc cho %(agency)s.", n=n, agency=lead.short_name),
    )


def _date() -> tuple[Change, Said]:
    """Give each one date, and what is said of it."""
    typed = request.form.get("due_on", "").strip()
    if request.form.get("do") != "date" or not typed:
        raise Refused(_("Ghi hạn, ví dụ 24/5."))
    due_on, doer, now = typed_day(typed), by(current_actor()), utc_now()
    return lambda card: set_due(card, due_on, doer, now), lambda n: _("Đã đặt hạn %(n)s việc.", n=n)


@bp.post("/w/<ward>/acts/<uuid:act_id>/undo")
@needs(Permission.ASSIGN_CARDS)
def undo_many(act_id: uuid.UUID) -> ResponseReturnValue:
    """Take back what was done to many cards with one press."""
    actor = current_actor()
    outcome = undo_each(act_id, actor, by(actor), utc_now())
    if not outcome.done and not outcome.refused:
        raise NotFound
    ring_after_commit("rollups.publish_changed")
    return see_other(_back(), outcome.told(_("Đã hoàn tác %(n)s việc.", n=len(outcome.done))))


def _back() -> str:
    return safe_next(request.form.get("back")) or url_for("tasks.board", view="list")
