"""Who is asking: the browser's cookie becomes `current_user`, through a session row looked up on every request."""

import uuid
from dataclasses import dataclass

from flask import Flask, Request, Response, current_app, g
from flask_login import LoginManager, UserMixin
from sqlalchemy import bindparam, func, select

from portal.accounts.person import Person
from portal.accounts.web_session import ABSOLUTE, WebSession, token_hash
from portal.config import Settings
from portal.db import session_as, utc_now

#: Asked on every request, and so built once. Whoever is found is entered, for what is asked of them next.
_SESSION = (
    select(WebSession, Person, func.app.enter_person(Person.id))
    .join(Person)
    .where(WebSession.token_hash == bindparam("token_hash"))
)


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]
    """The person behind this request, as far as every page needs to know."""

    id: uuid.UUID
    name: str
    email: str
    is_operator: bool
    locale: str


def attach(app: Flask, settings: Settings) -> None:
    """Let Flask-Login ask us who is there; its own cookies and session protection stay off."""
    app.config["SESSION_ROW_COOKIE"] = "__Host-phien" if settings.https else "phien"
    manager = LoginManager()
    manager.session_protection = None
    manager.login_view = "accounts.sign_in_page"
    manager.login_message = ""
    manager.init_app(app)
    manager.request_loader(_load)


def _load(asked: Request) -> SignedIn | None:
    """One query finds the session and its person together, so that an ended session is out at once (C6).

    It also lets the person see their own places (`places_of`).
    """
    token = asked.cookies.get(current_app.config["SESSION_ROW_COOKIE"])
    if not token:
        return None
    found = session_as("auth").execute(_SESSION, {"token_hash": token_hash(token)}).first()
    if found is None:
        return None
    row, person, _entered = found
    now = utc_now()
    if not row.is_live(now) or not person.can_sign_in:
        return None
    if not asked.if_none_match:  # a page that asks again by itself is nobody at work
        row.seen(now)
    g.web_session = row
    return SignedIn(person.id, person.name, person.email, person.is_operator, person.locale)


def give_cookie(response: Response, token: str) -> Response:
    """Hand the browser its session cookie (security.md C5, C7)."""
    response.set_cookie(
        current_app.config["SESSION_ROW_COOKIE"],
        token,
        max_age=int(ABSOLUTE.total_seconds()),
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response


def take_cookie(response: Response) -> Response:
    """Make the browser forget its session and what it cached of it (security.md C8)."""
    response.delete_cookie(
        current_app.config["SESSION_ROW_COOKIE"],
        path="/",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
