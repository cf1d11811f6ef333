"""A ward's periodic report: counted, written, approved and locked, downloaded, and sent to the unit above."""

from flask import Flask

from portal.config import Settings
from portal.reports.routes import bp


def attach(app: Flask, _settings: Settings) -> None:
    """Open the room."""
    app.register_blueprint(bp)
