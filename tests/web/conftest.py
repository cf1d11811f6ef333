"""What the tests of the web's edge share: the app as behind a TLS proxy, and the app with a dead database."""

import re

import pytest
from flask import Flask

from portal.app import create_app
from tests.city import City


@pytest.fixture
def lost_app(city: City) -> Flask:
    """The app while the database is away: every URL of it leads to a port where nobody listens."""
    settings = city.settings()
    dead = {
        name: re.sub(r":\d+/", ":1/", url) for name, url in settings.items() if name.startswith("PORTAL_DB_")
    }
    return create_app(settings | dead)


@pytest.fixture
def https_app(city: City) -> Flask:
    """The app as it runs in production, under its own name."""
    return create_app(city.settings() | {"PORTAL_PUBLIC_URL": "https://portal.phuong.example"})
