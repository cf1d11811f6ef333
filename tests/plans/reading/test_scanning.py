"""A scanned PDF is read by character recognition where it is installed, and everything in it is to be checked."""

import io
import subprocess
from html import escape
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from portal.plans.reading import UnreadablePlan
from portal.plans.reading.sandbox import read_plan_safely
from portal.plans.reading.scanning import MOST_PAGES, can_scan
from tests.plans.reading.test_formats import CHROMIUM, LINES

pytestmark = pytest.mark.skipif(not can_scan(), reason="needs poppler and tesseract with Vietnamese")


@pytest.fixture
def scanned(tmp_path: Path) -> bytes:
    """A page that holds nothing but a picture of a plan."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium to draw the page")
    page, drawn = tmp_path / "plan.html", tmp_path / "plan.png"
    words = "".join(f"<p>{escape(line)}</p>" for line in LINES)
    style = "<style>body{margin:100px;font:36px serif;line-height:1.5}</style>"
    page.write_text(f"<meta charset=utf-8>{style}{words}", encoding="utf-8")
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1654,1400"]
    subprocess.run(
        [*command, f"--screenshot={drawn}", str(page)], check=True, capture_output=True, timeout=60
    )
    file = io.BytesIO()
    Image.open(drawn).convert("L").save(file, "PDF", resolution=200)
    return file.getvalue()


@pytest.mark.browser
def test_the_duties_on_a_picture_are_found_and_all_of_them_are_doubted(scanned: bytes) -> None:
    reading = read_plan_safely(scanned, "quet.pdf")

    assert [[ref.code for ref in duty.agencies] for duty in reading.duties] == [["congan"], ["tramyte"]]
    assert str(reading.duties[1].due.date) == "2024-05-31"
    assert all(sure < 0.5 for duty in reading.duties for sure in duty.confidence.values())


@pytest.mark.parametrize("pages", [1, MOST_PAGES + 1])
def test_empty_pages_or_too_many_of_them_are_told_as_a_scan(pages: int) -> None:
    writer, file = pypdf.PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    writer.write(file)

    with pytest.raises(UnreadablePlan) as refused:
        read_plan_safely(file.getvalue(), "quet.pdf")

    assert refused.value.code == "scanned_pdf"
