"""What each ward publishes to its oversight unit: counts, never cards; and the city's page made of them."""

from flask import Flask

from portal.accounts.mailing import offer_letters
from portal.config import Settings
from portal.rollups.routes import bp
from portal.rollups.weekly_letter import UNIT_DIGEST, write_digest


def attach(app: Flask, _settings: Settings) -> None:
    """Open the room."""
    app.register_blueprint(bp)
    offer_letters(app, UNIT_DIGEST, write_digest)
