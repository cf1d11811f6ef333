"""A draft công văn from an agency's overdue cards; other words where one may only ask."""

import io
from datetime import timedelta

from docx import Document
from flask import Flask

from portal.db import db, keep, utc_now
from portal.tenants.agency import Agency
from portal.tenants.boundary import inside_ward
from portal.wording import local_day
from tests.cast import Browser, Cast
from tests.reminders.conftest import CardMaker, Post

PARAGRAPH = "Tham mưu tổ chức Diễn đàn trẻ em trên địa bàn phường năm 2026."


def address(cast: Cast) -> str:
    return f"/w/north/agencies/{cast.police}/chasing-letter"


def words(data: bytes) -> str:
    """Everything the document says, its tables included."""
    docx = Document(io.BytesIO(data))
    cells = [cell.text for table in docx.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in docx.paragraphs)])


def test_the_letter_names_the_overdue_cards_and_is_logged_on_each(
    due: CardMaker, alice: Browser, cast: Cast, post: Post
) -> None:
    late = local_day(utc_now()) - timedelta(days=9)
    first = due(late, title="Tổ chức Diễn đàn trẻ em", text=PARAGRAPH, locator="Mục IV.4")
    typed = due(late, title="Thăm cháu Nguyễn Thị Bé Canary")
    in_time = due(local_day(utc_now()) + timedelta(days=9), title="Việc còn hạn")
    assert "Việc còn hạn" not in alice.get(address(cast)).text
    answer = alice.post(address(cast))
    said = words(answer.data)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in said
    assert "Kính gửi: Công an" in said
    assert "yêu cầu" in said
    assert "Tổ chức Diễn đàn trẻ em" in said
    assert "Mục IV.4" in said
    assert f"Việc số {typed}" in said
    assert "Canary" not in said
    assert "Việc còn hạn" not in said
    logged = post.wall.query(
        "select c.number from app.card_event e join app.card c on c.id = e.card_id where e.kind = 'chased' order by 1"
    )
    assert logged == [(first,), (typed,)]
    assert in_time not in [number for (number,) in logged]
    assert "soạn công văn đôn đốc" in alice.get(f"/w/north/cards/{first}").text


def test_an_organisation_of_the_front_is_asked_and_not_ordered(
    due: CardMaker, alice: Browser, cast: Cast, app: Flask
) -> None:
    with app.app_context(), inside_ward(cast.north):
        agency = db.session.get(Agency, (cast.north, cast.police))
        assert agency is not None
        agency.mode = "request"
        keep()
    due(local_day(utc_now()) - timedelta(days=9))
    said = words(alice.post(address(cast)).data)
    assert "trân trọng đề nghị" in said
    assert "yêu cầu" not in said


def test_without_overdue_cards_there_is_nothing_to_write(due: CardMaker, alice: Browser, cast: Cast) -> None:
    due(local_day(utc_now()) + timedelta(days=9))
    answer = alice.get(address(cast))
    assert answer.status_code == 409
    assert "không có việc quá hạn" in answer.text


def test_an_officer_is_refused_and_another_ward_finds_nothing(
    bob: Browser, charlie: Browser, cast: Cast
) -> None:
    for act in (bob.get, bob.post):
        assert act(address(cast)).status_code == 403
    assert charlie.post(address(cast)).status_code == 404
    assert charlie.get(address(cast).replace("north", "south")).status_code == 404
