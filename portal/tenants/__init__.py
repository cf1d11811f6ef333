"""Who is who, and the wall: oversight units, wards, agencies, people's places in them."""

from flask import Flask

from portal.config import Settings
from portal.tenants import addresses, boundary, contact_routes, entrance, help_routes, navigation
from portal.tenants.first_steps import offer_steps, people_step
from portal.tenants.routes import bp


def attach(app: Flask, _settings: Settings) -> None:
    """Open the room: the entrance checks every request, the wall stands around every row."""
    addresses.attach(app)
    entrance.attach(app)
    boundary.build_wall()
    navigation.attach(app)
    app.register_blueprint(bp)
    app.register_blueprint(help_routes.bp)
    offer_steps(app, people_step)


__all__ = ["attach", "contact_routes"]
