"""What the tests of places and people share: giving somebody another hat."""

import uuid
from collections.abc import Callable

import pytest
from flask import Flask

from portal.db import keep, session_as
from portal.tenants.access import Role
from portal.tenants.boundary import inside_ward
from portal.tenants.joining import let_in
from tests.cast import THEN, Cast

GiveHat = Callable[..., None]


@pytest.fixture
def give_hat(app: Flask, cast: Cast) -> GiveHat:
    """Another hat for somebody, in North unless South is asked for."""

    def give(email: str, role: Role, agency_id: uuid.UUID | None = None, *, south: bool = False) -> None:
        with app.app_context(), inside_ward(cast.south if south else cast.north):
            let_in(
                session_as("auth"),
                place="UBND",
                name="Người Nhiều Vai",
                email=email,
                role=role,
                agency_id=agency_id,
                now=THEN,
            )
            keep()

    return give
