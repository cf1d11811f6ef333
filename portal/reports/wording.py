"""How pages of reports say and show things: the four counts, the file's name."""

from typing import Any

from flask_babel import lazy_gettext as _l

from portal.tasks.timeliness import Bucket
from portal.tenants.oversight_unit import OversightUnit
from portal.tenants.ward import Ward

#: Of each of the four its words, icon and colour, as on the board.
BUCKET_LOOKS: dict[str, tuple[Any, str, str]] = {
    Bucket.DONE_ON_TIME.value: (_l("Xong đúng hạn"), "circle-check", "done"),
    Bucket.DONE_LATE.value: (_l("Xong muộn"), "clock", "soon"),
    Bucket.OPEN_IN_TIME.value: (_l("Chưa xong, còn hạn"), "progress", "doing"),
    Bucket.OPEN_OVERDUE.value: (_l("Chưa xong, quá hạn"), "alert-triangle", "late"),
}


def document_name(ward: Ward, period_code: str, edition: int) -> str:
    """`bao-cao-lao-cai-2026-half.docx`; nothing that anybody typed is in it."""
    again = f"-ban-{edition}" if edition > 1 else ""
    return f"bao-cao-{ward.slug}-{period_code}{again}.docx"


def unit_file_name(unit: OversightUnit, period_code: str, form: str) -> str:
    """`bao-cao-tong-hop-lao-cai-2026-half.xlsx`; nothing that anybody typed is in it."""
    return f"bao-cao-tong-hop-{unit.slug}-{period_code}.{form}"
