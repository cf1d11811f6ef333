"""The ward's pages about messages: the outbox, and "Nhắc ngay" with its preview."""

import uuid

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from portal.db import session_as, utc_now
from portal.doorbell import ring_after_commit
from portal.errors import Refused
from portal.pages import said, see_other, today
from portal.permits import needs
from portal.reminders.outbox import outbox_page
from portal.reminders.outbox_health import channels_now
from portal.reminders.queries import cards_numbered, late_cards
from portal.reminders.reminding import reached_by, refuse_unless_open_work, remind, workable
from portal.reminders.steering import delivery_or_404, pause, resume, send_again, stop
from portal.tasks.card import Card
from portal.tasks.card_queries import card_or_404
from portal.tasks.doer import Doer
from portal.tenants.access import Permission
from portal.tenants.entrance import current_actor

bp = Blueprint("reminders", __name__, template_folder="templates")

DRAIN = "reminders.drain"


@bp.get("/w/<ward>/outbox")
@needs(Permission.SEE_OUTBOX)
def outbox() -> str:
    """What was sent, to whom, when, and why not."""
    now = utc_now()
    page = outbox_page(request.args.get("group", ""), now)
    return render_template(
        "reminders/outbox.html", page=page, channels=channels_now(session_as("dispatch"), now)
    )


@bp.post("/w/<ward>/outbox/<uuid:delivery_id>/stop")
@needs(Permission.SEND_REMINDERS)
def stop_delivery(delivery_id: uuid.UUID) -> Response:
    """Keep one message from leaving."""
    stop(delivery_or_404(delivery_id), utc_now())
    return see_other(url_for("reminders.outbox"), _("Đã dừng tin này."))


@bp.post("/w/<ward>/outbox/<uuid:delivery_id>/copies")
@needs(Permission.SEND_REMINDERS)
def resend_delivery(delivery_id: uuid.UUID) -> Response:
    """Send one message once more."""
    send_again(delivery_or_404(delivery_id), utc_now())
    ring_after_commit(DRAIN)
    return see_other(url_for("reminders.outbox"), _("Sẽ gửi lại tin này trong ít phút."))


@bp.post("/w/<ward>/outbox/pause")
@needs(Permission.SEND_REMINDERS)
def pause_ward() -> Response:
    """Pause the ward's messages, or let them go again (`resume=1`)."""
    if request.form.get("resume"):
        resume()
        ring_after_commit(DRAIN)
        return see_other(url_for("reminders.outbox"), _("Đã gửi tiếp tin của phường."))
    pause()
    return see_other(url_for("reminders.outbox"), _("Đã tạm dừng mọi tin của phường."))


@bp.get("/w/<ward>/cards/<int:number>/reminder")
@needs(Permission.SEND_REMINDERS)
def remind_one_page(number: int) -> str:
    """Who is written to when this card's agency is reminded."""
    card = card_or_404(number)
    refuse_unless_open_work(card)
    return _preview([card])


@bp.post("/w/<ward>/cards/<int:number>/reminder")
@needs(Permission.SEND_REMINDERS)
def remind_one(number: int) -> Response:
    """Remind the agency of one card now."""
    card = card_or_404(number, for_update=True)
    refuse_unless_open_work(card)
    return _remind([card], url_for("tasks.card_page", number=number))


@bp.get("/w/<ward>/reminders")
@needs(Permission.SEND_REMINDERS)
def remind_many_page() -> str:
    """Who is written to about the chosen cards (`card=12&card=14`), an agency's late ones, or all late ones."""
    return _preview(_chosen(request.args))


@bp.post("/w/<ward>/reminders")
@needs(Permission.SEND_REMINDERS)
def remind_many() -> Response:
    """Remind the agencies of the chosen cards now, one message a person."""
    return _remind(_chosen(request.form), url_for("reminders.outbox"))


def _chosen(asked: MultiDict[str, str]) -> list[Card]:
    """What the address or the form names. Raises Refused when there is nothing to remind of."""
    if "card" in asked:
        return workable(cards_numbered(asked.getlist("card", type=int)))
    cards = late_cards(today())
    if "agency" in asked:
        cards = [card for card in cards if str(card.agency_id) == asked["agency"]]
    if not cards:
        raise Refused(_("Không có việc nào quá hạn để nhắc."), status=409)
    return cards


def _preview(cards: list[Card]) -> str:
    return render_template("reminders/preview.html", cards=cards, reached=reached_by(cards))


def _remind(cards: list[Card], back: str) -> Response:
    people = remind(cards, Doer.from_actor(current_actor()), utc_now())
    ring_after_commit(DRAIN)
    if people == 0:
        return said(back, _("Không có thư mới: hôm nay đã nhắc, hoặc người nhận đã ngừng nhận thư."))
    return said(back, _("Sẽ gửi thư nhắc cho %(n)s người. Dừng được ở trang “Tin nhắc”.", n=people))
