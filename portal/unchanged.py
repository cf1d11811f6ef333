"""A page that asks again by itself: answered 304 without PostgreSQL while nothing it shows has changed.

Every such page carries a ticket and sends it back as `If-None-Match` (RFC 9110, 13.1.2). The ticket is signed and good
for one address, one browser, one day and some minutes; it names what the page was made of and in which version.
"""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Flask, Response, current_app, make_response, request
from itsdangerous import BadSignature, URLSafeSerializer

from portal.db import utc_now
from portal.pages import today
from portal.versions import the_versions

#: A ticket's age limit: so often the truth is asked who is asking, even when nothing changes (security.md C5, C6).
_AGE = timedelta(minutes=10)


class Watch:
    """What one answer is made of. Made before its rows are read, or its version could be newer than they are."""

    def __init__(self, *names: str) -> None:
        self._names = names
        #: None while it is not certain that nothing changes.
        self.version = the_versions().read(names)

    def ticket(self, shown: str, address: str | None = None) -> str:
        """What the page sends when it asks again. `shown` stands for what it shows, `address` for where it is asked."""
        return _serializer().dumps(
            {
                "names": list(self._names),
                "version": self.version,
                "shown": shown,
                "for": _asker(address or _address()),
                "until": int((utc_now() + _AGE).timestamp()),
            }
        )

    def not_modified(self, shown: str) -> Response | None:
        """304 with a new ticket when the asker shows just this already: something else changed, or nothing."""
        sent = _ticket_sent()
        return _answer(self.ticket(shown)) if sent and sent["shown"] == shown else None


def attach(app: Flask) -> None:
    """Answer such requests ahead of everything that asks the database who they come from."""
    app.before_request(_answer_unchanged)


def _answer_unchanged() -> Response | None:
    sent = _ticket_sent()
    if sent is None or sent["version"] is None or sent["until"] < utc_now().timestamp():
        return None
    unchanged = the_versions().read(sent["names"]) == sent["version"]
    return _answer(request.if_none_match.as_set(include_weak=True).pop()) if unchanged else None


def _ticket_sent() -> Mapping[str, Any] | None:
    """The ticket of this request, if it is ours and was given to this browser for this address and day."""
    for tag in request.if_none_match.as_set(include_weak=True):
        try:
            ticket: dict[str, Any] = _serializer().loads(tag)
        except BadSignature:
            return None
        return ticket if ticket["for"] == _asker(_address()) else None
    return None


def _answer(ticket: str) -> Response:
    response = make_response("", 304)
    response.set_etag(ticket)
    return response


def _address() -> str:
    return request.full_path.rstrip("?")


def _asker(address: str) -> str:
    """Who asks for what, and when, in a form that gives nothing away."""
    cookie = request.cookies.get(current_app.config["SESSION_ROW_COOKIE"], "")
    return hashlib.sha256(f"{address}\0{cookie}\0{today()}".encode()).hexdigest()[:32]


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="unchanged")
