"""A letter as bytes: plain text and HTML, with the headers that mail systems and mail programs expect.

Built with the older MIME classes on purpose: `EmailMessage` with `policy.SMTP` encodes List-Unsubscribe and
References as soon as they pass 78 characters, which silently ends one-click opt-out and threading, and is ten
times slower.
"""

from dataclasses import dataclass, field
from datetime import datetime
from email._policybase import Compat32
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr
from hashlib import sha256

from flask import current_app


class _Wire(Compat32):
    """The older way to write headers. What is plain and fits one line (RFC 5322 2.1.1) is not looked into."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if (
            isinstance(value, str)
            and value.isascii()
            and value.isprintable()
            and len(name) + len(value) <= 76
        ):
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


_WIRE = _Wire(linesep="\r\n")

#: Never wanted in a sender's or a recipient's shown name: they break address lists of mail programs.
_UNSAFE = str.maketrans(dict.fromkeys('@:,;<>"\r\n', " "))


@dataclass(frozen=True)
class Letter:
    """One message to one address. `message_id` is written without angle brackets; `thread` names a synthetic root."""

    sender_name: str
    sender: str
    to_name: str
    to: str
    subject: str
    text: str
    html: str
    message_id: str
    sent_at: datetime
    thread: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def as_bytes(self) -> bytes:
        """The message as it goes over the wire (RFC 5322, RFC 2046)."""
        # Both parts are base64: no line of them can begin with the boundary, so nobody has to look for one.
        boundary = f"=_{sha256(self.message_id.encode()).hexdigest()[:32]}"
        message = MIMEMultipart("alternative", boundary, policy=_WIRE)
        message["From"] = _address(self.sender_name, self.sender)
        message["To"] = _address(self.to_name, self.to)
        message["Subject"] = Header(self.subject, "utf-8", header_name="Subject")  # type: ignore[assignment]
        message["Date"] = format_datetime(self.sent_at)
        message["Message-ID"] = f"<{self.message_id}>"
        if self.thread:
            message["In-Reply-To"] = message["References"] = f"<{self.thread}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834
        message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
        for name, value in self.headers.items():
            message[name] = Header(value, maxlinelen=998, header_name=name)  # type: ignore[assignment]
        message.attach(MIMEText(self.text, "plain", "utf-8", policy=_WIRE))
        message.attach(MIMEText(self.html, "html", "utf-8", policy=_WIRE))
        return message.as_bytes(policy=_WIRE)


def _address(name: str, address: str) -> str:
    shown = " ".join(name.translate(_UNSAFE).split())[:75]
    return formataddr((str(Header(shown, "utf-8")), address)) if shown else address


def mail_domain() -> str:
    """The domain our own Message-IDs end in."""
    return str(current_app.config["PORTAL"].mail_from).rpartition("@")[2]


def public_address(endpoint: str, **values: object) -> str:
    """The full address of a page, from our settings and never from a request (security.md C36)."""
    path = current_app.url_map.bind("").build(endpoint, values)
    return f"{current_app.config['PORTAL'].public_url}{path}"
