"""What changed last, by name, kept in Valkey: a page that asks again is answered from here while that is certain.

PostgreSQL is the truth. A name (`ward:5`) has a random version that every change replaces, before its rows are
committed and once more after; in between the name is marked as being written. Whoever reads a version first and rows
afterwards therefore never holds an older page under a newer version. A version that is missing, being written or out
of reach is no version, and the asker goes to the truth.
"""

import logging
import secrets
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

import redis
from flask import Flask, current_app
from sqlalchemy import event
from sqlalchemy.orm import Session

from portal.config import Settings
from portal.db import db

log = logging.getLogger(__name__)

Found = TypeVar("Found")

#: Seconds. As the doorbell: a store that does not answer at once is away, and is left alone for a while.
_PATIENCE, _SULK = 0.2, 10.0

#: Seconds a version outlives its last change, and a killed writer keeps a name from being answered.
_KEPT, _WRITING = 86_400, 600

_NAMES = "changed_names"


class Versions:
    """The versions of one platform. No method raises when Valkey is away."""

    def __init__(self, url: str) -> None:
        self._store = redis.Redis.from_url(
            url, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE, decode_responses=True
        )
        self._quiet_until = 0.0
        self._untold: set[str] = set()

    def read(self, names: Sequence[str]) -> str | None:
        """One version of all these names together, or None: ask the truth. Who has none is given one for next time."""
        found = self._try(lambda: self._read(names))
        if found is None:
            return None
        versions, writing = found[: len(names)], found[len(names)]
        return None if writing or None in versions else ".".join(versions)

    def _read(self, names: Sequence[str]) -> list[Any]:
        with self._store.pipeline() as asked:
            for name in names:
                asked.set(_version(name), secrets.token_hex(8), nx=True, get=True, ex=_KEPT)
            asked.exists(*[_writers(name) for name in names])
            return asked.execute()

    def begin(self, names: Sequence[str]) -> str | None:
        """Their rows are about to be committed. The writer's own mark, for `end`; None when nobody could be told."""
        writer = secrets.token_hex(8)
        told = self._try(lambda: self._tell(names, lambda pipe, key: _enter(pipe, key, writer)))
        if told is None:
            self._untold.update(names)
            return None
        return writer

    def end(self, names: Sequence[str], writer: str | None) -> None:
        """Their rows are committed."""
        told = self._try(
            lambda: self._tell(names, lambda pipe, key: pipe.srem(key, writer) if writer else None)
        )
        if told is None:
            self._untold.update(names)

    def _tell(self, names: Sequence[str], mark: Callable[[Any, str], object]) -> bool:
        with self._store.pipeline() as told:
            for name in names:
                told.set(_version(name), secrets.token_hex(8), ex=_KEPT)
                mark(told, _writers(name))
            told.execute()
        return True

    def _try(self, do: Callable[[], Found]) -> Found | None:
        """What came of it; None while Valkey is away. Changes it was not told of are told first, once it is back."""
        if time.monotonic() < self._quiet_until:
            return None
        try:
            if self._untold:
                self._tell(sorted(self._untold), lambda _pipe, _key: None)
                self._untold.clear()
            return do()
        except redis.RedisError as error:
            log.warning("versions are out of reach: %s", type(error).__name__)
            self._quiet_until = time.monotonic() + _SULK
            return None


def _version(name: str) -> str:
    return f"portal:version:{name}"


def _writers(name: str) -> str:
    return f"portal:writing:{name}"


def _enter(pipe: Any, key: str, writer: str) -> None:
    pipe.sadd(key, writer)
    pipe.expire(key, _WRITING, nx=True)


def attach(app: Flask, settings: Settings) -> None:
    """Give the app its versions, and let every commit of the web's session tell them."""
    app.extensions["versions"] = Versions(settings.broker_url)
    factory = db.session.session_factory
    if not event.contains(factory, "before_commit", _before_commit):
        event.listen(factory, "before_commit", _before_commit)
        event.listen(factory, "after_commit", _after_commit)
        event.listen(factory, "after_rollback", _after_rollback)


def the_versions() -> Versions:
    """The app's."""
    return cast(Versions, current_app.extensions["versions"])


def changed(name: str) -> None:
    """Say that this transaction changes `name`; told when it is committed, and never when it is rolled back."""
    db.session().info.setdefault(_NAMES, {})[name] = None


def _before_commit(session: Session) -> None:
    session.flush()  # what is flushed may be what changes a name
    names = session.info.get(_NAMES)
    if names and not session.in_nested_transaction():
        session.info["writer"] = the_versions().begin(sorted(names))


def _after_commit(session: Session) -> None:
    if session.info.get(_NAMES) and not session.in_nested_transaction():
        the_versions().end(sorted(session.info.pop(_NAMES)), session.info.pop("writer", None))


def _after_rollback(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_NAMES, None)
