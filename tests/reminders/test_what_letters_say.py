"""Letters carry names, numbers, dates and the plan's own words, in headers and lines that survive the way."""

import inspect
import re
import typing
import uuid
from dataclasses import fields
from datetime import date, datetime, timedelta
from email.header import decode_header, make_header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from portal.letter import Letter
from portal.reminders.channel import Channel
from portal.reminders.composing import compose
from portal.reminders.fact import Fact
from portal.reminders.notice import Kind
from portal.reminders.planning import plan, plan_day
from portal.reminders.telling import tell
from tests.cast import THEN
from tests.reminders.conftest import MORNING, TODAY, CardMaker, Post, body

CANARY = "Nguyễn Thị Bé Canary"
PARAGRAPH = "Tham mưu tổ chức Diễn đàn trẻ em, câu lạc bộ quyền trẻ em trên địa bàn phường năm 2026."


def test_what_anybody_typed_never_enters_a_letter(post: Post, due: CardMaker) -> None:
    by_hand = due(TODAY, title=f"Thăm {CANARY}")
    edited = due(TODAY, title=f"Thăm cháu {CANARY}", text=PARAGRAPH)
    for number in (by_hand, edited):
        post.change(number, result=CANARY, reason=CANARY, blocked_why=CANARY)
    post.plan()
    post.drain()
    [file] = [path for path in post.folder.iterdir() if path.suffix == ".eml"]
    [letter] = post.letters()
    for text in (file.read_text(), body(letter), body(letter, "html"), str(letter["Subject"])):
        assert "Canary" not in text
    assert f"Việc số {edited}" in body(letter)
    assert "Canary" not in str(post.wall.query("select row_to_json(n)::text from app.notice n"))
    assert "Canary" not in str(post.wall.query("select row_to_json(d)::text from app.delivery d"))


def test_the_plans_own_words_are_shown(post: Post, due: CardMaker) -> None:
    number = due(TODAY, title="Tổ chức Diễn đàn trẻ em", text=PARAGRAPH, locator="Mục IV.4")
    post.plan()
    post.drain()
    [letter] = post.letters()
    assert letter["Subject"] == f"[Phường Bắc] Việc số {number}: Tổ chức Diễn đàn trẻ em"
    assert "Tổ chức Diễn đàn trẻ em" in body(letter, "html")
    assert "Mục IV.4" in body(letter)


def test_whoever_has_chosen_a_language_reads_letters_in_it(post: Post, due: CardMaker) -> None:
    post.wall.execute("update app.person set locale = 'en' where email = 'bob@north.example'")
    number = due(TODAY)
    school = due(TODAY, agency_id=post.cast.schools)
    post.plan()
    post.drain()
    assert sorted(str(letter["Subject"]) for letter in post.letters()) == [
        f"[Phường Bắc] Task no. {number}",
        f"[Phường Bắc] Việc số {school}",
    ]


ALLOWED = (Kind, Channel, uuid.UUID, int, datetime, date, type(None), ...)


def test_a_fact_has_no_room_for_text() -> None:
    for field in fields(Fact):
        kinds = typing.get_args(field.type) or (field.type,)
        assert all(kind in ALLOWED for kind in kinds), field.name


def test_nothing_that_plans_tells_or_composes_takes_text() -> None:
    for function in (plan, plan_day, tell, compose):
        for name, parameter in inspect.signature(function).parameters.items():
            assert "str" not in str(parameter.annotation).lower().replace("delivery", ""), (
                function.__name__,
                name,
            )


def test_many_cards_stay_twenty_lines_and_small(post: Post, due: CardMaker) -> None:
    for _card in range(25):
        due(TODAY, title="Tổ chức Diễn đàn trẻ em", text=PARAGRAPH)
    post.plan()
    post.drain()
    [letter] = post.letters()
    assert letter["Subject"] == "25 việc cần xử lý: 25 đến hạn hôm nay"
    assert "Và 5 việc khác." in body(letter)
    assert body(letter).count("/a/") == 20
    assert len(body(letter, "html").encode()) <= 60_000


def test_messages_about_one_card_are_one_thread(post: Post, due: CardMaker) -> None:
    due(TODAY)
    post.plan()
    post.drain()
    post.plan(MORNING + timedelta(days=1))
    post.drain(MORNING + timedelta(days=1))
    first, second = post.letters()
    assert first["Subject"] == second["Subject"]
    assert first["References"] == second["References"] == first["In-Reply-To"]
    assert first["Message-ID"] != second["Message-ID"]


def test_the_headers_are_those_that_mail_systems_expect(post: Post, due: CardMaker) -> None:
    due(TODAY)
    post.plan()
    post.drain()
    [letter] = post.letters()
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert letter["List-Id"] == "<nhac-viec.north.chung-tay.example>"
    assert letter["From"].addresses[0].display_name == "UBND phường Bắc"
    assert letter["Date"].datetime.utcoffset() == timedelta(hours=7)
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]


def a_letter(subject: str, address: str) -> Letter:
    return Letter(
        sender_name="UBND phường: Bắc",
        sender="nhac@phuong.example",
        to_name="Trần Thu Hà",
        to="ha@phuong.example",
        subject=subject,
        text="Một\n.\n..dòng",
        html="<p>Một</p>" * 50,
        message_id="d.1@nhac.phuong.example",
        sent_at=THEN,
        thread="card.1@nhac.phuong.example",
        headers={"List-Unsubscribe": address},
    )


def test_the_parts_are_those_the_standard_library_builds() -> None:
    letter = a_letter("Một", "<https://phuong.example/u/x>")
    built = MIMEMultipart("alternative", "=_1")
    built.attach(MIMEText(letter.text, "plain", "utf-8"))
    built.attach(MIMEText(letter.html, "html", "utf-8"))
    ours = letter.as_bytes().partition(b"\r\n\r\n")[2]
    boundary = ours.partition(b"\r\n")[0].removeprefix(b"--")
    theirs = built.as_bytes().partition(b"\n\n")[2].replace(b"\n", b"\r\n")
    assert ours == theirs.replace(b"=_1", boundary)


def test_long_headers_arrive_as_they_were_written() -> None:
    address = "<https://phuong.example/u/" + "x" * 150 + ">"
    subject = "Tổ chức Diễn đàn trẻ em " * 9
    raw = a_letter(subject.strip(), address).as_bytes()
    head = raw.split(b"\r\n\r\n")[0]
    assert b"\r\n" in head
    assert b"\n" not in head.replace(b"\r\n", b"")
    unfolded = re.sub(rb"\r\n[ \t]", b" ", head).decode()
    lines = dict(line.split(": ", 1) for line in unfolded.split("\r\n"))
    assert lines["List-Unsubscribe"].strip() == address
    assert str(make_header(decode_header(lines["Subject"]))) == subject.strip()
    assert all(len(line) <= 78 for line in head.split(b"\r\n") if b"phuong.example/u/" not in line)
