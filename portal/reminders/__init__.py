"""Reminders: facts, envelopes, attempts; e-mail; one-tap links; what was sent and why not."""

from flask import Flask

from portal.config import Settings
from portal.reminders import chasing_routes, opt_out_routes, public_routes, routes, setting_routes
from portal.reminders.texts import routes as text_routes


def attach(app: Flask, _settings: Settings) -> None:
    """Open the room: the ward's pages, and those behind links in messages."""
    app.register_blueprint(routes.bp)
    app.register_blueprint(setting_routes.bp)
    app.register_blueprint(public_routes.bp)


__all__ = ["attach", "chasing_routes", "opt_out_routes", "text_routes"]
