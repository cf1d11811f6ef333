"""A late card's agency is asked for an explanation, answers it, and is read."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.db import utc_now
from portal.pages import today
from portal.permits import needs
from portal.tasks.card import Card
from portal.tasks.explaining import ask_explanation, explain, read_explanation
from portal.tasks.rights import refuse_to_work
from portal.tasks.routes.acting import act, by
from portal.tasks.routes.blueprint import bp
from portal.tasks.routes.card import what_was_done
from portal.tenants.access import Actor, Permission


@bp.post("/w/<ward>/cards/<int:number>/explanation")
@needs(Permission.DECIDE_CARDS)
def ask_for_explanation(number: int) -> ResponseReturnValue:
    """Ask why the card is late (field `question`, may be empty)."""

    def do(card: Card, actor: Actor) -> str:
        question = request.form.get("question", "")
        asked = ask_explanation(card, question, by(actor), utc_now(), today=today())
        return what_was_done(asked, _("Đã yêu cầu giải trình. Câu trả lời sẽ hiện trên trang việc."))

    return act(number, do)


@bp.post("/w/<ward>/cards/<int:number>/explanation/answer")
@needs(Permission.WORK_CARDS)
def answer_explanation(number: int) -> ResponseReturnValue:
    """The agency says why (field `answer`)."""

    def do(card: Card, actor: Actor) -> str:
        refuse_to_work(actor, card)
        said = explain(card, request.form.get("answer", ""), by(actor), utc_now())
        return what_was_done(said, _("Đã gửi giải trình."))

    return act(number, do)


@bp.post("/w/<ward>/cards/<int:number>/explanation/reading")
@needs(Permission.DECIDE_CARDS)
def mark_explanation_read(number: int) -> ResponseReturnValue:
    """The answer was read; it leaves the list of what is to be done."""

    def do(card: Card, actor: Actor) -> str:
        return what_was_done(read_explanation(card, by(actor), utc_now()), _("Đã ghi: đã xem giải trình."))

    return act(number, do)
