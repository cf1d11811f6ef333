"""Where a letter comes back to: an address of its own (VERP), which only this platform's key can make.

In small letters and digits, because mail systems on the way may change capitals.
"""

import base64
import re
from collections.abc import Iterable, Iterator

from flask import current_app

from portal.reminders.delivery import Delivery
from portal.reminders.token import RETURN, seal

_MARK = re.compile(r"\+([0-9a-f]{32})(?=@)", re.IGNORECASE)


def return_path(delivery: Delivery) -> str:
    """The envelope sender of this letter; the plain sender where the platform has no address for returns."""
    bounces: str = current_app.config["PORTAL"].mail_bounces
    if not bounces:
        return ""
    local, _at, domain = bounces.partition("@")
    token = seal(RETURN, delivery.handle, delivery.id)
    return f"{local}+{base64.urlsafe_b64decode(token + '==').hex()}@{domain}"


def tokens_in(addresses: Iterable[str]) -> Iterator[str]:
    """The tokens (token.py) in these addresses or headers, genuine or not."""
    for address in addresses:
        for mark in _MARK.findall(address):
            yield base64.urlsafe_b64encode(bytes.fromhex(mark)).decode()[:22]
