"""How the city's page says things: shares, moments, wards in a narrow table, kinds of agencies in narrow columns."""

import uuid
from datetime import datetime

from flask_babel import gettext as _

from portal.rollups.figures import Figures
from portal.rollups.part import Part
from portal.rollups.queries import Correction
from portal.rollups.sparkline import Sparkline
from portal.rollups.ward_rollup import NO_PLAN, OTHER_KIND
from portal.tenants.catalogue import AgencyKind
from portal.tenants.ward import Ward
from portal.wording import clock_time, decimal, full_date, local_day, number

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


def titled(ward: Ward) -> str:
    """`Phường Kim Tân`, as a heading begins."""
    return ward.full_name[:1].upper() + ward.full_name[1:]


def column_head(kind: AgencyKind | None) -> str:
    """What stands above the column of a kind; None is every agency without a kind."""
    return _("Khác") if kind is None else _NARROW.get(kind.code, kind.short)


def column_title(kind: AgencyKind | None) -> str:
    """The kind's whole name."""
    return _("Cơ quan khác") if kind is None else kind.name


def two_numbers(part: Part, *, needs_whole: bool) -> str:
    """`612 / 655`; hidden ones bear one mark, small or hidden for another's sake."""
    numbers = (part.numerator, part.denominator) if needs_whole else (part.numerator,)
    veiled = _("đã che") if part.hidden else "–"
    if set(numbers) == {None}:
        return veiled
    return " / ".join(veiled if number is None else decimal(number) for number in numbers)


def over_periods(line: Sparkline) -> str:
    """What a line over periods shows: `từ 80 đến 93 qua 4 kỳ`."""
    values = [value for _period, value in line.known]
    return _(
        "Từ %(first)s đến %(last)s qua %(count)s kỳ", first=values[0], last=values[-1], count=len(values)
    )


def codes(kinds: list[AgencyKind | None]) -> list[str]:
    """What the kinds are called in an address."""
    return [kind.code if kind else OTHER_KIND for kind in kinds]


def plan_name(plan_id: uuid.UUID, year: int, plans: list[tuple[uuid.UUID, int]]) -> str:
    """`Kế hoạch năm 2026`, numbered where a year has several: a plan's title is not published."""
    if plan_id == NO_PLAN:
        return _("Việc thêm tay năm %(year)s", year=year)
    alike = [one for one, of_year in plans if of_year == year and one != NO_PLAN]
    if len(alike) == 1:
        return _("Kế hoạch năm %(year)s", year=year)
    return _("Kế hoạch %(number)s năm %(year)s", number=alike.index(plan_id) + 1, year=year)


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


def figures_said(figures: Figures) -> dict[str, str]:
    """Every figure by its name, in words for a table: counts first, then what they come to."""
    days = figures.answer_days
    return {
        _("Tổng số việc"): number(figures.total),
        _("Hoàn thành"): percent(figures.done_percent),
        _("Xong đúng hạn"): number(figures.done_on_time),
        _("Xong trễ"): number(figures.done_late),
        _("Chưa xong, trong hạn"): number(figures.open_in_time),
        _("Chưa xong, quá hạn"): number(figures.open_overdue),
        _("Chờ phường duyệt"): number(figures.awaiting_approval),
        _("Chưa tiếp nhận"): number(figures.not_accepted),
        _("Đang vướng mắc"): number(figures.blocked),
        _("Chưa có hạn"): number(figures.without_date),
        _("Lần gia hạn"): number(figures.extensions),
        _("Có minh chứng"): percent(figures.evidence_percent),
        _("Số ngày trung bình để nhận việc"): "–" if days is None else decimal(days),
    }
