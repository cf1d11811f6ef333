"""The second fence alone, on statements that are built once and run in one ward after the other."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from portal.db import db
from portal.tenants.agency import Agency
from portal.tenants.boundary import inside_ward
from tests.cast import Cast
from tests.city import Snapshot

_ASKED = select(Agency.ward_id, Agency.id)


@pytest.fixture
def without_policy(app: Flask, cast: Cast, behind_the_wall: Snapshot) -> Iterator[Cast]:
    """The cast, with the database's own fence taken out."""
    behind_the_wall.execute("alter table app.agency disable row level security")
    with app.app_context():
        yield cast
        db.session.rollback()
    behind_the_wall.execute("alter table app.agency enable row level security")


def test_a_statement_built_once_sees_the_ward_it_runs_in(without_policy: Cast) -> None:
    for ward_id in (without_policy.north, without_policy.south, without_policy.north):
        with inside_ward(ward_id):
            assert {row.ward_id for row in db.session.execute(_ASKED)} == {ward_id}
            db.session.rollback()


def test_a_statement_built_in_one_ward_sees_the_ward_it_runs_in(without_policy: Cast) -> None:
    with inside_ward(without_policy.north):
        asked = select(Agency).order_by(Agency.position)
        assert {agency.ward_id for agency in db.session.scalars(asked)} == {without_policy.north}
        db.session.rollback()
    with inside_ward(without_policy.south):
        assert {agency.ward_id for agency in db.session.scalars(asked)} == {without_policy.south}
