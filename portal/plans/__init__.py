"""A plan document becomes proposed cards; a person confirms them; targets and what they promise."""

from flask import Flask

from portal.config import Settings
from portal.plans.routes import bp


def attach(app: Flask, _settings: Settings) -> None:
    """Open the room."""
    app.register_blueprint(bp)
