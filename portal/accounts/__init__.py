"""Who is signing in: people, passwords, sessions, invitations. Second factors will live here too."""

from flask import Flask

from portal.accounts import loading
from portal.accounts.routes import bp
from portal.config import Settings


def attach(app: Flask, settings: Settings) -> None:
    """Open the room."""
    loading.attach(app, settings)
    app.register_blueprint(bp)
