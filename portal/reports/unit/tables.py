"""The tables of a unit's report, in their order: counts by ward and by agency, targets, who is missing, corrections."""

from collections.abc import Iterable

from flask_babel import gettext as _

from portal.reports.scorecard.wording import RESULTS
from portal.reports.unit.report_table import HIDDEN, Cell, Column, Kind, ReportTable
from portal.reports.unit.unit_figures import TargetFigures, UnitFigures
from portal.reports.wording import BUCKET_LOOKS
from portal.rollups.figures import Figures
from portal.rollups.part import Part
from portal.tenants.catalogue import AGENCY_KINDS
from portal.wording import local_day


def report_tables(figures: UnitFigures) -> list[ReportTable]:
    """Every table of the report."""
    return [
        _by_ward(figures),
        _by_kind(figures),
        _targets(figures),
        _missing(figures),
        _corrections(figures),
        *([_scored(figures)] if figures.scored else []),
        _by_ward_and_kind(figures),
        _targets_by_ward(figures),
    ]


def kind_name(code: str) -> str:
    """A kind of agency in words."""
    known = AGENCY_KINDS.get(code)
    return known.name if known else _("Cơ quan khác")


def _count_columns() -> tuple[Column, ...]:
    return (
        Column(_("Tổng số"), 8, Kind.COUNT),
        *(Column(str(look[0]), 10, Kind.COUNT) for look in BUCKET_LOOKS.values()),
        Column(_("Hoàn thành"), 9, Kind.PERCENT),
    )


def _counts(figures: Figures) -> tuple[Cell, ...]:
    return (
        figures.total,
        *(getattr(figures, code) for code in BUCKET_LOOKS),
        figures.done_percent,
    )


def _by_ward(figures: UnitFigures) -> ReportTable:
    rows = [
        (ward.name, *_counts(ward.figures), local_day(ward.as_of) if ward.as_of else None)
        for ward in figures.wards
    ]
    return ReportTable(
        code="wards",
        title=_("Nhiệm vụ theo xã, phường"),
        columns=(
            Column(_("Xã, phường"), 26),
            *_count_columns(),
            Column(_("Số liệu đến"), 16, Kind.DATE),
        ),
        rows=(*rows, (_("Toàn đơn vị"), *_counts(figures.figures), "")) if rows else (),
        empty=_("Chưa có xã, phường nào thuộc đơn vị này."),
        summed=True,
    )


def _by_kind(figures: UnitFigures) -> ReportTable:
    rows = [(kind_name(code), *_counts(figures.by_kind[code])) for code in _ordered(figures.by_kind)]
    return ReportTable(
        code="agencies",
        title=_("Nhiệm vụ theo loại cơ quan"),
        columns=(Column(_("Loại cơ quan"), 34), *_count_columns()),
        rows=(*rows, (_("Toàn đơn vị"), *_counts(figures.figures))) if rows else (),
        empty=_("Chưa xã, phường nào công bố số liệu."),
        summed=True,
    )


def _by_ward_and_kind(figures: UnitFigures) -> ReportTable:
    return ReportTable(
        code="wards-agencies",
        title=_("Nhiệm vụ của từng xã, phường theo loại cơ quan"),
        columns=(Column(_("Xã, phường"), 22), Column(_("Loại cơ quan"), 26), *_count_columns()),
        rows=tuple(
            (ward.name, kind_name(code), *_counts(ward.by_kind[code]))
            for ward in figures.wards
            for code in _ordered(ward.by_kind)
        ),
        empty=_("Chưa xã, phường nào công bố số liệu."),
        detail=True,
    )


def _ordered(codes: Iterable[str]) -> list[str]:
    """In the catalogue's order, those of no known kind last."""
    places = {code: n for n, code in enumerate(AGENCY_KINDS)}
    return sorted(codes, key=lambda code: places.get(code, len(places)))


def _figure_columns() -> tuple[Column, ...]:
    return (
        Column(_("Tử số"), 10, Kind.NUMBER),
        Column(_("Mẫu số"), 10, Kind.NUMBER),
        Column(_("Kết quả"), 10, Kind.NUMBER),
        Column(_("Đánh giá"), 10),
    )


def _figure(target: TargetFigures, part: Part) -> tuple[Cell, ...]:
    """Two numbers, what they come to and how that is judged; nothing is made of a hidden one."""
    value = target.value(part)
    if part.hidden:
        whole = str(HIDDEN) if part.denominator is None else part.denominator
        return (str(HIDDEN), whole if target.measure.needs_whole else "", str(HIDDEN), "")
    met = target.is_met(part)
    judged = "" if met is None else _("Đạt") if met else _("Chưa đạt")
    return (part.numerator, part.denominator, None if value is None else round(value, 2), judged)


def _targets(figures: UnitFigures) -> ReportTable:
    return ReportTable(
        code="targets",
        title=_("Chỉ tiêu của toàn đơn vị"),
        columns=(
            Column(_("Chỉ tiêu"), 34),
            Column(_("Mức đề ra"), 10),
            Column(_("Kỳ số liệu đến"), 14, Kind.DATE),
            *_figure_columns(),
            Column(_("Xã, phường có số"), 10, Kind.COUNT),
            Column(_("Phải báo"), 8, Kind.COUNT),
        ),
        rows=tuple(
            (
                one.text,
                one.measure.said_target,
                one.period_end,
                *_figure(one, one.together),
                sum(part.is_there for part in one.by_ward.values()),
                len(one.by_ward),
            )
            for one in figures.targets
        ),
        empty=_("Chưa có số liệu chỉ tiêu trong kỳ."),
    )


def _targets_by_ward(figures: UnitFigures) -> ReportTable:
    names = {ward.ward_id: ward.name for ward in figures.wards}
    return ReportTable(
        code="targets-wards",
        title=_("Chỉ tiêu của từng xã, phường"),
        columns=(
            Column(_("Chỉ tiêu"), 30),
            Column(_("Xã, phường"), 20),
            Column(_("Kỳ số liệu đến"), 14, Kind.DATE),
            *_figure_columns(),
        ),
        rows=tuple(
            (one.text, names[ward_id], one.period_end, *_figure(one, part))
            for one in figures.targets
            for ward_id, part in sorted(one.by_ward.items(), key=lambda item: names[item[0]])
        ),
        empty=_("Chưa có số liệu chỉ tiêu trong kỳ."),
        detail=True,
    )


def _missing(figures: UnitFigures) -> ReportTable:
    return ReportTable(
        code="missing",
        title=_("Xã, phường chưa báo cáo"),
        columns=(
            Column(_("Xã, phường"), 24),
            Column(_("Còn thiếu"), 40),
            Column(_("Kỳ đến ngày"), 13, Kind.DATE),
            Column(_("Hạn gửi"), 13, Kind.DATE),
        ),
        rows=tuple(
            (one.ward, one.text or _("Báo cáo của kỳ này"), one.period_end, one.due_on)
            for one in figures.missing
        ),
        empty=_("Không xã, phường nào còn thiếu báo cáo hay số liệu chỉ tiêu."),
    )


def _corrections(figures: UnitFigures) -> ReportTable:
    return ReportTable(
        code="corrections",
        title=_("Điều chỉnh sau khi khóa kỳ"),
        columns=(
            Column(_("Xã, phường"), 22),
            Column(_("Số liệu"), 30),
            Column(_("Điều chỉnh"), 34),
            Column(_("Từ ngày"), 13, Kind.DATE),
        ),
        rows=tuple(
            (one.ward, one.text or kind_name(one.kind), one.note, one.since) for one in figures.corrected
        ),
        empty=_("Không có điều chỉnh."),
    )


def _scored(figures: UnitFigures) -> ReportTable:
    looks = {result.value: look[0] for result, look in RESULTS.items()}
    return ReportTable(
        code="scorecards",
        title=_("Bảng điểm phù hợp với trẻ em"),
        columns=(
            Column(_("Xã, phường"), 26),
            Column(_("Điểm"), 10, Kind.NUMBER),
            Column(_("Cần đạt"), 10, Kind.NUMBER),
            Column(_("Kết quả"), 18),
            Column(_("Tiêu chí chưa có điểm hoặc 0 điểm"), 22),
            Column(_("Ngày gửi"), 13, Kind.DATE),
        ),
        rows=tuple(
            (
                one.ward,
                one.total,
                one.threshold,
                str(looks[one.result]) if one.result else _("Chưa gửi"),
                ", ".join(map(str, one.lacking)),
                one.sent_on,
            )
            for one in figures.scored
        ),
        empty="",
    )
