"""Cards for any test that needs one on a board."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from portal.db import keep
from portal.tasks.adding import NewCard, add_cards
from portal.tasks.doer import SYSTEM
from portal.tenants.boundary import inside_ward
from tests.cast import Cast

MARCH = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)

CardMaker = Callable[..., int]


@pytest.fixture
def a_card(app: Flask, cast: Cast) -> CardMaker:
    """Make a card of North (by default the police's, assigned) and return its number."""

    def make(title: str = "Tuần tra cổng trường", *, south: bool = False, **fields: object) -> int:
        ward_id = cast.south if south else cast.north
        fields.setdefault("agency_id", cast.south_police if south else cast.police)
        with app.app_context(), inside_ward(ward_id):
            card = add_cards([NewCard(title=title, **fields)], SYSTEM, MARCH)[0]  # type: ignore[arg-type]
            keep()
            return card.number

    return make


DUE_PAST, DUE_FAR = date(2020, 1, 1), date(2999, 1, 1)
