"""Reminders: facts, envelopes, attempts; e-mail; one-tap links; what was sent and why not."""

from flask import Flask

from portal.config import Settings
from portal.reminders import (
    chasing_routes,
    health_routes,
    opt_out_routes,
    public_routes,
    routes,
    setting_routes,
    wishing_routes,
)
from portal.reminders.mending import addresses_to_mend
from portal.reminders.texts import receipt_routes
from portal.reminders.texts import routes as text_routes
from portal.reminders.texts.sealed_settings import seal_again
from portal.tasks.errands import offer_errands
from portal.tasks.rewrapping import also_rewrap


def attach(app: Flask, _settings: Settings) -> None:
    """Open the room: the ward's pages, and those behind links in messages."""
    app.register_blueprint(routes.bp)
    app.register_blueprint(setting_routes.bp)
    app.register_blueprint(health_routes.bp)
    app.register_blueprint(wishing_routes.bp)
    app.register_blueprint(public_routes.bp)
    offer_errands(app, addresses_to_mend)
    also_rewrap(app, seal_again)


__all__ = ["attach", "chasing_routes", "opt_out_routes", "receipt_routes", "text_routes"]
