"""Counting in the database gives what looking at each card gives."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from portal.db import db, keep, session_as
from portal.plans.plan import Plan
from portal.rollups.counting import COUNTED
from portal.rollups.figures import Figures, whole_percent
from portal.rollups.ward_rollup import NO_PLAN, OTHER_KIND
from portal.tasks.card import Card
from portal.tasks.state import State
from portal.tasks.timeliness import Bucket, bucket
from portal.tenants.agency import Agency
from portal.tenants.boundary import inside_ward
from portal.wording import local_day
from tests.cast import Cast
from tests.rollups.boards import TODAY

PLANS = [None, uuid.UUID(int=7), uuid.UUID(int=8)]
PLAN_YEARS = {PLANS[1]: 2025}
DAYS = st.dates(TODAY - timedelta(days=3), TODAY + timedelta(days=3))
MONDAY = datetime(2026, 4, 13, tzinfo=UTC)
# Any minute of the days around: the local day of a moment differs from its UTC day for seven hours.
MOMENTS = st.integers(0, 6 * 24 * 60).map(lambda minutes: MONDAY + timedelta(minutes=minutes))
CARDS = st.fixed_dictionaries(
    {
        "plan_id": st.sampled_from(PLANS),
        "agency": st.sampled_from(["police", "schools", "nameless", None]),
        "state": st.sampled_from([state.value for state in State]),
        "due_on": st.none() | DAYS,
        "due_exclusive": st.booleans(),
        "assigned_at": st.none() | MOMENTS,
        "accepted_at": st.none() | MOMENTS,
        "submitted_at": st.none() | MOMENTS,
        "extensions": st.integers(0, 3),
        "evidence_count": st.integers(0, 2),
        "blocked_why": st.sampled_from(["", "Thiếu kinh phí"]),
    }
)
FOUR = {
    Bucket.DONE_ON_TIME: Figures(done_on_time=1),
    Bucket.DONE_LATE: Figures(done_late=1),
    Bucket.OPEN_IN_TIME: Figures(open_in_time=1),
    Bucket.OPEN_OVERDUE: Figures(open_overdue=1),
}


def _counted_afresh(
    cards: list[Card], kinds: dict[uuid.UUID | None, str], today: date
) -> dict[object, Figures]:
    found: dict[object, Figures] = {}
    for card in cards:
        where = bucket(card.standing, card.due_on, card.due_exclusive, card.submitted_on, today)
        if where is None or card.assigned_at is None:
            continue
        beside = Figures(
            awaiting_approval=card.standing is State.REVIEW,
            without_date=card.due_on is None,
            extensions=card.extensions,
            with_evidence=card.evidence_count > 0,
            not_accepted=card.standing is State.TODO and card.accepted_at is None,
            blocked=bool(card.blocked_why) and card.standing is not State.DONE,
            **_answer(card),
        )
        key = (_year(card), card.plan_id or NO_PLAN, kinds[card.agency_id])
        found[key] = Figures.together([found.get(key, Figures()), FOUR[where], beside])
    return found


def _answer(card: Card) -> dict[str, int]:
    if card.accepted_at is None or card.assigned_at is None:
        return {}
    return {
        "answered": 1,
        "answer_minutes": max(0, (card.accepted_at - card.assigned_at) // timedelta(minutes=1)),
    }


def _year(card: Card) -> int:
    """The plan's year; the second plan has none, as cards by hand: theirs is the year in which they were given."""
    assert card.assigned_at
    return PLAN_YEARS.get(card.plan_id) or local_day(card.assigned_at).year


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(CARDS, max_size=15), today=DAYS)
def test_every_board_is_counted_as_its_cards_stand(
    app: Flask, cast: Cast, drawn: list[dict[str, object]], today: date
) -> None:
    with app.app_context(), inside_ward(cast.north):
        nameless = Agency(name=f"Tổ tự đặt tên {uuid.uuid4()}", short_name="Tổ", kind="chau Nguyen Van A")
        db.session.add(nameless)
        agencies = {"police": cast.police, "schools": cast.schools, "nameless": nameless.id, None: None}
        cards = [_card(number, dict(values), agencies) for number, values in enumerate(drawn, 1)]
        db.session.execute(delete(Card))
        db.session.execute(delete(Plan))
        db.session.add_all(_plan(plan_id) for plan_id in PLANS if plan_id)
        db.session.flush()
        db.session.add_all(cards)
        keep()
        kinds = {cast.police: "congan", cast.schools: "truong", nameless.id: OTHER_KIND, None: OTHER_KIND}
        rows = session_as("rollup").execute(COUNTED, {"ward_ids": [cast.north], "today": today})
        by_key = {(year, plan, kind): Figures(*numbers) for _ward, year, plan, kind, *numbers in rows}
        assert by_key == _counted_afresh(cards, kinds, today)


def _plan(plan_id: uuid.UUID) -> Plan:
    moment = datetime(2026, 4, 1, tzinfo=UTC)
    return Plan(
        id=plan_id,
        source="text",
        filename="",
        stored_as="",
        size=0,
        sha256=str(plan_id),
        year=PLAN_YEARS.get(plan_id),
        added_by="",
        added_at=moment,
    )


def _card(number: int, values: dict[str, object], agencies: dict[object, uuid.UUID | None]) -> Card:
    agency_id = agencies[values.pop("agency")]
    moment = datetime(2026, 4, 1, tzinfo=UTC)
    return Card(
        number=number, title="Việc", agency_id=agency_id, created_at=moment, changed_at=moment, **values
    )


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(0, 0, None), (0, 9, 0), (9, 9, 100), (1, 999, 1), (998, 999, 99), (199, 441, 45)],
)
def test_a_share_says_all_or_nothing_only_when_it_is(part: int, whole: int, percent: int | None) -> None:
    assert whole_percent(part, whole) == percent


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_shade_of_a_cell_follows_its_legend(done: int, left: int) -> None:
    shade, total = Figures(done_on_time=done, open_in_time=left).shade, done + left
    thirds = [
        done == 0,
        0 < 3 * done < total,
        total <= 3 * done < 2 * total,
        3 * done >= 2 * total and left > 0,
    ]
    assert shade == ([*thirds, True].index(True) if done < total or done == 0 else 4)
