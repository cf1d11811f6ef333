"""How scorecards say things: classes of places, results, points."""

from typing import Any

from flask_babel import lazy_gettext as _l

from portal.reports.scorecard.criteria import UnitClass
from portal.reports.scorecard.scoring import Result
from portal.tenants.ward import Ward
from portal.wording import decimal

CLASSES: dict[UnitClass, Any] = {
    UnitClass.CITY: _l("Phường thuộc quận, thị xã, thành phố của thành phố trực thuộc Trung ương"),
    UnitClass.HARD: _l("Miền núi, hải đảo, đặc biệt khó khăn"),
    UnitClass.OTHER: _l("Phường, xã khác"),
}

#: Words, icon and colour of each result.
RESULTS: dict[Result, tuple[Any, str, str]] = {
    Result.OPEN: (_l("Chưa đủ căn cứ"), "circle-dashed", "todo"),
    Result.SHORT: (_l("Chưa đủ điểm"), "alert-triangle", "soon"),
    Result.ENOUGH: (_l("Đủ điểm đề nghị"), "circle-check", "done"),
}


def points_said(points: float | None) -> str:
    """`12,5`; a dash while they are not known."""
    return "–" if points is None else decimal(points)


def document_name(ward: Ward, year: int, edition: int) -> str:
    """`bang-diem-lao-cai-2026.docx`; nothing that anybody typed is in it."""
    again = f"-ban-{edition}" if edition > 1 else ""
    return f"bang-diem-{ward.slug}-{year}{again}.docx"
