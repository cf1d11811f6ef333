"""What those who steer decide about a card: its date, its agencies, its title; and what an agency asks of them."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.db import utc_now
from portal.errors import Refused
from portal.permits import needs
from portal.tasks.assigning import give_to, retitle, set_supporters
from portal.tasks.card import Card
from portal.tasks.dating import answer_extension, ask_extension, set_due
from portal.tasks.rights import refuse_to_work, refuse_when_closed, refuse_when_shared
from portal.tasks.routes.acting import act, by, typed_day
from portal.tasks.routes.blueprint import bp
from portal.tasks.routes.card import what_was_done
from portal.tenants.access import Actor, Permission
from portal.tenants.queries import agencies


@bp.post("/w/<ward>/cards/<int:number>/due")
@needs(Permission.DECIDE_CARDS)
def change_due(number: int) -> ResponseReturnValue:
    """Set the due date; a later one than before counts as an extension."""

    def do(card: Card, actor: Actor) -> str:
        refuse_when_closed(card)
        refuse_when_shared(card)
        typed = request.form.get("due_on", "").strip()
        changed = set_due(
            card, typed_day(typed) if typed else None, by(actor), utc_now(), why=request.form.get("why", "")
        )
        return what_was_done(changed, _("Đã đặt hạn."))

    return act(number, do)


@bp.post("/w/<ward>/cards/<int:number>/extension")
@needs(Permission.ANSWER_FOR_AGENCY)
def ask_for_extension(number: int) -> ResponseReturnValue:
    """The agency asks for more time."""

    def do(card: Card, actor: Actor) -> str:
        refuse_to_work(actor, card)
        refuse_when_closed(card)
        due_on = typed_day(request.form.get("due_on", ""))
        asked = ask_extension(card, due_on, by(actor), utc_now(), why=request.form.get("why", ""))
        return what_was_done(asked, _("Đã gửi yêu cầu lùi hạn. Lãnh đạo sẽ trả lời."))

    return act(number, do)


@bp.post("/w/<ward>/cards/<int:number>/extension/decision")
@needs(Permission.DECIDE_CARDS)
def decide_extension(number: int) -> ResponseReturnValue:
    """Grant the extension asked for (field `granted` is 1), or decline it."""

    def do(card: Card, actor: Actor) -> str:
        granted = request.form.get("granted") == "1"
        answer_extension(card, granted, by(actor), utc_now())
        return _("Đã gia hạn.") if granted else _("Đã trả lời: giữ hạn cũ.")

    return act(number, do)


@bp.post("/w/<ward>/cards/<int:number>/assignment")
@needs(Permission.ASSIGN_CARDS)
def assign(number: int) -> ResponseReturnValue:
    """Choose the lead agency and the supporting ones."""

    def do(card: Card, actor: Actor) -> str:
        refuse_when_closed(card)
        refuse_when_shared(card)
        known = {str(agency.id): agency for agency in agencies()}
        lead = known.get(request.form.get("agency", ""))
        if lead is None:
            raise Refused(_("Chọn cơ quan chủ trì."))
        chosen = [known[value] for value in request.form.getlist("supporting") if value in known]
        given = give_to(card, lead, by(actor), utc_now())
        names = [agency.short_name for agency in chosen]
        supported = set_supporters(card, {agency.id for agency in chosen}, names, by(actor), utc_now())
        return what_was_done(given or supported, _("Đã giao %(agency)s.", agency=lead.short_name))

    return act(number, do)


@bp.post("/w/<ward>/cards/<int:number>/title")
@needs(Permission.ASSIGN_CARDS)
def change_title(number: int) -> ResponseReturnValue:
    """Change the short title."""

    def do(card: Card, actor: Actor) -> str:
        changed = retitle(card, request.form.get("title", ""), by(actor), utc_now())
        return what_was_done(changed, _("Đã sửa tên việc."))

    return act(number, do)
