"""What the accounts room asks."""

import uuid
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.accounts.person import Person
from portal.accounts.web_session import IDLE, WebSession
from portal.catalogue import WRITTEN_IN


def live_sessions(auth: Session, person_id: uuid.UUID, now: datetime) -> list[WebSession]:
    """Where a person is signed in, the latest first."""
    return list(
        auth.scalars(
            select(WebSession)
            .where(
                WebSession.person_id == person_id,
                WebSession.revoked_at.is_(None),
                WebSession.ends_at > now,
                WebSession.last_seen_at > now - IDLE,
            )
            .order_by(WebSession.last_seen_at.desc())
        )
    )


def speak(auth: Session, person_id: uuid.UUID, language: str) -> None:
    """Remember in which language somebody reads the pages."""
    auth.execute(update(Person).where(Person.id == person_id).values(locale=language))


def other_languages(auth: Session) -> dict[uuid.UUID, str]:
    """Who reads in another language than the product is written in, and in which."""
    asked = select(Person.id, Person.locale).where(Person.locale != WRITTEN_IN)
    return dict(auth.execute(asked).tuples().all())
