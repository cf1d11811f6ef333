"""The board: cards, their state and timeliness, agencies' work on them, evidence, comments, history."""

from flask import Flask

from portal.config import Settings
from portal.tasks import board_parts, drawing, keeping_pages, remembering
from portal.tasks.routes import bp


def attach(app: Flask, _settings: Settings) -> None:
    """Open the room."""
    drawing.attach(app)
    remembering.attach(app)
    keeping_pages.attach(app)
    board_parts.attach(app)
    app.register_blueprint(bp)
