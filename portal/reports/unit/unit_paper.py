"""A unit's report as an official document (báo cáo, Decree 30/2020/NĐ-CP annex I): its words, its tables, its annex."""

from collections.abc import Iterable

from flask_babel import force_locale

from portal.official_document import Block, Grid, Heading, OfficialDocument, as_docx
from portal.reports.unit.report_table import Kind, ReportTable
from portal.reports.unit.tables import report_tables
from portal.reports.unit.unit_figures import UnitFigures
from portal.reports.writing import PAPER_WORDS
from portal.wording import full_date

#: Centimetres between the margins of an A4 page (30 mm and 15 mm).
_BREADTH = 16.5

#: Up to nine columns stand beside each other.
_POINTS = 10

_ROMAN = ("I", "II", "III", "IV", "V", "VI")


def unit_document(figures: UnitFigures) -> OfficialDocument:
    """The document; call it where Vietnamese is spoken (`force_locale`), it writes whole sentences."""
    tables = report_tables(figures)
    main, detail = (
        [one for one in tables if not one.detail],
        [one for one in tables if one.detail and one.rows],
    )
    return OfficialDocument(
        issuer_above=figures.parent.upper(),
        issuer=figures.unit.upper(),
        symbol="BC",
        place="............",
        day=figures.today,
        type_name="BÁO CÁO",
        subject=f"Kết quả thực hiện kế hoạch bảo vệ, chăm sóc trẻ em của các xã, phường\n{figures.period.name}",
        body=(*opening(figures), *_parts(main)),
        copies=(*((figures.parent,) if figures.parent else ()), "Các xã, phường", "Lưu: VT"),
        signed_for="THỦ TRƯỞNG ĐƠN VỊ",
        signer_title="",
        signer_name="",
        annex_title="Số liệu chi tiết",
        annex=tuple(block for table in detail for block in (Heading(table.title), _grid(table))),
    )


def unit_docx(figures: UnitFigures) -> bytes:
    """The report as .docx, in Vietnamese whatever language its reader has chosen."""
    with force_locale("vi"):
        return as_docx(unit_document(figures))


def opening(figures: UnitFigures) -> tuple[str, str, str]:
    """What the report is about and its four counts, in sentences."""
    period, all_wards = figures.period, figures.figures
    asked = f"từ ngày {full_date(period.start)} đến ngày {full_date(period.end)}"
    stand = (
        f"như đã khóa ngày {full_date(period.end)}"
        if figures.frozen
        else f"theo bảng việc của các xã, phường đến ngày {full_date(figures.today)}"
    )
    counts = "; ".join(f"{words.lower()} {getattr(all_wards, code)}" for code, words in PAPER_WORDS.items())
    return (
        f"{figures.unit} báo cáo kết quả thực hiện kế hoạch bảo vệ, chăm sóc trẻ em của {len(figures.wards)} xã, "
        f"phường, kỳ báo cáo {asked}. Số liệu về nhiệm vụ {stand}.",
        f"Tổng số nhiệm vụ: {all_wards.total}; trong đó {counts}.",
        "Chỉ tiêu tính từ tử số và mẫu số cộng của các xã, phường, không lấy trung bình tỷ lệ. Số nhỏ của chỉ tiêu "
        "nhạy cảm ghi “Không nêu”.",
    )


def _parts(tables: list[ReportTable]) -> Iterable[Block]:
    for roman, table in zip(_ROMAN, tables, strict=False):
        yield Heading(f"{roman}. {table.title.upper()}")
        yield _grid(table) if table.rows else table.empty


def _grid(table: ReportTable) -> Grid:
    whole = sum(column.width for column in table.columns)
    return Grid(
        heads=tuple(column.head for column in table.columns),
        rows=tuple(map(tuple, table.said)),
        widths=tuple(round(_BREADTH * column.width / whole, 2) for column in table.columns),
        centred=tuple(n for n, column in enumerate(table.columns) if column.kind is not Kind.TEXT),
        points=_POINTS,
    )
