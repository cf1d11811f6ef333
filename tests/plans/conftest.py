"""One more browser for the plan pages."""

import pytest
from flask import Flask

from tests.cast import Browser, Cast


@pytest.fixture
def vy(app: Flask, cast: Cast) -> Browser:
    """Only looks, in North."""
    return Browser(app).sign_in("vy@north.example")
