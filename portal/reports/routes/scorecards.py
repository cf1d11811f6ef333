"""A ward's scorecards: begun, scored, approved, opened again, sent; and what a unit received."""

import io
import uuid
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.db import session_as, utc_now
from portal.errors import NotFound, Refused, or_404
from portal.files import as_download
from portal.official_document import DOCX
from portal.pages import see_other, today
from portal.permits import needs
from portal.reports.queries import unit_of
from portal.reports.routes.blueprint import bp
from portal.reports.routes.unit import wards_of_unit
from portal.reports.scorecard import keeping
from portal.reports.scorecard.paper import scorecard_docx
from portal.reports.scorecard.queries import received, received_or_404, scorecard_or_404, was_sent
from portal.reports.scorecard.scorecard import Scorecard
from portal.reports.scorecard.scoring import Result
from portal.reports.scorecard.wording import CLASSES, RESULTS, document_name, points_said
from portal.tenants.access import Permission
from portal.tenants.entrance import current_actor, current_unit, current_ward
from portal.tenants.report_period import reporting_year


@bp.post("/w/<ward>/scorecards")
@needs(Permission.MAKE_REPORTS)
def begin_scorecard() -> Response:
    """Begin the scorecard of this reporting year or of the one before, or open the one there is."""
    year = request.form.get("year", type=int)
    if year not in offered_years():
        raise NotFound
    card = keeping.begin(year, current_actor().name, utc_now(), today())
    return see_other(_address(card))


def offered_years() -> tuple[int, int]:
    """The years that can be scored now."""
    year = reporting_year(today())
    return year, year - 1


def _address(card: Scorecard) -> str:
    return url_for("reports.scorecard_page", year=card.year)


@bp.get("/w/<ward>/scorecards/<int:year>")
@needs(Permission.MAKE_REPORTS)
def scorecard_page(year: int) -> str:
    """The thirteen criteria with what was entered, what they come to, and what can be done."""
    return _drawn(scorecard_or_404(year))


def _drawn(card: Scorecard, **refused: Any) -> str:
    return render_template(
        "reports/scorecard.html",
        card=card,
        score=card.score,
        sent=was_sent(card),
        unit=unit_of(current_ward()),
        classes=CLASSES,
        results=RESULTS,
        points=points_said,
        **refused,
    )


@bp.post("/w/<ward>/scorecards/<int:year>")
@needs(Permission.MAKE_REPORTS)
def write_scorecard(year: int) -> ResponseReturnValue:
    """Keep what was typed; it comes back with a refusal."""
    card = scorecard_or_404(year, held=True)
    try:
        keeping.write(card, request.form, _seen(), current_actor().name, utc_now())
    except Refused as refusal:
        return _drawn(card, typed=request.form, faults=refusal.fields, why=refusal.why), refusal.status
    return see_other(_address(card), _("Đã lưu bảng điểm."))


def _seen() -> int:
    return request.form.get("version", 0, type=int)


@bp.post("/w/<ward>/scorecards/<int:year>/approval")
@needs(Permission.APPROVE_REPORTS)
def approve_scorecard(year: int) -> Response:
    """Lock it."""
    card = scorecard_or_404(year, held=True)
    keeping.approve(card, current_ward(), _seen(), current_actor().name, utc_now())
    return see_other(_address(card), _("Đã duyệt và khóa bảng điểm."))


@bp.post("/w/<ward>/scorecards/<int:year>/reopening")
@needs(Permission.APPROVE_REPORTS)
def reopen_scorecard(year: int) -> Response:
    """Open a locked one again."""
    card = scorecard_or_404(year, held=True)
    keeping.reopen(card)
    return see_other(_address(card), _("Đã mở lại bảng điểm để sửa."))


@bp.post("/w/<ward>/scorecards/<int:year>/sending")
@needs(Permission.MAKE_REPORTS)
def send_scorecard(year: int) -> Response:
    """Send the locked one to the unit above."""
    card, unit = scorecard_or_404(year, held=True), unit_of(current_ward())
    if unit is None:
        raise Refused(_("Phường chưa có cơ quan theo dõi cấp trên trong hệ thống. Tải bảng điểm về để gửi."))
    keeping.send(card, current_ward(), unit.id, utc_now())
    return see_other(_address(card), _("Đã gửi %(unit)s.", unit=unit.short_name))


@bp.get("/w/<ward>/scorecards/<int:year>/document")
@needs(Permission.MAKE_REPORTS)
def scorecard_document(year: int) -> Response:
    """The table as .docx: a locked one as it was approved."""
    card, ward = scorecard_or_404(year), current_ward()
    written = card.document or scorecard_docx(ward, card, utc_now())
    return as_download(io.BytesIO(written), document_name(ward, card.year, card.edition), DOCX)


@bp.get("/o/<unit>/scorecards")
@needs(Permission.READ_SENT_REPORTS)
def unit_scorecards() -> str:
    """The wards' scorecards of a year beside each other, and who has sent none."""
    year = request.args.get("year", reporting_year(today()), type=int)
    if year not in offered_years():
        raise NotFound
    city = session_as("city")
    wards = wards_of_unit(city)
    sent = {one.ward_id: one for one in received(city, current_unit().id, year)}
    return render_template(
        "reports/scorecards.html",
        year=year,
        years=offered_years(),
        unit=current_unit(),
        lines=[(ward, sent.get(ward.id)) for ward in sorted(wards.values(), key=lambda one: one.name)],
        results={result.value: look for result, look in RESULTS.items()},
        enough=sum(one.result == Result.ENOUGH.value for one in sent.values()),
        points=points_said,
    )


@bp.get("/o/<unit>/scorecards/<uuid:sent_id>/document")
@needs(Permission.READ_SENT_REPORTS)
def sent_scorecard_document(sent_id: uuid.UUID) -> Response:
    """The document as it was sent."""
    city = session_as("city")
    wards = wards_of_unit(city)
    sent = received_or_404(city, current_unit().id, sent_id)
    ward = or_404(wards.get(sent.ward_id))
    return as_download(io.BytesIO(sent.document), document_name(ward, sent.year, sent.edition), DOCX)
