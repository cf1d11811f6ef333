"""The secret address at which somebody's calendar program reads their dates: one a person, revocable, only its hash."""

import secrets
import uuid
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, LargeBinary, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.accounts.person import Person
from portal.accounts.web_session import token_hash
from portal.db import Base

#: "Last read" is written at most this often, so that a program that asks every minute writes nothing.
READ_EVERY = timedelta(hours=1)


class CalendarFeed(Base):
    """A new address replaces the old one, which is dead from then on."""

    __tablename__ = "calendar_feed"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app.person.id"), primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    made_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


def feed_of(auth: Session, person_id: uuid.UUID) -> CalendarFeed | None:
    """Whether, and since when, a person's calendar can be read."""
    return auth.get(CalendarFeed, person_id)


def make_feed(auth: Session, person_id: uuid.UUID, now: datetime) -> str:
    """A new address for a person's calendar: its secret part, which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    feed = feed_of(auth, person_id) or CalendarFeed(person_id=person_id)
    feed.token_hash, feed.made_at, feed.read_at = token_hash(token), now, None
    auth.add(feed)
    return token


def revoke_feed(auth: Session, person_id: uuid.UUID) -> bool:
    """From now on nothing is read there. False: there was no address."""
    feed = feed_of(auth, person_id)
    if feed is not None:
        auth.delete(feed)
    return feed is not None


def reader_of(auth: Session, token: str, now: datetime) -> Person | None:
    """Whose calendar this is; nobody's when it was revoked, or the person may not sign in any more."""
    asked = select(CalendarFeed, Person).join(Person).where(CalendarFeed.token_hash == token_hash(token))
    found = auth.execute(asked).first()
    if found is None or not found[1].can_sign_in:
        return None
    feed, person = found
    if feed.read_at is None or now - feed.read_at >= READ_EVERY:
        feed.read_at = now
    reader: Person = person
    return reader
