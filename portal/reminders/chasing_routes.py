"""The chasing letter of an agency: what it will say is shown, then it is made, logged and downloaded."""

import io
import uuid

from flask import Response, render_template

from portal.db import utc_now
from portal.files import as_download
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
    return as_download(io.BytesIO(letter), f"cong-van-don-doc-{day:%Y-%m-%d}.docx", DOCX)
