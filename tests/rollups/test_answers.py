"""A ward answers its unit: the unit sees that and when; the words only when the leader releases them, and no child."""

import pytest
from flask import Flask

from portal.db import db, utc_now
from portal.tasks.card import Card
from portal.tasks.doer import SYSTEM
from portal.tasks.moving import move_to
from portal.tasks.state import State
from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.rollups.boards import publish
from tests.rollups.test_asks import ASKS, WARD, _due, _text, _work
from worker.wards import job_for_one_ward

WORDS = "Phường thiếu một cán bộ từ tháng 3. Việc sẽ xong trước ngày 20."


@pytest.fixture
def asked(app: Flask, cast: Cast, dung: Browser, behind_the_wall: Snapshot) -> str:
    """The city asked North why work is late; where the leader answers."""
    publish(app, cast.north)
    assert dung.post(f"{WARD}/asks", ask="explain:overdue", due=_due()).status_code == 303
    _work(app)
    ((ask_id,),) = behind_the_wall.query("select id from app.unit_ask")
    return f"/w/north/asks/{ask_id}/answer"


def test_without_released_words_the_unit_sees_the_day_of_the_answer_alone(
    app: Flask, cast: Cast, asked: str, dung: Browser
) -> None:
    assert "Giải trình: 0/1 đã trả lời, 0 trong hạn" in _text(dung.get(ASKS).text)
    with job_for_one_ward(app, cast.north):
        card = db.session.query(Card).one()
        move_to(card, State.REVIEW, SYSTEM, utc_now(), reason="Lý do trong phường")
    _work(app)
    page = dung.get(ASKS).text
    assert "Giải trình: 1/1 đã trả lời, 1 trong hạn" in _text(page)
    assert "Đã trả lời" in _text(page)
    for address in (ASKS, WARD):
        assert "Lý do trong phường" not in dung.get(address).text


def test_the_leader_releases_the_answer_and_may_put_a_better_one_in_its_place(
    asked: str, lan: Browser, dung: Browser
) -> None:
    assert "TP Thử: Giải trình việc quá hạn" in _text(lan.get("/w/north/asks").text)
    assert lan.post(asked, words=WORDS).status_code == 303
    for address in (ASKS, WARD):
        assert WORDS in dung.get(address).text
    assert lan.post(asked, words="Việc đã xong hôm qua.").status_code == 303
    page = dung.get(ASKS).text
    assert "Việc đã xong hôm qua." in page
    assert WORDS not in page
    assert "Lan" not in page


def test_what_tells_of_a_child_does_not_leave_the_ward_whatever_the_reason(
    asked: str, lan: Browser, behind_the_wall: Snapshot
) -> None:
    told = "Cháu Nguyễn Thị Hoa, sinh năm 2015, chưa được hỗ trợ."
    for reason in ({}, {"guard_reason": "Cần nêu đúng"}):
        refused = lan.post(asked, words=told, **reason)
        assert refused.status_code == 422
        assert ("Viết lại không nêu tên" in refused.text) is bool(reason)
    assert behind_the_wall.query("select count(*) from app.ward_answer") == [(0,)]


def test_empty_and_long_answers_are_refused_and_nothing_typed_is_lost(asked: str, lan: Browser) -> None:
    assert "Ghi câu trả lời" in lan.post(asked, words="  ").text
    long = lan.post(asked, words="Phường trả lời. " * 200)
    assert long.status_code == 422
    assert "Phường trả lời. Phường trả lời." in long.text


def test_only_the_leader_releases_and_another_ward_finds_nothing(
    cast: Cast, asked: str, alice: Browser, bob: Browser, charlie: Browser, lan: Browser, dung: Browser
) -> None:
    assert alice.get("/w/north/asks").status_code == 200
    assert "Gửi cấp trên" not in alice.get("/w/north/asks").text
    assert alice.post(asked, words=WORDS).status_code == 403
    assert bob.post(asked, words=WORDS).status_code == bob.get("/w/north/asks").status_code == 403
    assert charlie.post(asked, words=WORDS).status_code == charlie.get("/w/north/asks").status_code == 404
    assert dung.post(asked, words=WORDS).status_code == 404
    assert (
        lan.post("/w/north/asks/00000000-0000-7000-8000-000000000000/answer", words=WORDS).status_code == 404
    )
