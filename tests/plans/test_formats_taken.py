"""Every format the reader reads is taken at the door, and what this machine cannot open is explained."""

import io
import shutil
from pathlib import Path

import pytest
from docx import Document
from flask import Flask
from openpyxl import Workbook

from portal.plans.document import MEDIA_TYPES
from portal.plans.reading import UnreadablePlan, read_plan
from tests.cast import Browser
from tests.plans.walking import plan_under_review, upload


@pytest.mark.parametrize("ending", MEDIA_TYPES)
def test_every_ending_taken_at_the_door_is_known_to_the_reader(ending: str) -> None:
    try:
        read_plan(b"x", f"a{ending}")
    except UnreadablePlan as reason:
        assert reason.code != "unsupported_format", ending


def test_an_assignment_table_from_a_spreadsheet_becomes_cards(alice: Browser, app: Flask) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["TT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Thời gian hoàn thành"])
    sheet.append([1, "Kiểm tra các điểm nước sâu", "Công an phường", "15/5/2026"])
    sheet.append([2, "Tổ chức diễn đàn trẻ em", "Đoàn Thanh niên phường", "30/6/2026"])
    data = io.BytesIO()
    book.save(data)
    page = alice.get(plan_under_review(alice, app, data.getvalue(), "phan-cong.xlsx")).text
    assert "2 việc, 2 cơ quan" in page
    assert 'value="15/05/2026"' in page


def test_rich_text_is_read(alice: Browser, app: Flask) -> None:
    lines = ["KE HOACH", "I. TO CHUC THUC HIEN", "1. Cong an phuong", "- Kiem tra cac diem nuoc sau."]
    data = "{\\rtf1\\ansi " + "\\par ".join(lines) + "}"
    assert (
        "Kiểm tra các việc đọc được" in alice.get(plan_under_review(alice, app, data.encode(), "a.rtf")).text
    )


def test_an_old_word_file_is_read_or_the_way_out_is_told(alice: Browser, app: Flask) -> None:
    data = (Path(__file__).parent / "documents" / "hoa-minh-2022.doc").read_bytes()
    page = alice.get(plan_under_review(alice, app, data, "a.doc")).text
    if shutil.which("soffice") or shutil.which("libreoffice"):
        assert "14 việc" in page
    else:
        assert "cần LibreOffice mà máy chủ chưa có" in page
        assert "Đọc lại" in page


def test_a_word_file_is_read(alice: Browser, app: Flask) -> None:
    document = Document()
    for line in ("KẾ HOẠCH", "I. TỔ CHỨC THỰC HIỆN", "1. Công an phường", "- Kiểm tra các điểm nước sâu."):
        document.add_paragraph(line)
    data = io.BytesIO()
    document.save(data)
    assert (
        "Kiểm tra các điểm nước sâu"
        in alice.get(plan_under_review(alice, app, data.getvalue(), "a.docx")).text
    )


def test_the_field_offers_what_is_taken(alice: Browser) -> None:
    page = alice.get("/w/north/plans/new").text
    assert all(ending in page for ending in (".docx", ".doc", ".odt", ".rtf", ".xlsx", ".pdf", ".md", ".txt"))


def test_other_formats_are_refused_at_the_door(alice: Browser) -> None:
    for name in ("a.exe", "a.html", "a.zip", "a"):
        assert upload(alice, b"x", name).status_code == 422, name
