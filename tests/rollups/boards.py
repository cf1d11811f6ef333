"""Boards for the tests of the rollup: cards made by the real acts, and published rows as the superuser sees them."""

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime

from flask import Flask

from portal.db import db, keep
from portal.rollups.publishing import publish_each
from portal.tasks.adding import NewCard, add_cards
from portal.tasks.card import Card
from portal.tasks.doer import SYSTEM
from portal.tasks.moving import move_to
from portal.tasks.state import State
from portal.tenants.boundary import inside_ward
from tests.city import Snapshot

#: A Wednesday morning in Vietnam.
NOW = datetime(2026, 4, 15, 2, 0, tzinfo=UTC)
TODAY = date(2026, 4, 15)


def give(app: Flask, ward_id: int, agency_id: uuid.UUID, *due: date | None, now: datetime = NOW) -> list[int]:
    """Assign a card for each due date; returns their numbers."""
    with app.app_context(), inside_ward(ward_id):
        new = [
            NewCard(f"Việc {position}", agency_id=agency_id, due_on=day) for position, day in enumerate(due)
        ]
        cards = add_cards(new, SYSTEM, now)
        keep()
        return [card.number for card in cards]


def move(app: Flask, ward_id: int, number: int, *targets: State, now: datetime = NOW) -> None:
    """Walk a card through states."""
    with app.app_context(), inside_ward(ward_id):
        card = db.session.query(Card).filter_by(number=number).one()
        for target in targets:
            move_to(card, target, SYSTEM, now, reason="thử")
        keep()


def publish(app: Flask, *ward_ids: int, now: datetime = NOW, always: bool = True) -> None:
    """Publish these wards; nothing may fail."""
    with app.app_context():
        assert publish_each(list(ward_ids), now, always=always) == []


def published(behind_the_wall: Snapshot, ward_id: int) -> Sequence[tuple[object, ...]]:
    """A ward's published rows with the transaction that wrote each."""
    return behind_the_wall.query(
        "select plan_id, agency_kind, done_on_time, done_late, open_in_time, open_overdue, as_of, xmin::text "
        "from app.ward_rollup where ward_id = %s order by 1, 2",
        (ward_id,),
    )


def four(behind_the_wall: Snapshot, ward_id: int) -> tuple[object, ...]:
    """A ward's four counts over all its rows."""
    return behind_the_wall.query(
        "select coalesce(sum(done_on_time), 0)::int, coalesce(sum(done_late), 0)::int, "
        "coalesce(sum(open_in_time), 0)::int, coalesce(sum(open_overdue), 0)::int "
        "from app.ward_rollup where ward_id = %s",
        (ward_id,),
    )[0]


def marks(behind_the_wall: Snapshot, ward_id: int) -> int:
    """How many changes of the ward's board nobody has counted yet."""
    found = behind_the_wall.query("select count(*) from app.board_change where ward_id = %s", (ward_id,))
    return int(str(found[0][0]))
