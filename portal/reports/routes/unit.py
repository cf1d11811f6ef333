"""What a unit received: which ward, which period, when, and the document."""

import io
import uuid

from flask import Response, render_template
from sqlalchemy.orm import Session

from portal.db import session_as
from portal.errors import or_404
from portal.files import as_download
from portal.official_document import DOCX
from portal.pages import today
from portal.permits import needs
from portal.reports.queries import received, received_or_404
from portal.reports.routes.blueprint import bp
from portal.reports.wording import document_name
from portal.tenants.access import Permission
from portal.tenants.entrance import current_unit
from portal.tenants.overseeing import enter_wards, wards_under
from portal.tenants.ward import Ward


@bp.get("/o/<unit>/reports")
@needs(Permission.READ_SENT_REPORTS)
def unit_reports() -> str:
    """Every report that wards sent to this unit, the latest first."""
    city = session_as("city")
    wards = wards_of_unit(city)
    return render_template(
        "reports/received.html", received=received(city, current_unit().id), wards=wards, unit=current_unit()
    )


@bp.get("/o/<unit>/reports/<uuid:sent_id>/document")
@needs(Permission.READ_SENT_REPORTS)
def sent_document(sent_id: uuid.UUID) -> Response:
    """The document as it was sent."""
    city = session_as("city")
    wards = wards_of_unit(city)
    sent = received_or_404(city, current_unit().id, sent_id)
    ward = or_404(wards.get(sent.ward_id))
    return as_download(io.BytesIO(sent.document), document_name(ward, sent.period_code, sent.edition), DOCX)


def wards_of_unit(city: Session) -> dict[int, Ward]:
    """The wards below the unit, opened for the rest of the request."""
    found = wards_under(city, current_unit().id, today())
    enter_wards(city, [ward.id for ward in found])
    return {ward.id: ward for ward in found}
