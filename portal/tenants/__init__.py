"""Who is who, and the wall: oversight units, wards, agencies, people's places in them."""

from flask import Flask

from portal.config import Settings
from portal.tenants import boundary, entrance, navigation
from portal.tenants.routes import bp


def attach(app: Flask, _settings: Settings) -> None:
    """Open the room: the entrance checks every request, the wall stands around every row."""
    entrance.attach(app)
    boundary.build_wall()
    navigation.attach(app)
    app.register_blueprint(bp)
