"""Whether this process is up (/healthz) and whether it can serve (/readyz)."""

from collections.abc import Callable

import redis
from flask import Blueprint, Flask, Response, current_app, jsonify
from sqlalchemy import text

from portal.config import Settings
from portal.db import session_as
from portal.permits import PUBLIC, needs
from portal.security import limiter

bp = Blueprint("health", __name__)


def attach(app: Flask, settings: Settings) -> None:
    """Serve both pages; the broker's client gives up at once, since pages can do without it."""
    app.extensions["broker"] = redis.Redis.from_url(
        settings.broker_url, socket_timeout=0.5, socket_connect_timeout=0.5
    )
    app.register_blueprint(bp)


@bp.get("/healthz")
@needs(PUBLIC)
@limiter.exempt
def healthz() -> Response:
    """This process answers."""
    return jsonify(status="up")


@bp.get("/readyz")
@needs(PUBLIC)
@limiter.exempt
def readyz() -> tuple[Response, int]:
    """Each part by name. Pages need the database and its migrations; without the broker they only lose speed."""
    parts = {
        "database": _works(_ask_database),
        "migrations": _works(ask_migrations),
        "broker": _works(ask_broker),
    }
    needed = parts["database"] and parts["migrations"]
    words = {name: "ok" if up else "down" for name, up in parts.items()}
    return jsonify(status="ready" if needed else "not ready", **words), 200 if needed else 503


def _works(ask: Callable[[], None]) -> bool:
    try:
        ask()
    except Exception:
        return False
    return True


def _ask_database() -> None:
    session_as("auth").execute(text("select 1"))


def ask_migrations() -> None:
    """Raise when the database is not at the newest migration."""
    head = session_as("auth").execute(text("select version_num from app.alembic_version")).scalar_one()
    if head != current_app.config["MIGRATION_HEAD"]:
        raise RuntimeError("another version")


def ask_broker() -> None:
    """Raise when the broker does not answer."""
    current_app.extensions["broker"].ping()
