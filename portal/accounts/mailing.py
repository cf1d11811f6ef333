"""Letters about accounts leave: each with a link made at that moment, each submission written down before it is made.

A crash leaves a letter `submitting`. The relay's journal then says whether it went out; if not, it is sent once more
with a new link, which ends the old one. This loop commits between letters, which only the edges do elsewhere: the try
must be on disk before the relay hears of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask, current_app
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.account_mail import AccountMail
from portal.accounts.inviting import issue_link
from portal.accounts.one_time_token import LIFETIMES
from portal.accounts.person import Person
from portal.db import drop, keep, session_as
from portal.journal import Journal
from portal.letter import Letter, mail_domain, public_address
from portal.mail import SUBMISSION_SECONDS, Answer, Outcome, Relay, RelayAway
from portal.translating import speaking
from portal.wording import LOCAL

#: A silent submission is over after this long, and the relay has noted it if it took it.
_SETTLED = timedelta(seconds=SUBMISSION_SECONDS + 30)

#: The same where the relay keeps no journal we can read.
_SETTLED_BLIND = timedelta(minutes=5)

#: Waits after temporary refusals; after the last one the letter has failed.
_RETRIES = tuple(timedelta(seconds=seconds) for seconds in (15, 60, 300, 900, 3600))

#: Letters nobody waits for any more.
_STALE = {
    "invitation": timedelta(days=7),
    "reset": timedelta(hours=2),
    "unit_digest": timedelta(hours=24),
    "webhook_stopped": timedelta(days=7),
}

#: Writes a letter of another room: the row, the Message-ID of this try, now. None: nobody is there for it any more.
Writer = Callable[[AccountMail, str, datetime], Letter | None]

_KEY = "portal.letters"


def offer_letters(app: Flask, purpose: str, writer: Writer) -> None:
    """Have letters of this purpose written by another room, and sent once as all others are."""
    app.extensions.setdefault(_KEY, {})[purpose] = writer


def _offered() -> dict[str, Writer]:
    found: dict[str, Writer] = current_app.extensions.get(_KEY, {})
    return found


@dataclass(frozen=True)
class Patience:
    """How long a silent submission is left alone; tests with killed processes use less."""

    settled: timedelta = _SETTLED
    settled_blind: timedelta = _SETTLED_BLIND


PATIENCE = Patience()


def send_account_mail(clock: Callable[[], datetime], patience: Patience = PATIENCE) -> int:
    """Send every letter that is due, one after the other. Returns how many were submitted.

    Any number of these may run at once: a letter is locked, then marked, then sent.
    """
    settings, auth = current_app.config["PORTAL"], session_as("auth")
    _resolve_silence(auth, Journal(settings.relay_journal), clock(), patience)
    keep()
    submitted = 0
    with Relay(settings) as relay:
        while (mail := _next(auth, clock())) is not None:
            prepared = _prepare(auth, mail, clock())
            if prepared is None:
                keep()
                continue
            if not _is_there(relay):
                drop()
                break
            _mark(mail, clock())
            keep()
            _settle(mail, relay.submit(mail.email, prepared), clock())
            keep()
            submitted += 1
    return submitted


def _is_there(relay: Relay) -> bool:
    try:
        relay.reach()
    except RelayAway:
        return False
    return True


def _next(auth: Session, now: datetime) -> AccountMail | None:
    return auth.scalar(
        select(AccountMail)
        .where(AccountMail.state == "queued", AccountMail.not_before <= now)
        .order_by(AccountMail.not_before, AccountMail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )


def _prepare(auth: Session, mail: AccountMail, now: datetime) -> bytes | None:
    """The letter with a fresh link; None, and the row is dropped, when there is nobody to send it to."""
    issued = None
    if now - mail.requested_at < _STALE[mail.purpose] and mail.purpose in _offered():
        letter = _offered()[mail.purpose](mail, _message_id(mail, mail.attempts + 1), now)
        mail.state = mail.state if letter else "dropped"
        return letter.as_bytes() if letter else None
    if now - mail.requested_at < _STALE[mail.purpose] and mail.purpose in LIFETIMES:
        issued = issue_link(auth, mail.email, mail.purpose, now)
    if issued is None:
        mail.state = "dropped"
        return None
    person, token = issued
    with speaking(person.locale):
        return _letter(mail, person, token, now).as_bytes()


def _mark(mail: AccountMail, now: datetime) -> None:
    mail.state, mail.submitted_at = "submitting", now
    mail.attempts += 1


def _message_id(mail: AccountMail, attempt: int) -> str:
    """A new one for each try: each carries another link."""
    return f"a.{mail.id.hex}.{attempt}@nhac.{mail_domain()}"


def _settle(mail: AccountMail, answer: Answer, now: datetime) -> None:
    mail.last_code = answer.code
    if answer.outcome is Outcome.ACCEPTED:
        mail.state = "sent"
    elif answer.outcome is Outcome.PERMANENT:
        mail.state = "failed"
    elif answer.outcome is not Outcome.AMBIGUOUS:
        _wait(mail, now)


def _wait(mail: AccountMail, now: datetime) -> None:
    if mail.attempts > len(_RETRIES):
        mail.state = "failed"
    else:
        mail.state, mail.not_before = "queued", now + _RETRIES[mail.attempts - 1]


def _resolve_silence(auth: Session, journal: Journal, now: datetime, patience: Patience) -> None:
    """Letters submitted without an answer: found in the journal means sent; long silent means to be sent anew."""
    silent = auth.scalars(
        select(AccountMail).where(AccountMail.state == "submitting").with_for_update(skip_locked=True)
    ).all()
    accepted = journal.accepted({_message_id(mail, mail.attempts) for mail in silent})
    settled = patience.settled if journal.can_tell else patience.settled_blind
    for mail in silent:
        if _message_id(mail, mail.attempts) in accepted:
            mail.state = "sent"
        elif mail.submitted_at is None or mail.submitted_at + settled <= now:
            mail.state, mail.not_before = "queued", now


def _letter(mail: AccountMail, person: Person, token: str, now: datetime) -> Letter:
    subject = (
        _("Mời dùng bảng việc Kế hoạch trẻ em") if mail.purpose == "invitation" else _("Đặt lại mật khẩu")
    )
    shown = {
        "purpose": mail.purpose,
        "heading": subject,
        "name": person.name,
        "place": mail.place,
        "address": public_address("accounts.password_page", purpose=mail.purpose, token=token),
        "hours": int(LIFETIMES[mail.purpose].total_seconds() // 3600),
        "minutes": int(LIFETIMES[mail.purpose].total_seconds() // 60),
    }
    template = current_app.jinja_env.get_template
    return Letter(
        sender_name=mail.place or "Chung Tay",
        sender=current_app.config["PORTAL"].mail_from,
        to_name=person.name,
        to=mail.email,
        subject=subject,
        text=template("accounts/mail/link.txt").render(shown),
        html=template("accounts/mail/link.html").render(shown),
        message_id=_message_id(mail, mail.attempts + 1),
        sent_at=now.astimezone(LOCAL),
    )
