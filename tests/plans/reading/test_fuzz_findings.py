"""What the fuzzer found once and must never find again, each as the smallest input that shows it."""

import io
import zipfile

import pytest

from portal.plans.reading import PlanReading, UnreadablePlan, read_plan, read_text
from portal.plans.reading.sandbox import read_plan_safely
from tests.fuzz.seeds import packed, seeds_of
from tests.plans.reading.test_spreadsheet import workbook

LONG = "9" * 5000


def changed(kind: str, old: str, new: str) -> PlanReading:
    """Return the reading of a seed in which one value of one part is another."""
    data = seeds_of(kind)[0]
    parts = parts_of(data)
    assert any(old.encode() in part for part in parts.values())
    made = {name: part.replace(old.encode(), new.encode()) for name, part in parts.items()}
    return read_plan(packed(made), f"plan.{kind}")


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.mark.parametrize("odd", ["²", LONG, "-1", "", "nan"])
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("docx", 'w:gridSpan w:val="{}"'),
        ("docx", 'w:numPr><w:ilvl w:val="{}"'),
        ("docx", 'w:lvl w:ilvl="{}"'),
        ("docx", 'w:start w:val="{}"'),
        ("odt", 'text:outline-level="{}"'),
        ("odt", 'table:number-columns-repeated="{}"'),
        ("xlsx", 's="{}"'),
    ],
)
def test_a_number_that_is_none_is_passed_over(kind: str, value: str, odd: str) -> None:
    for number in "012":
        if value.format(number).encode() in b"".join(parts_of(seeds_of(kind)[0]).values()):
            assert changed(kind, value.format(number), value.format(odd)).paragraphs


@pytest.mark.parametrize("heading", ["heading ²", f"heading {LONG}", "heading x"])
def test_a_heading_of_no_level_is_no_heading(heading: str) -> None:
    assert changed("docx", "heading 1", heading).paragraphs


@pytest.mark.parametrize("figure", ["nan", "inf", "-inf", "1e400", "1e-400"])
def test_a_cell_whose_number_is_no_number_is_kept_as_words(figure: str) -> None:
    data = workbook(
        [["STT", "Nội dung", "Đơn vị chủ trì"], ["1", "Treo băng rôn", "Công an"], ["2", 0.5, "Công an"]]
    )
    parts = {
        name: part.replace(b"<v>0.5<", f"<v>{figure}<".encode()) for name, part in parts_of(data).items()
    }
    plain = {name: part.replace(b's="1"', b"") for name, part in parts.items()}

    assert read_plan(packed(plain), "a.xlsx").duties
    assert read_plan(packed(parts), "a.xlsx").duties


@pytest.mark.parametrize("word", ["\\u", "\\uc", "\\f", "\\u-"])
def test_rich_text_with_an_endless_number_is_read(word: str) -> None:
    assert read_plan(f"{{\\rtf1 Treo {word}{LONG}? rôn}}".encode(), "a.rtf").paragraphs


def test_tables_within_tables_are_read_once() -> None:
    inside = "<table:table><table:table-row><table:table-cell>{}</table:table-cell></table:table-row></table:table>"
    nested = "{}"
    for _ in range(60):
        nested = nested.replace("{}", inside)
    reading = changed(
        "odt", "<table:table>", nested.replace("{}", "<text:p>Trong cùng</text:p>") + "<table:table>"
    )

    assert reading.paragraphs


@pytest.mark.parametrize("figure", ["1.1.1%", "1,2,3%", "1.2,3,4 ‰", f"{LONG}%", "12.345.678,9%"])
def test_a_figure_with_too_many_points_is_no_fault(figure: str) -> None:
    reading = read_text(
        f"KẾ HOẠCH\n\nI. MỤC TIÊU\n\n- Đạt {figure} trẻ em.\n\nII. TỔ CHỨC THỰC HIỆN\n\n1. Công an: tuần tra."
    )

    assert reading.targets


@pytest.mark.parametrize("run", ["9", "1.", "1/", "(", "tháng 1, ", "- ", "trước ", "UBND ", "và, "])
def test_an_endless_run_in_a_line_is_read_within_the_limits_of_the_child(run: str) -> None:
    text = f"II. TỔ CHỨC THỰC HIỆN\n\n1. Công an phường: tuần tra {run * (12_000 // len(run))} xong."

    assert read_plan_safely(text.encode(), "a.txt").duties


def test_a_pdf_over_which_its_library_stumbles_is_broken() -> None:
    objects = (
        b"1 0 obj<</Type/Catalog/Pages 2 0 R2 0 obj<<[]/Contents 4 0 R/4 0 obj<<>>stream\n6 0 R\nendstream"
    )
    data = b"%PDF-1.7\n" + objects + b"trailer<<F 1 0 /Size 7>\nstartxref0\n%"

    with pytest.raises(UnreadablePlan) as refused:
        read_plan(data, "a.pdf")

    assert refused.value.code == "broken"


@pytest.mark.parametrize("year", ["0000", "9999", "2026"])
def test_a_document_dated_in_a_year_that_never_was_is_read(year: str) -> None:
    head = (
        f"UBND PHƯỜNG TÂN AN\nSố: 12/KH-UBND\nTân An, ngày 02 tháng 3 năm {year}\n\nKẾ HOẠCH\nCông tác trẻ em"
    )
    duty = "II. TỔ CHỨC THỰC HIỆN\n\n1. Công an phường: tuần tra trước ngày 31/5, báo cáo trước ngày 25 hằng tháng."

    assert read_text(f"{head}\n\n{duty}").metadata.year == (2026 if year == "2026" else None)
