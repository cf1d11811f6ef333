"""The database: how rows are declared, one session for each role, and when they are kept."""

import select
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import uuid_utils.compat
from flask import Flask, Response, g
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, MetaData, Text, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Session, SessionTransaction

from portal.config import ROLES, Settings
from portal.errors import ConfigError

_NAMES = {
    "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ck": "%(table_name)s_%(constraint_name)s_check",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "pk": "%(table_name)s_pkey",
}


class Base(DeclarativeBase):
    """The base of every row: schema `app`, text without length limits, times with a zone."""

    metadata = MetaData(schema="app", naming_convention=_NAMES)
    type_annotation_map = {str: Text, datetime: DateTime(timezone=True)}  # noqa: RUF012 - SQLAlchemy's protocol


db = SQLAlchemy(metadata=Base.metadata, disable_autonaming=True, session_options={"expire_on_commit": False})


def new_id() -> uuid.UUID:
    """A key that sorts by time (UUIDv7, RFC 9562)."""
    return uuid_utils.compat.uuid7()


def utc_now() -> datetime:
    """The present moment. Only edges call this (a view, a job, a command); below them it is an argument."""
    return datetime.now(UTC)


def _engine_options(url: str) -> dict[str, Any]:
    return {
        "url": url,
        "pool_size": 4,
        "max_overflow": 4,
        "pool_recycle": 900,
        "connect_args": {"connect_timeout": 5, "tcp_user_timeout": 5000, "application_name": "portal"},
    }


def attach(app: Flask, settings: Settings) -> None:
    """Give the app one engine for each role; `db.session` is the role of the web, `portal_app`."""
    urls = settings.database_urls
    app.config["SQLALCHEMY_DATABASE_URI"] = urls["app"]
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        k: v for k, v in _engine_options(urls["app"]).items() if k != "url"
    }
    app.config["SQLALCHEMY_BINDS"] = {role: _engine_options(urls[role]) for role in ROLES if role != "app"}
    db.init_app(app)
    with app.app_context():
        for engine in db.engines.values():
            event.listen(engine, "connect", _refuse_powerful_login)
            event.listen(engine, "checkout", _refuse_dead_connection)
    app.after_request(_keep_or_drop)
    app.teardown_appcontext(_close_roles)


def _refuse_powerful_login(connection: Any, _record: object) -> None:
    """A login that could look past the wall serves nobody. Raises ConfigError."""
    with connection.cursor() as cursor:
        powerful = cursor.execute(
            "select rolsuper or rolbypassrls or rolname = 'portal_owner' from pg_roles where rolname = current_user"
        ).fetchone()
    connection.rollback()
    if powerful is None or powerful[0]:
        raise ConfigError(
            "This database login can look past the wall between wards; use the role's own login."
        )


def _refuse_dead_connection(connection: Any, _record: object, _proxy: object) -> None:
    """A server that went away has closed its end, which a glance at the socket tells without asking it anything.

    Raises DisconnectionError: the pool forgets the connection and makes another.
    """
    if connection.closed:
        raise DisconnectionError
    glance = select.poll()
    glance.register(connection.fileno(), select.POLLIN)
    if glance.poll(0):
        raise DisconnectionError


def session_as(role: str) -> Session:
    """The session of another login role, one for each request or job; kept or dropped with it."""
    sessions: dict[str, Session] = g.setdefault("role_sessions", {})
    if role not in sessions:
        sessions[role] = Session(db.engines[role], expire_on_commit=False)
    return sessions[role]


def keep_despite_refusal() -> None:
    """Let this request's rows be kept although the answer is an error (a counted failed sign-in)."""
    g.keep_rows = True


def keep() -> None:
    """Commit every session of this request or job. Only the edges call this (test_architecture)."""
    for session in g.get("role_sessions", {}).values():
        session.commit()
    db.session.commit()


def keep_first(role: str) -> None:
    """Commit one role's rows early: rows that another role is about to write refer to them."""
    session_as(role).commit()


def drop() -> None:
    """Forget everything that was not kept."""
    for session in g.get("role_sessions", {}).values():
        session.rollback()
    db.session.rollback()


def _keep_or_drop(response: Response) -> Response:
    """The edge of the web: a good answer is kept, anything else never happened."""
    if response.status_code < 400 or g.get("keep_rows"):
        keep()
        for ring in g.pop("after_commit", []):
            ring()
    else:
        drop()
    return response


def after_commit(ring: Any) -> None:
    """Call `ring()` once this request's rows are kept; not at all when they are dropped."""
    g.setdefault("after_commit", []).append(ring)


def unless_kept(session: Session, undo: Callable[[], object]) -> None:
    """Call `undo()` when the session's transaction ends without having been committed, however it ends."""
    outcome = {"kept": False, "over": False}

    def keep(ended: Session) -> None:
        # A savepoint's release is announced as well, and keeps nothing yet.
        outcome["kept"] = outcome["kept"] or not ended.in_nested_transaction()

    def end(_session: Session, transaction: SessionTransaction) -> None:
        if transaction.parent is None and not outcome["over"]:
            outcome["over"] = True
            if not outcome["kept"]:
                undo()

    event.listen(session, "after_commit", keep)
    event.listen(session, "after_transaction_end", end)


def _close_roles(_error: BaseException | None) -> None:
    for session in g.pop("role_sessions", {}).values():
        session.close()
