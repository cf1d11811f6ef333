"""`create_app` joins the rooms, from the ground floor up, and holds no rule."""

from collections.abc import Mapping
from pathlib import Path

from flask import Flask
from htmx_flask import Htmx

from portal import (
    accounts,
    appearance,
    config,
    db,
    doorbell,
    failing,
    guarding,
    health,
    pages,
    plans,
    reminders,
    reports,
    rollups,
    security,
    tasks,
    tenants,
    unchanged,
    versions,
)
from portal.catalogue import Languages

#: The rooms, from the ground floor up; each offers `attach(app, settings)`.
ROOMS = (accounts, tenants, guarding, tasks, plans, reminders, rollups, reports)

_MIGRATION_HEAD = Path(__file__).parent.parent / "migrations" / "HEAD"


def create_app(values: Mapping[str, str] | None = None) -> Flask:
    """The web application, from PORTAL_* settings in `values` or the environment.

    Raises ConfigError when a setting is missing, short or an example value.
    """
    settings = config.load(values)
    app = Flask(__name__)
    app.config["PORTAL"] = settings
    app.config["MIGRATION_HEAD"] = _MIGRATION_HEAD.read_text().strip()
    Htmx(app)
    Languages(
        app, default_locale="vi", default_timezone="Asia/Ho_Chi_Minh", locale_selector=appearance.language
    )
    db.attach(app, settings)
    security.attach(app, settings)
    pages.attach(app)
    appearance.attach(app)
    failing.attach(app)
    doorbell.attach(app, settings.broker_url)
    health.attach(app, settings)
    versions.attach(app, settings)
    unchanged.attach(app)
    for room in ROOMS:
        room.attach(app, settings)
    return app
