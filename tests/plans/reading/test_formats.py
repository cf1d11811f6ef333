"""Rich text, OpenDocument and PDF give the same duties as plain text."""

import io
import shutil
import subprocess
import zipfile
from html import escape
from pathlib import Path

import pypdf
import pytest

from portal.plans.reading import PlanReading, UnreadablePlan, read_plan, read_text
from portal.plans.reading.document import Grid
from portal.plans.reading.formats.page_columns import pieces_of_lines
from tests.plans.reading.readings import reading_of

LINES = [
    "KẾ HOẠCH",
    "Phòng, chống đuối nước trẻ em năm 2024",
    "UBND phường Tân An xây dựng Kế hoạch phòng, chống đuối nước trẻ em năm 2024 như sau:",
    "I. TỔ CHỨC THỰC HIỆN",
    "1. Công an phường:",
    "- Tuần tra các bãi tắm trong tháng 6.",
    "2. Trạm Y tế phường: Tập huấn sơ cấp cứu trước ngày 31/5/2024.",
]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def facts(reading: PlanReading) -> list[tuple[str, list[str | None], str]]:
    return [(duty.text, [ref.code for ref in duty.agencies], str(duty.due.date)) for duty in reading.duties]


WANTED = facts(read_text("\n\n".join(LINES)))


def test_plain_text_is_the_measure() -> None:
    assert [text for text, _, _ in WANTED] == [
        "Tuần tra các bãi tắm trong tháng 6.",
        "Tập huấn sơ cấp cứu trước ngày 31/5/2024.",
    ]


def test_rich_text_is_read() -> None:
    words = "".join(f"\\u{ord(char)}?" if ord(char) > 126 else char for char in "\\par ".join(LINES))
    data = ("{\\rtf1\\ansi{\\fonttbl{\\f0 Times New Roman;}}\\uc1 " + words + "}").encode()

    assert facts(read_plan(data, "ke-hoach.rtf")) == WANTED


def test_an_opendocument_is_read() -> None:
    names = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    }
    spaces = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in names.items())
    body = "".join(f"<text:p>{escape(line)}</text:p>" for line in LINES)
    content = f"<office:document-content {spaces}><office:body><office:text>{body}"
    content += "</office:text></office:body></office:document-content>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("content.xml", content)

    assert facts(read_plan(file.getvalue(), "ke-hoach.odt")) == WANTED


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium to print a PDF")
@pytest.mark.parametrize("running_lines", [False, True])
def test_a_printed_pdf_is_read_with_or_without_headers_and_page_numbers(
    tmp_path: Path, running_lines: bool
) -> None:
    page, printed = tmp_path / "plan.html", tmp_path / "plan.pdf"
    words = "".join(f"<p style='text-indent:1cm;margin:25mm 0'>{escape(line)}</p>" for line in LINES)
    page.write_text(f"<meta charset=utf-8><style>@page{{size:A5}}</style>{words}", encoding="utf-8")
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu"]
    command += [] if running_lines else ["--no-pdf-header-footer"]
    subprocess.run(
        [*command, f"--print-to-pdf={printed}", str(page)], check=True, capture_output=True, timeout=60
    )

    assert facts(read_plan(printed.read_bytes(), "ke-hoach.pdf")) == WANTED


def test_a_pdf_without_words_says_that_it_was_scanned() -> None:
    file = io.BytesIO()
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(file)

    with pytest.raises(UnreadablePlan) as refused:
        read_plan(file.getvalue(), "quet.pdf")

    assert refused.value.code == "scanned_pdf"


def test_a_table_on_a_page_is_found_by_where_its_words_begin() -> None:
    page = [
        "STT  Nội dung          Đơn vị chủ trì   Thời gian",
        "I    Truyền thông",
        "1    Treo băng rôn,    Công chức        Tháng 5",
        "     khẩu hiệu         VH-XH",
        "2    Khám sức khỏe     Trạm Y tế        Quý III",
    ]

    grid = pieces_of_lines([page])[0]

    assert isinstance(grid, Grid)
    assert grid.rows[2] == ("1", "Treo băng rôn, khẩu hiệu", "Công chức VH-XH", "Tháng 5")
    assert grid.rows[3][1:] == ("Khám sức khỏe", "Trạm Y tế", "Quý III")


def test_letters_a_font_lacks_and_another_lends_stand_in_their_words() -> None:
    printed = Path(__file__).parents[1] / "blind" / "thanh-my-dong.pdf"

    words = [paragraph.text for paragraph in reading_of(printed).paragraphs]

    assert "Rà soát cơ sở kinh doanh trò chơi điện tử gần trường học." in " ".join(words)


def test_page_numbers_and_running_lines_of_printed_text_are_no_words_of_the_plan() -> None:
    page = "1. Công an xã: Nắm tình hình địa bàn, phát hiện và đấu\n\nKế hoạch của xã\n{}\n\ntranh với tội phạm.\n"
    reading = read_text("IV. TỔ CHỨC THỰC HIỆN\n" + page.format(2) + page.format(3).replace("1.", "2."))

    texts = [duty.text for duty in reading.duties]
    assert texts == ["Nắm tình hình địa bàn, phát hiện và đấu tranh với tội phạm."] * 2
