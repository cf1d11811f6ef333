"""The way out for letters: one kept SMTP connection to our own relay, and what its answers mean.

The line that matters is DATA. Before it, nothing can have been accepted, so a broken connection is a plain refusal.
After it, silence means that nobody knows: the outcome is `ambiguous`, and only the relay's journal can tell.
"""

import contextlib
import smtplib
import time
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType

from portal.config import Settings

#: Seconds. The last one is long because giving up early is what doubles messages (RFC 5321 4.5.3.2.6).
CONNECT_SECONDS, COMMAND_SECONDS, ACCEPT_SECONDS = 5.0, 30.0, 120.0

#: A submission cannot take longer than this: what a lease has to outlive.
SUBMISSION_SECONDS = CONNECT_SECONDS + COMMAND_SECONDS + ACCEPT_SECONDS

#: Relays refuse the 101st message of a session, or close it after a while.
MESSAGES_EACH, SECONDS_EACH = 50, 30.0

#: "Too many in this session, come again": a matter of the session, not of the message.
_SESSION_CODES = {421, 452}


class Outcome(StrEnum):
    """What became of one submission. The relay knows five of them; gateways for SMS know them all.

    `park`: an answer nobody has explained to us, for a person to look at.
    """

    ACCEPTED = "accepted"
    ACCEPTED_DUPLICATE = "accepted_duplicate"
    RETRY = "retry"
    THROTTLED = "throttled"
    PERMANENT = "permanent"
    OPTED_OUT = "opted_out"
    HOLD_ACCOUNT = "hold_account"
    HOLD_TEMPLATE = "hold_template"
    AMBIGUOUS = "ambiguous"
    PARK = "park"


@dataclass(frozen=True)
class Answer:
    """An outcome, and the relay's code for the record: `250`, `451`, or a word of ours such as `timeout`.

    `message_id`: a gateway's own name for the message.
    """

    outcome: Outcome
    code: str
    message_id: str = ""


class RelayAway(Exception):
    """The relay cannot be reached or does not let us in; nothing was submitted."""


class _SessionEnded(Exception):
    """The connection went before DATA: the same message may be offered again on a new one."""


class Relay:
    """Our relay. Use as a context; connections are made when needed and renewed when they are worn."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._smtp: smtplib.SMTP | None = None
        self._taken = 0
        self._opened = 0.0

    def __enter__(self) -> "Relay":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Say goodbye, if somebody is still listening."""
        if self._smtp is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
            self._smtp.close()
        self._smtp = None

    def reach(self) -> None:
        """Have a fresh enough connection. Raises RelayAway; called before anything is written down as tried."""
        if self._smtp is not None and self._is_worn():
            self.close()
        if self._smtp is None:
            self._smtp = self._connect()
            self._taken, self._opened = 0, time.monotonic()

    def submit(self, recipient: str, message: bytes, sender: str = "") -> Answer:
        """Offer one message for one recipient. `sender`: where it comes back to when it cannot be delivered."""
        for last_try in (False, True):
            try:
                self.reach()
                return self._offer(recipient, message, sender or self._settings.mail_from)
            except RelayAway as away:
                return Answer(Outcome.RETRY, str(away))
            except _SessionEnded as ended:
                self.close()
                if last_try:
                    return Answer(Outcome.RETRY, str(ended))
        raise AssertionError("two tries always answer")

    def _is_worn(self) -> bool:
        return self._taken >= MESSAGES_EACH or time.monotonic() - self._opened > SECONDS_EACH

    def _connect(self) -> smtplib.SMTP:
        wanted = self._settings
        domain = wanted.mail_from.rpartition("@")[2]
        try:
            smtp = smtplib.SMTP(wanted.smtp_host, wanted.smtp_port, domain, timeout=CONNECT_SECONDS)
            _patience(smtp, COMMAND_SECONDS)
            smtp.ehlo_or_helo_if_needed()
            if wanted.smtp_starttls:
                smtp.starttls()
            if wanted.smtp_user:
                smtp.login(wanted.smtp_user, wanted.smtp_password)
        except smtplib.SMTPAuthenticationError as error:
            raise RelayAway(f"auth {error.smtp_code}") from error
        except (OSError, smtplib.SMTPException) as error:
            raise RelayAway(type(error).__name__) from error
        return smtp

    def _offer(self, recipient: str, message: bytes, sender: str) -> Answer:
        assert self._smtp is not None
        self._taken += 1
        refused = self._envelope(self._smtp, recipient, sender)
        if refused is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._smtp.rset()
            return refused
        answer = self._data(self._smtp, message)
        if answer.outcome is Outcome.AMBIGUOUS:
            self.close()
        return answer

    def _envelope(self, smtp: smtplib.SMTP, recipient: str, sender: str) -> Answer | None:
        """MAIL, RCPT and the DATA command: nothing has been handed over yet, whatever happens here."""
        try:
            code, _text = smtp.mail(sender)
            if code >= 500:
                return Answer(Outcome.HOLD_ACCOUNT, str(code))
            if code < 400:
                code, _text = smtp.rcpt(recipient)
            if code < 400:
                code, _text = smtp.docmd("DATA")
        except UnicodeError:  # an address that SMTP cannot say
            return Answer(Outcome.PERMANENT, "address")
        except (OSError, smtplib.SMTPException) as error:
            raise _SessionEnded(type(error).__name__) from error
        if code in _SESSION_CODES and self._taken > 1:  # offers that were refused count as well
            raise _SessionEnded(str(code))
        return None if code == 354 else _refusal(code)

    def _data(self, smtp: smtplib.SMTP, message: bytes) -> Answer:
        """The message itself. From the first byte on, silence is ambiguous."""
        try:
            _patience(smtp, ACCEPT_SECONDS)
            smtp.send(_dotted(message))
            code, _text = smtp.getreply()
            _patience(smtp, COMMAND_SECONDS)
        except TimeoutError:
            return Answer(Outcome.AMBIGUOUS, "timeout")
        except (OSError, smtplib.SMTPException) as error:
            return Answer(Outcome.AMBIGUOUS, type(error).__name__)
        return Answer(Outcome.ACCEPTED, str(code)) if code < 400 else _refusal(code)


def _refusal(code: int) -> Answer:
    return Answer(Outcome.RETRY if code < 500 else Outcome.PERMANENT, str(code))


def _patience(smtp: smtplib.SMTP, seconds: float) -> None:
    if smtp.sock is not None:
        smtp.sock.settimeout(seconds)


def _dotted(message: bytes) -> bytes:
    """Transparency (RFC 5321 4.5.2) and the final dot."""
    body = message if message.endswith(b"\r\n") else message + b"\r\n"
    if body.startswith(b"."):
        body = b"." + body
    return body.replace(b"\r\n.", b"\r\n..") + b".\r\n"
