"""What each ward publishes to its oversight unit: counts, never cards; and the city's page made of them."""

from flask import Flask

from portal.config import Settings
from portal.rollups.routes import bp


def attach(app: Flask, _settings: Settings) -> None:
    """Open the room."""
    app.register_blueprint(bp)
