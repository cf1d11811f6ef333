"""What every test gets: one city on real servers for the run, the cast, and a browser for each of them."""

from collections.abc import Iterator

import pytest
from flask import Flask

from portal.app import create_app
from tests.cast import Browser, Cast, gather
from tests.city import City, Snapshot, found_city

pytest_plugins = ["tests.cards", "tests.reminders.texting"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file's tests stay with one worker, and the browser's all with one: their living city takes long to start."""
    for item in items:
        name = "browser" if item.path.parent.name == "browser" else str(item.path)
        item.add_marker(pytest.mark.xdist_group(name))


@pytest.fixture(scope="session")
def city() -> Iterator[City]:
    """Real PostgreSQL and Valkey, migrated; ended after the run."""
    city = found_city()
    yield city
    city.end()


@pytest.fixture(scope="session")
def app(city: City) -> Flask:
    """The application as it runs, logged in to the database as the unprivileged roles."""
    app = create_app(city.settings())
    app.config["RATELIMIT_ENABLED"] = False
    return app


@pytest.fixture(scope="session")
def behind_the_wall(city: City) -> Snapshot:
    """The superuser's eye, for what no role of ours may see."""
    return Snapshot(city.superuser(), city.valkey.port)


@pytest.fixture(scope="session")
def gathered(app: Flask, behind_the_wall: Snapshot) -> Cast:
    """The cast, made once."""
    cast = gather(app)
    behind_the_wall.take()
    return cast


@pytest.fixture
def cast(gathered: Cast, behind_the_wall: Snapshot) -> Iterator[Cast]:
    """The cast for one test: whatever the test does is undone afterwards."""
    yield gathered
    behind_the_wall.restore()


def _signed_in(app: Flask, email: str) -> Browser:
    return Browser(app).sign_in(email)


@pytest.fixture
def alice(app: Flask, cast: Cast) -> Browser:
    """Coordinates North."""
    return _signed_in(app, "alice@north.example")


@pytest.fixture
def lan(app: Flask, cast: Cast) -> Browser:
    """Leads North."""
    return _signed_in(app, "lan@north.example")


@pytest.fixture
def bob(app: Flask, cast: Cast) -> Browser:
    """Answers for North's police."""
    return _signed_in(app, "bob@north.example")


@pytest.fixture
def mai(app: Flask, cast: Cast) -> Browser:
    """Works for North's schools."""
    return _signed_in(app, "mai@north.example")


@pytest.fixture
def charlie(app: Flask, cast: Cast) -> Browser:
    """Coordinates South: must see nothing of North."""
    return _signed_in(app, "charlie@south.example")


@pytest.fixture
def dung(app: Flask, cast: Cast) -> Browser:
    """Watches from the city."""
    return _signed_in(app, "dung@city.example")


@pytest.fixture
def olga(app: Flask, cast: Cast) -> Browser:
    """Operates the platform."""
    return _signed_in(app, "olga@platform.example")


@pytest.fixture
def nobody(app: Flask, cast: Cast) -> Browser:
    """A browser that never signed in."""
    return Browser(app)
