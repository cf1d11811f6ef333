"""What was done to a card is told to its agency: returned, approved, a new date, an explanation asked for."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from portal.db import db, keep, utc_now
from portal.reminders.working_calendar import WorkingCalendar
from portal.tasks.card import Card
from portal.tasks.doer import SYSTEM
from portal.tasks.recording import record
from portal.tenants.boundary import inside_ward
from tests.cast import Browser, Cast
from tests.reminders.conftest import MORNING, CardMaker, Post, body

LATER = MORNING + timedelta(minutes=5)
FAR = date(2026, 9, 1)


@pytest.fixture
def happens(app: Flask, cast: Cast):  # type: ignore[no-untyped-def]
    """Let something happen to a card of North this morning."""

    def happen(number: int, kind: str, changes: dict[str, object], **detail: object) -> None:
        with app.app_context(), inside_ward(cast.north):
            card = db.session.query(Card).filter_by(number=number).one()
            for name, value in changes.items():
                setattr(card, name, value)
            record(card, kind, SYSTEM, MORNING, **detail)
            keep()

    return happen


@pytest.mark.parametrize(
    ("kind", "changes", "detail", "words"),
    [
        ("moved", {"state": "returned"}, {"source": "review", "target": "returned"}, "1 việc cần bổ sung"),
        ("moved", {"state": "done"}, {"source": "review", "target": "done"}, "1 việc đã được duyệt"),
        ("extended", {}, {}, "1 việc được gia hạn"),
        ("extension_declined", {}, {}, "1 việc giữ hạn cũ"),
    ],
)
def test_the_agency_is_told_once(
    post: Post,
    due: CardMaker,
    happens,
    kind: str,
    changes: dict[str, object],
    detail: dict[str, object],
    words: str,
) -> None:  # type: ignore[no-untyped-def]
    number = due(FAR, now=MORNING - timedelta(days=30), title="Tuần tra")
    post.change(number, accepted_at=MORNING)
    happens(number, kind, changes, reason="Ghi chú riêng", **detail)
    post.plan(LATER)
    post.plan(LATER)
    post.drain(LATER + timedelta(minutes=3))
    [letter] = post.letters()
    assert letter["To"].endswith("<bob@north.example>")
    assert words in body(letter)
    assert "Ghi chú riêng" not in body(letter)


def test_what_was_taken_back_before_it_was_told_is_not_told(post: Post, due: CardMaker, happens) -> None:  # type: ignore[no-untyped-def]
    number = due(FAR)
    post.change(number, accepted_at=MORNING)
    happens(number, "moved", {"state": "returned"}, source="review", target="returned")
    post.plan(LATER)
    happens(number, "undone", {"state": "review"})
    post.drain(LATER + timedelta(minutes=3))
    assert post.letters() == []


def test_an_approved_card_comes_without_a_link_that_reports(post: Post, due: CardMaker, happens) -> None:  # type: ignore[no-untyped-def]
    number = due(FAR)
    happens(number, "moved", {"state": "done"}, source="review", target="done")
    post.plan(LATER)
    post.drain(LATER + timedelta(minutes=3))
    [letter] = post.letters()
    assert "/a/" not in body(letter)
    assert f"/w/north/cards/{number}" in body(letter)


def test_whoever_is_mentioned_is_told_without_a_word_of_the_comment(
    post: Post, due: CardMaker, alice: Browser
) -> None:
    number = due(FAR)
    post.change(number, accepted_at=MORNING)
    answer = alice.post(f"/w/north/cards/{number}/comments", text="@Công an phường xem giúp Canary nhé")
    assert answer.status_code in {200, 303}
    now = utc_now()
    post.plan(now)
    assert post.wall.query(
        "select n.kind, d.address from app.notice n join app.delivery_notice l on "
        "l.notice_id = n.id join app.delivery d on d.id = l.delivery_id where n.kind = 'mentioned'"
    ) == [("mentioned", "bob@north.example")]
    later = opening_after(now)
    post.drain(later)
    told = [letter for letter in post.letters() if "nhắc đến" in body(letter)]
    assert len(told) == 1
    assert "Canary" not in body(told[0])
    assert f"/w/north/cards/{number}" in body(told[0])


def opening_after(now: datetime) -> datetime:
    """A moment at which the day's messages may leave."""
    return WorkingCalendar().opening(now + timedelta(minutes=5)) + timedelta(minutes=1)
