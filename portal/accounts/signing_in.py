"""Signing in and out, and the browser's session that follows from it."""

import uuid
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.accounts.passwords import hash_password, needs_rehash, verify_password
from portal.accounts.person import Person, normal_email
from portal.accounts.throttling import count_failure, forget_failures, refuse_when_too_many
from portal.accounts.web_session import AT_MOST, WebSession
from portal.errors import Refused
from portal.versions import changed


def sign_in(auth: Session, email: str, password: str, *, address: str, now: datetime) -> Person:
    """The person with this address and password.

    Raises Refused: 422 with one and the same sentence whether the account is unknown, disabled or the
    password wrong; 429 after too many failures.
    """
    refuse_when_too_many(auth, email, address, now)
    person = auth.scalar(select(Person).where(Person.email == normal_email(email)))
    right = verify_password(person.password_hash if person and person.can_sign_in else None, password)
    if person is None or not right:
        count_failure(auth, email, address, now)
        raise Refused(_("Địa chỉ e-mail hoặc mật khẩu chưa đúng. Kiểm tra lại rồi thử."))
    forget_failures(auth, email)
    if needs_rehash(person.password_hash or ""):
        person.password_hash = hash_password(password)
    return person


def open_session(auth: Session, person: Person, user_agent: str, now: datetime) -> str:
    """Start a new browser session and return its cookie value; the oldest beyond the limit end."""
    live = auth.scalars(
        select(WebSession)
        .where(WebSession.person_id == person.id, WebSession.revoked_at.is_(None))
        .order_by(WebSession.created_at.desc())
    ).all()
    for old in live[AT_MOST - 1 :]:
        end_session(old, now)
    row, token = WebSession.open(person.id, user_agent, now)
    auth.add(row)
    return token


def end_all_sessions(auth: Session, person_id: uuid.UUID, now: datetime) -> None:
    """Sign a person out everywhere: after a new password, or when they leave."""
    auth.execute(
        update(WebSession)
        .where(WebSession.person_id == person_id, WebSession.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    changed(access_of(person_id))


def end_session(row: WebSession, now: datetime) -> None:
    """Sign one browser out."""
    row.end(now)
    changed(access_of(row.person_id))


def access_of(person_id: uuid.UUID) -> str:
    """The name under which a person's access has its version: it changes when a session of theirs is ended."""
    return f"person:{person_id}"
