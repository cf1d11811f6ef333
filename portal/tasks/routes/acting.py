"""How every act on a card runs: load it for changing, check what the person saw, do it, answer where they are."""

from collections.abc import Callable
from datetime import date

from flask import g, make_response, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.dates import parse_day
from portal.db import db, utc_now
from portal.doorbell import ring_after_commit
from portal.errors import Refused
from portal.pages import is_htmx, safe_next, see_other, today
from portal.tasks.answering import waits_for_answer
from portal.tasks.card import Card
from portal.tasks.card_event import CardEvent
from portal.tasks.card_face import face_of
from portal.tasks.card_queries import card_or_404, latest_act
from portal.tasks.doer import Doer
from portal.tasks.pressing import Press
from portal.tasks.queries import column_counts
from portal.tasks.rights import Seen, refuse_to_see
from portal.tasks.routes.card import answer, what_was_done
from portal.tasks.state import STATE_TEXTS
from portal.tasks.undoing import can_be_undone
from portal.tenants.access import Actor
from portal.tenants.entrance import current_actor
from portal.tenants.queries import working_agency

Act = Callable[[Card, Actor], str]
Reply = Callable[[Card, str], ResponseReturnValue]


def act(
    number: int,
    do: Act,
    *,
    from_board: bool = False,
    reply: Reply | None = None,
    allowed: Callable[[Actor, Card], None] = refuse_to_see,
) -> ResponseReturnValue:
    """Load the card for changing, check the version the person saw, do it, and answer where they are.

    `reply` draws for htmx only what the act changed, where that is less than the card.
    A form of another page says with `back` where that is; what was done can be taken back there too.
    `allowed` raises Refused unless the actor may begin at all.
    """
    actor = current_actor()
    card = card_or_404(number, for_update=True)
    allowed(actor, card)
    try:
        message = _do_once(do, card, actor)
    except Refused as refusal:
        if from_board or not is_htmx():
            raise
        db.session.rollback()  # the card is drawn again as it is, not as it was half changed
        return answer(card, "", why=refusal.why, status=refusal.status)
    db.session.flush()
    ring_after_commit("rollups.publish_changed")
    if is_htmx():
        return _moved(card, message) if from_board else (reply or answer)(card, message)
    here = url_for("tasks.board") if from_board else url_for("tasks.card_page", number=number)
    back = safe_next(request.values.get("back")) or here
    _offer_to_undo(card, back)
    return see_other(back, message)


def _do_once(do: Act, card: Card, actor: Actor) -> str:
    """What was done; a press that was sent before changes nothing."""
    seen = _seen()
    if _press(actor).is_known(card, seen.version):
        return what_was_done(False, "")
    seen.refuse_when_stale(card, actor)
    return do(card, actor)


def _press(actor: Actor) -> Press:
    return Press.of(actor, request.form.get("press", ""))


def _offer_to_undo(card: Card, back: str) -> None:
    """On the next page, beside the sentence that says what was done, a button that takes it back."""
    done = latest_act(card)
    if can_be_undone(done, utc_now()):
        address = url_for("tasks.undo_move", number=card.number)
        session["undo"] = {"address": address, "event": str(done[0].id), "back": back}


def _seen() -> Seen:
    typed = request.values.get("version", "")
    return Seen(int(typed) if typed.isdecimal() else None)


def _moved(card: Card, message: str) -> ResponseReturnValue:
    """For the board: the card where it stands now, the counts of the columns, and a toast with undo."""
    actor = current_actor()
    done = _done_to(card, by(actor))
    return make_response(
        render_template(
            "tasks/card_moved.html",
            face=face_of(
                card, working_agency(card.agency_id), actor, today(), waits_for_answer(card, today())
            ),
            counts=column_counts(actor, today()),
            message=message,
            event_id=done[0].id if can_be_undone(done, utc_now()) else None,
            state_texts=STATE_TEXTS,
        )
    )


def _done_to(card: Card, doer: Doer) -> list[CardEvent]:
    """What the press did to the card, the latest first; where it did nothing, what was done to it last."""
    here = [event for event in reversed(doer.done) if event.card_id == card.id]
    return here or latest_act(card)


def by(actor: Actor) -> Doer:
    """Who does it: whatever one request does is one act."""
    if "doer" not in g:
        g.doer = Doer.from_actor(actor, _press(actor).act_id)
    doer: Doer = g.doer
    return doer


def typed_day(typed: str) -> date:
    """The day somebody typed. Raises Refused with an example when it is none."""
    try:
        return parse_day(typed, today().year)
    except ValueError:
        raise Refused(_("Ngày “%(typed)s” chưa đúng. Ghi như 24/5 hoặc 24/05/2026.", typed=typed)) from None
