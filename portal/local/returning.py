"""What a mail system does when nobody lives at an address: a delivery report (RFC 3464) to where the letter came from.

In the local city, addresses that begin with one of two words are like that, so that returns can be walked through.
"""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText

log = logging.getLogger(__name__)

#: How an address begins at which nobody lives, and one whose mailbox is full; the status reported of it (RFC 3463).
UNKNOWN, FULL = "khong-co", "day-hop"
STATUSES = {UNKNOWN: "5.1.1", FULL: "5.2.2"}

#: Takes where the report goes, and the report.
Returns = Callable[[str, bytes], Awaitable[None]]


def status_of(address: str) -> str | None:
    """Why this address takes no mail; None: it does."""
    return next((status for begins, status in STATUSES.items() if address.startswith(begins)), None)


def report_on(recipient: str, sender: str, status: str, action: str = "failed") -> bytes:
    """The report that a letter from `sender` did not reach `recipient`."""
    report = MIMEMultipart("report", report_type="delivery-status")
    report["From"] = "MAILER-DAEMON@mailbox.example"
    report["To"] = sender
    report["Subject"] = "Undelivered Mail Returned to Sender"
    report["Auto-Submitted"] = "auto-replied"
    report.attach(MIMEText("The message could not be delivered."))
    told = MIMENonMultipart("message", "delivery-status")
    about_us, about_them = Message(), Message()
    about_us["Reporting-MTA"] = "dns; mailbox.example"
    about_them["Final-Recipient"] = f"rfc822; {recipient}"
    about_them["Action"] = action
    about_them["Status"] = status
    told.set_payload([about_us, about_them])
    report.attach(told)
    return report.as_bytes()


async def pipe_to_portal(sender: str, report: bytes) -> None:
    """As a mail system's pipe does: `portal reminders bounced --to ADDRESS < report`."""
    command = [sys.executable, "-m", "portal.cli", "reminders", "bounced", "--to", sender]
    child = await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.PIPE)
    await child.communicate(report)
    log.info("a return was handed over: %s", child.returncode)
