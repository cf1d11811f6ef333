"""A letter as bytes: plain text and HTML, with the headers that mail systems and mail programs expect.

Headers are encoded by the older `Header` class on purpose: `EmailMessage` with `policy.SMTP` encodes List-Unsubscribe
and References as soon as they pass 78 characters, which silently ends one-click opt-out and threading. The two parts
are always the same two, so they are written and not put together: building them took a third of a letter's time.
"""

from base64 import encodebytes
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, formataddr
from hashlib import sha256

from flask import current_app

#: Letters of a header line (RFC 5322 2.1.1), and of one that must not be folded.
_LINE, _WHOLE = 76, 998

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
        lines = [
            f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"',
            "MIME-Version: 1.0",
            *(_header(name, value) for name, value in self._headers()),
            "",
            *_part("plain", self.text, boundary),
            *_part("html", self.html, boundary),
            f"--{boundary}--",
            "",
        ]
        return "\r\n".join(lines).encode("ascii")

    def _headers(self) -> Iterator[tuple[str, str]]:
        yield "From", _address(self.sender_name, self.sender)
        yield "To", _address(self.to_name, self.to)
        yield "Subject", Header(self.subject, "utf-8", header_name="Subject").encode(linesep="\r\n")
        yield "Date", format_datetime(self.sent_at)
        yield "Message-ID", f"<{self.message_id}>"
        if self.thread:
            yield "In-Reply-To", f"<{self.thread}>"
            yield "References", f"<{self.thread}>"
        yield "Auto-Submitted", "auto-generated"  # RFC 3834
        yield "X-Auto-Response-Suppress", "OOF, AutoReply"
        for name, value in self.headers.items():
            yield name, _folded(name, value, _WHOLE)


def _header(name: str, value: str) -> str:
    return f"{name}: {value}" if "\r\n" in value else f"{name}: {_folded(name, value, _LINE)}"


def _folded(name: str, value: str, most: int) -> str:
    """The value in lines of at most so many letters; what is plain and fits one is not looked into."""
    if value.isascii() and len(name) + len(value) <= _LINE:
        return value
    return Header(value, maxlinelen=most, header_name=name).encode(linesep="\r\n")


def _part(kind: str, text: str, boundary: str) -> Iterator[str]:
    yield f"--{boundary}"
    yield f'Content-Type: text/{kind}; charset="utf-8"'
    yield "MIME-Version: 1.0"
    yield "Content-Transfer-Encoding: base64"
    yield ""
    yield encodebytes(text.encode()).decode("ascii").replace("\n", "\r\n")


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
