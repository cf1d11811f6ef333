"""One duty for many agencies, and duties that come back."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.db import utc_now
from portal.errors import Refused
from portal.permits import needs
from portal.tasks.card import Card
from portal.tasks.repeating import CHOICES, repeat, stop
from portal.tasks.rights import refuse_when_closed
from portal.tasks.routes.acting import act, by
from portal.tasks.routes.blueprint import bp
from portal.tasks.routes.card import what_was_done
from portal.tasks.routes.words import RHYTHMS
from portal.tasks.sharing import share_out
from portal.tenants.access import Actor, Permission
from portal.tenants.queries import agencies


@bp.post("/w/<ward>/cards/<int:number>/shares")
@needs(Permission.ASSIGN_CARDS)
def share(number: int) -> ResponseReturnValue:
    """Share the duty out: fields `among`, the agencies that each get a card of their own."""

    def do(card: Card, actor: Actor) -> str:
        refuse_when_closed(card)
        chosen = set(request.form.getlist("among"))
        made = share_out(card, [one for one in agencies() if str(one.id) in chosen], by(actor), utc_now())
        return what_was_done(bool(made), _("Đã chia cho %(n)s cơ quan.", n=len(made)))

    return act(number, do)


@bp.post("/w/<ward>/cards/<int:number>/series")
@needs(Permission.ASSIGN_CARDS)
def change_series(number: int) -> ResponseReturnValue:
    """Let the duty come back (field `freq`), end that (`stopped` is 1), or let it go on (0)."""
    freq = request.form.get("freq", "")
    if freq and freq not in CHOICES:
        raise Refused(_("Chọn việc lặp lại bao lâu một lần."))

    def do(card: Card, actor: Actor) -> str:
        if freq:
            begun = repeat(card, freq, str(RHYTHMS[freq]), by(actor), utc_now())
            return what_was_done(begun, _("Việc này lặp lại %(rhythm)s.", rhythm=str(RHYTHMS[freq]).lower()))
        stopped = request.form.get("stopped") == "1"
        changed = stop(card, stopped, by(actor), utc_now())
        return what_was_done(changed, _("Đã dừng lặp.") if stopped else _("Việc này lặp lại tiếp."))

    return act(number, do)
