"""What people write on a card: the checklist, what stands in the way."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.db import utc_now
from portal.errors import NotFound
from portal.permits import needs
from portal.tasks.card import Card
from portal.tasks.card_queries import checks_of
from portal.tasks.check import Check
from portal.tasks.commenting import add_check, block, tick
from portal.tasks.rights import refuse_to_work, refuse_when_closed
from portal.tasks.routes.acting import act, by
from portal.tasks.routes.blueprint import bp
from portal.tenants.access import Actor, Permission


@bp.post("/w/<ward>/cards/<int:number>/checks")
@needs(Permission.WORK_CARDS)
def add_check_line(number: int) -> ResponseReturnValue:
    """Add a line to the checklist."""

    def do(card: Card, actor: Actor) -> str:
        refuse_to_work(actor, card)
        refuse_when_closed(card)
        add_check(card, request.form.get("text", ""), by(actor), utc_now())
        return _("Đã thêm việc con.")

    return act(number, do)


@bp.post("/w/<ward>/cards/<int:number>/checks/<uuid:check_id>")
@needs(Permission.WORK_CARDS)
def tick_check(number: int, check_id: object) -> ResponseReturnValue:
    """Tick a line, or untick it: field `done` is 1 or 0."""

    def do(card: Card, actor: Actor) -> str:
        refuse_to_work(actor, card)
        tick(card, _check_or_404(card, check_id), request.form.get("done") == "1", by(actor), utc_now())
        return _("Đã ghi.")

    return act(number, do)


def _check_or_404(card: Card, check_id: object) -> Check:
    for check in checks_of(card):
        if check.id == check_id:
            return check
    raise NotFound


@bp.post("/w/<ward>/cards/<int:number>/obstacle")
@needs(Permission.WORK_CARDS)
def report_obstacle(number: int) -> ResponseReturnValue:
    """Say what stands in the way, or with an empty text that nothing does any more."""

    def do(card: Card, actor: Actor) -> str:
        refuse_to_work(actor, card)
        refuse_when_closed(card)
        block(card, request.form.get("why", ""), by(actor), utc_now())
        return _("Đã ghi vướng mắc.") if card.blocked_why else _("Đã ghi: hết vướng mắc.")

    return act(number, do)
