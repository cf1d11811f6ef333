"""One ward's flood delays nobody: the ward served least is served next."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from portal.db import keep, new_id, session_as
from portal.reminders import claiming
from portal.reminders.claiming import EACH, LANES, claim, wake_lanes
from portal.reminders.delivery import Urgency
from tests.reminders.conftest import MORNING, QUICK, Post


def flood(post: Post, ward_id: int, contact_id: object, messages: int) -> None:
    """Envelopes of a ward as the planner leaves them, many at once."""
    rows = [
        (ward_id, new_id(), b"handle", contact_id, "email", Urgency.SLOT, f"k{uuid.uuid4()}", MORNING)
        for _each in range(messages)
    ]
    for row in rows:
        post.wall.query(
            "insert into app.delivery (ward_id, id, handle, contact_id, channel, urgency, merge_key, state, why,"
            " not_before, expires_at, tries, refusals, epoch, client_ref, recipient_name, recipient_title, address,"
            " last_code, provider_ref, created_at) values (%s, %s, %s, %s, %s, %s, %s, 'queued', '', %s, '2099-01-01',"
            " 0, 0, 0, 'ref', '', '', 'a@b.example', '', '', now()) returning id",
            row,
        )
    post.wall.query(
        "insert into app.lane (ward_id, id, channel, urgency, vtime, weight, awake) values "
        "(%s, %s, 'email', %s, 0, 1, false) on conflict (ward_id, channel, urgency)"
        " do update set weight = 1 returning id",
        (ward_id, new_id(), Urgency.SLOT),
    )


def order(app: Flask, *, until: int) -> list[int]:
    """Which ward each claim serves, in order."""
    served: list[int] = []
    with app.app_context():
        dispatch = session_as("dispatch")
        while len(served) < until:
            wake_lanes(dispatch, MORNING + timedelta(seconds=1))
            claimed = claim(dispatch, Urgency.SLOT, 1, MORNING + timedelta(seconds=1), QUICK.claim)
            keep()
            if not claimed:
                break
            served += [one.ward_id for one in claimed]
    return served


def contact_of(post: Post, ward_id: int) -> object:
    return post.wall.query("select id from app.contact where ward_id = %s limit 1", (ward_id,))[0][0]


def test_a_small_ward_is_served_beside_a_flood(app: Flask, post: Post) -> None:
    north, south = post.cast.north, post.cast.south
    flood(post, north, contact_of(post, north), 120)
    flood(post, south, contact_of(post, south), 12)
    served = order(app, until=132)
    assert served.count(north) == 120
    assert served.count(south) == 12
    assert max(place for place, ward in enumerate(served) if ward == south) < 2 * 12 + LANES * EACH


def test_a_ward_that_slept_earns_no_credit(app: Flask, post: Post) -> None:
    north, south = post.cast.north, post.cast.south
    flood(post, north, contact_of(post, north), 100)
    order(app, until=60)
    flood(post, south, contact_of(post, south), 60)
    served = order(app, until=16)
    assert served.count(north) >= 4
    assert served.count(south) >= 4


def test_wards_that_all_slept_begin_the_day_level(app: Flask, post: Post) -> None:
    north, south = post.cast.north, post.cast.south
    flood(post, north, contact_of(post, north), 100)
    assert len(order(app, until=200)) == 100
    for ward_id in (north, south):
        flood(post, ward_id, contact_of(post, ward_id), 60)
    served = order(app, until=16)
    assert served.count(north) >= 4
    assert served.count(south) >= 4


def test_an_emptied_lane_sleeps_until_it_has_something_due(app: Flask, post: Post) -> None:
    north = post.cast.north
    flood(post, north, contact_of(post, north), 5)
    assert len(order(app, until=20)) == 5

    def awake() -> list[bool]:
        return [row[0] for row in post.wall.query("select awake from app.lane where ward_id = %s", (north,))]

    assert awake() == [False]
    flood(post, north, contact_of(post, north), 1)
    with app.app_context():
        wake_lanes(session_as("dispatch"), MORNING - timedelta(seconds=1))
        keep()
        assert awake() == [False]
        wake_lanes(session_as("dispatch"), MORNING)
        keep()
    assert awake() == [True]


def rows_read(step: dict[str, Any]) -> float:
    """How many rows of the queue a plan that was carried out has looked at, in itself and all its steps."""
    own = (
        step["Actual Rows"] + step.get("Rows Removed by Filter", 0)
        if step.get("Relation Name") == "delivery"
        else 0
    )
    return own * step["Actual Loops"] + sum(rows_read(part) for part in step.get("Plans", []))


@pytest.mark.parametrize("statement", ["_WAKE", "_CLAIM"])
def test_a_queue_that_just_filled_is_not_read_once_for_each_lane(
    app: Flask, post: Post, statement: str
) -> None:
    """What the planner knows was learned when the queue was empty and all that had been in it was long over."""
    north, south = post.cast.north, post.cast.south
    flood(post, north, contact_of(post, north), 200)
    post.wall.execute(
        "update app.delivery set state = 'accepted', expires_at = '2020-01-01'; analyze app.delivery"
    )
    flood(post, north, contact_of(post, north), 600)
    flood(post, south, contact_of(post, south), 5)
    values = {"channel": "email", "urgency": int(Urgency.SLOT), "owner": 1, "lanes": LANES, "each": EACH}
    values |= {"at_once": LANES * EACH, "now": MORNING, "lease": MORNING + QUICK.claim}
    with app.app_context():
        dispatch = session_as("dispatch")
        wake_lanes(dispatch, MORNING)
        asked = text("explain (analyze, format json) " + getattr(claiming, statement).text)
        [[[explained]]] = dispatch.execute(asked, values).all()
        assert 0 < rows_read(explained["Plan"]) <= 4 * LANES * EACH
