"""How the city's page says things: shares, moments, wards in a narrow table, kinds of agencies in narrow columns."""

from datetime import datetime

from flask_babel import gettext as _

from portal.rollups.queries import Correction
from portal.tenants.catalogue import AgencyKind
from portal.tenants.ward import Ward
from portal.wording import clock_time, full_date, local_day

_WARD_KINDS = {"phuong": "P.", "xa": "X.", "dac_khu": "ĐK."}

#: What fits above a column of 66 pixels, for kinds whose short name does not; the full name is one hover away.
_NARROW = {
    "vhxh": "VH–XH",
    "ldtbxh_cc": "LĐ–TBXH",
    "tckt": "TC–KT",
    "tckh": "TC–KH",
    "tpht": "Tư pháp",
    "dcxd": "ĐC–XD",
    "vptk": "VP–TK",
    "p_vhxh": "P. VH–XH",
    "p_kt": "P. KT",
    "vp_hdnd_ubnd": "Văn phòng",
    "ttpvhcc": "TT HCC",
    "ttcudvc": "TT DVC",
    "congan": "Công an",
    "tramyte": "Y tế",
    "truong": "Trường học",
    "doantn": "Đoàn TN",
    "hoipn": "Phụ nữ",
    "hoictd": "CTĐ",
    "hoicb": "CCB",
    "hoind": "Nông dân",
    "collective_all": "Chung",
}


def percent(value: int | None) -> str:
    """`45%`; a dash when there is nothing to take a share of."""
    return "–" if value is None else f"{value}%"


def clock_and_date(moment: datetime) -> str:
    """`07:30, 21/05/2026`, local."""
    return f"{clock_time(moment)}, {full_date(local_day(moment))}"


def short_ward(ward: Ward) -> str:
    """`P. Kim Tân`."""
    return f"{_WARD_KINDS[ward.kind]} {ward.name}"


def column_head(kind: AgencyKind | None) -> str:
    """What stands above the column of a kind; None is every agency without a kind."""
    return _("Khác") if kind is None else _NARROW.get(kind.code, kind.short)


def column_title(kind: AgencyKind | None) -> str:
    """The kind's whole name."""
    return _("Cơ quan khác") if kind is None else kind.name


def correction_note(correction: Correction) -> str:
    """What a late change made of a closed period: `hoàn thành đúng hạn 12 → 11; chờ duyệt 0 → 1`."""
    named = {
        "done_on_time": _("hoàn thành đúng hạn"),
        "done_late": _("hoàn thành trễ"),
        "open_in_time": _("chưa xong, trong hạn"),
        "open_overdue": _("chưa xong, quá hạn"),
        "awaiting_approval": _("chờ duyệt"),
    }
    before, now = correction.frozen._asdict(), correction.now._asdict()
    changed = [name for name in named if before[name] != now[name]]
    return "; ".join(f"{named[name]} {before[name]} → {now[name]}" for name in changed)
