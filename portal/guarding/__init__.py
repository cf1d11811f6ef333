"""The child-identity guard: finds what would tell who a child is in what people type, and asks them to mask it."""

from flask import Flask

from portal.config import Settings
from portal.guarding.asking import ask_to_mask
from portal.guarding.checking import TellsOfAChild, check_form
from portal.guarding.routes import bp


def attach(app: Flask, _settings: Settings) -> None:
    """Open the room: after the entrance has let somebody in, what they wrote is read."""
    app.before_request(check_form)
    app.register_error_handler(TellsOfAChild, ask_to_mask)
    app.register_blueprint(bp)
