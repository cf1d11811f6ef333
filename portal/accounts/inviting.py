"""Links that let someone in without a password: invitations, and new passwords."""

from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from portal.accounts.account_mail import AccountMail
from portal.accounts.one_time_token import OneTimeToken
from portal.accounts.passwords import check_strength, hash_password
from portal.accounts.person import Person, normal_email
from portal.accounts.signing_in import end_all_sessions
from portal.accounts.web_session import token_hash
from portal.errors import Refused
from portal.text import nfc

#: security.md C9: so that nobody can fill another's mailbox through us.
RESETS_AN_HOUR = 3


def invite(auth: Session, email: str, name: str, *, place: str, now: datetime) -> Person:
    """The account of this address, made if it was not there; who has no password yet is sent an invitation.

    Somebody who already signs in elsewhere gets no letter: they use the password they have.
    """
    person = auth.scalar(select(Person).where(Person.email == normal_email(email)))
    if person is None:
        person = Person(email=normal_email(email), name=nfc(name).strip(), created_at=now)
        auth.add(person)
        auth.flush()
    if person.password_hash is None:
        ask_for_link(auth, email, "invitation", place=place, now=now)
    return person


def ask_for_link(auth: Session, email: str, purpose: str, *, place: str = "", now: datetime) -> None:
    """Queue a letter with a link to this address; whether anybody is there, the worker finds out."""
    auth.add(
        AccountMail(purpose=purpose, email=normal_email(email), place=place, requested_at=now, not_before=now)
    )


def ask_for_reset(auth: Session, email: str, now: datetime) -> None:
    """Queue a letter with a link for a new password; beyond three an hour to one address, silently none."""
    lately = select(func.count()).where(
        AccountMail.purpose == "reset",
        AccountMail.email == normal_email(email),
        AccountMail.requested_at > now - timedelta(hours=1),
    )
    if auth.execute(lately).scalar_one() < RESETS_AN_HOUR:
        ask_for_link(auth, email, "reset", now=now)


def issue_link(auth: Session, email: str, purpose: str, now: datetime) -> tuple[Person, str] | None:
    """The person and a fresh token, or nothing when the address is unknown or the purpose does not fit.

    One live link a person and purpose: the ones before it stop working.
    """
    person = auth.scalar(
        select(Person).where(Person.email == normal_email(email), Person.disabled_at.is_(None))
    )
    if person is None or (purpose == "reset") != (person.password_hash is not None):
        return None
    auth.execute(
        update(OneTimeToken)
        .where(
            OneTimeToken.person_id == person.id,
            OneTimeToken.purpose == purpose,
            OneTimeToken.used_at.is_(None),
        )
        .values(used_at=now)
    )
    row, token = OneTimeToken.issue(person.id, purpose, now)
    auth.add(row)
    return person, token


def holder_of(auth: Session, token: str, now: datetime) -> Person:
    """Whose link this is. Raises Refused(404) when it was used, has expired or never was."""
    person = auth.scalar(
        select(Person)
        .join(OneTimeToken)
        .where(
            OneTimeToken.token_hash == token_hash(token),
            OneTimeToken.used_at.is_(None),
            OneTimeToken.expires_at > now,
            Person.disabled_at.is_(None),
        )
    )
    if person is None:
        raise Refused(_("Đường dẫn này đã dùng hoặc đã hết hạn. Xin một đường dẫn mới."), status=404)
    return person


def set_password(auth: Session, token: str, password: str, now: datetime) -> Person:
    """Use the link: store the password, end every session. Raises Refused for a weak one or a dead link."""
    person = holder_of(auth, token, now)
    check_strength(password, about=[person.email.split("@")[0], person.name])
    used = auth.execute(
        update(OneTimeToken)
        .where(OneTimeToken.token_hash == token_hash(token), OneTimeToken.used_at.is_(None))
        .values(used_at=now)
        .returning(OneTimeToken.person_id)
    ).first()
    if used is None:
        raise Refused(_("Đường dẫn này vừa được dùng. Đăng nhập bằng mật khẩu mới."), status=409)
    person.password_hash = hash_password(password)
    end_all_sessions(auth, person.id, now)
    return person
