"""What a message that came back says: a delivery report (RFC 3464) about a failure, or nothing we act on.

Nothing but its status is taken from it: no text, no address.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

_STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")

#: Permanent, and a matter of the address (RFC 3463): nobody there (5.1.x, but not our own 5.1.7 and 5.1.8), the mailbox
#: is closed (5.2.1), no such domain (5.4.4), or no reason given (5.0.0) by systems that know no others.
_NO_ADDRESS = re.compile(r"5\.(0\.0|1\.([0-6]|9|10)|2\.1|4\.4)")


@dataclass(frozen=True)
class Failure:
    """The letter was not delivered. `status` is RFC 3463's; `is_hard`: the address takes no mail, now or later."""

    status: str
    is_hard: bool


def destinations(raw: bytes) -> list[str]:
    """Where a message was sent, as its own headers say and as mail systems note on delivery."""
    message = message_from_bytes(raw)
    return [
        str(value) for name in ("X-Original-To", "Delivered-To", "To") for value in message.get_all(name, [])
    ]


def failure_in(raw: bytes) -> Failure | None:
    """The failure a message reports; None for automatic replies, delays, receipts and everything that is no report."""
    message = message_from_bytes(raw)
    if message.get_content_type() != "multipart/report" or not message.is_multipart():
        return None
    statuses = [status for part in message.walk() for status in _failed(part)]
    if not statuses:
        return None
    status = max(statuses)
    return Failure(status, _NO_ADDRESS.fullmatch(status) is not None)


def _failed(part: Message) -> list[str]:
    """Statuses of the recipients that a delivery-status part says it failed for; the first block is about no one."""
    if part.get_content_type() != "message/delivery-status":
        return []
    blocks = part.get_payload()
    if not isinstance(blocks, list):
        return []
    return [
        found[1]
        for block in blocks
        if isinstance(block, Message)
        and str(block.get("Action", "")).strip().lower() == "failed"
        and (found := _STATUS.match(str(block.get("Status", ""))))
    ]
