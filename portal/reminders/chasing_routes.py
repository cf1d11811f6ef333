"""The chasing letter of an agency: what it will say is shown, then it is made, logged and downloaded."""

import uuid

from flask import Response, make_response, render_template

from portal.db import utc_now
from portal.official_document import DOCX
from portal.pages import today
from portal.permits import needs
from portal.reminders.chasing import chasing_letter, late_cards_of, log_chasing
from portal.reminders.routes import bp
from portal.tasks.doer import Doer
from portal.tenants.access import Permission
from portal.tenants.entrance import current_actor, current_ward
from portal.tenants.queries import agency_or_404


@bp.get("/w/<ward>/agencies/<uuid:agency_id>/chasing-letter")
@needs(Permission.SEND_REMINDERS)
def chasing_page(agency_id: uuid.UUID) -> str:
    """Which cards the letter names."""
    agency = agency_or_404(agency_id)
    return render_template("reminders/chasing.html", agency=agency, cards=late_cards_of(agency, today()))


@bp.post("/w/<ward>/agencies/<uuid:agency_id>/chasing-letter")
@needs(Permission.SEND_REMINDERS)
def make_chasing_letter(agency_id: uuid.UUID) -> Response:
    """The draft as a download, logged on every card it names."""
    agency, day = agency_or_404(agency_id), today()
    cards = late_cards_of(agency, day)
    letter = chasing_letter(current_ward(), agency, cards, day)
    log_chasing(cards, Doer.from_actor(current_actor()), utc_now())
    response = make_response(letter)
    response.headers["Content-Type"] = DOCX
    response.headers["Content-Disposition"] = f'attachment; filename="cong-van-don-doc-{day:%Y-%m-%d}.docx"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "no-store"
    return response
