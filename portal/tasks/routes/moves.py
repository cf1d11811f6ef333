"""A card moves: from state to state, taken by its agency, or back again."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.db import utc_now
from portal.errors import Refused
from portal.permits import needs
from portal.tasks.card import Card
from portal.tasks.card_queries import latest_event
from portal.tasks.moving import accept, move_to
from portal.tasks.rights import refuse_to_find, refuse_to_move, refuse_to_take_back, refuse_to_work
from portal.tasks.routes.acting import act, by
from portal.tasks.routes.blueprint import bp
from portal.tasks.routes.card import what_was_done
from portal.tasks.state import STATE_TEXTS, State
from portal.tasks.undoing import undo
from portal.tenants.access import Actor, Permission


@bp.post("/w/<ward>/cards/<int:number>/state")
@needs(Permission.WORK_CARDS)
def change_state(number: int) -> ResponseReturnValue:
    """Move the card: fields `state`, `reason`, `result`."""
    wanted = request.values.get("state", "")
    if wanted not in set(State):
        raise Refused(_("Trạng thái này không có."), status=400)
    target = State(wanted)

    def do(card: Card, actor: Actor) -> str:
        refuse_to_move(actor, card, target)
        changed = move_to(
            card,
            target,
            by(actor),
            utc_now(),
            reason=request.form.get("reason", ""),
            result=request.form.get("result", ""),
        )
        return what_was_done(
            changed, _("“%(title)s”: %(state)s", title=card.title, state=STATE_TEXTS[target])
        )

    return act(number, do, from_board=request.values.get("from") == "board")


@bp.post("/w/<ward>/cards/<int:number>/acceptance")
@needs(Permission.WORK_CARDS)
def accept_card(number: int) -> ResponseReturnValue:
    """The agency takes the card."""

    def do(card: Card, actor: Actor) -> str:
        refuse_to_work(actor, card)
        return what_was_done(
            accept(card, by(actor), utc_now()), _("Đã nhận việc “%(title)s”.", title=card.title)
        )

    return act(number, do, from_board=request.values.get("from") == "board")


@bp.post("/w/<ward>/cards/<int:number>/undo")
@needs(Permission.WORK_CARDS)
def undo_move(number: int) -> ResponseReturnValue:
    """Take back the latest move; only who may take the way back may."""

    def do(card: Card, actor: Actor) -> str:
        event = latest_event(card)
        if event is None or str(event.id) != request.form.get("event"):
            raise Refused(_("Việc này đã thay đổi sau đó. Chuyển lại bằng nút trên trang việc."), status=409)
        refuse_to_take_back(actor, card, event)
        undo(card, event.id, by(actor), utc_now())
        return _("Đã hoàn tác: %(state)s", state=STATE_TEXTS[card.standing])

    return act(number, do, from_board=request.values.get("from") == "board", allowed=refuse_to_find)
