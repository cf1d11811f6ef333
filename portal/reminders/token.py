"""The secret part of links in messages: 22 characters that only this platform's key can make, and stored nowhere.

Token = 6 random bytes that find the row + 10 bytes of HMAC-SHA256 over purpose and row (80 bits cannot be guessed).
A copy of the database holds the first part only, so it gives no working link.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
import uuid

from flask import current_app

from portal.accounts.person import normal_email

HANDLE_BYTES, SEAL_BYTES = 6, 10

#: What a token is good for is part of what is sealed: a link to stop messages opens no card.
ONE_TAP, OPT_OUT, GATEWAY, RETURN = "one-tap", "opt-out", "gateway", "return"


def new_handle() -> bytes:
    """The part of a token that is stored."""
    return secrets.token_bytes(HANDLE_BYTES)


def seal(purpose: str, handle: bytes, row_id: uuid.UUID) -> str:
    """The token of a row."""
    return base64.urlsafe_b64encode(handle + _mac(purpose, handle + row_id.bytes)).decode()[:22]


def handle_of(token: str) -> bytes | None:
    """The stored part of a token, or None when it cannot be one."""
    try:
        raw = base64.b64decode(token + "==", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw[:HANDLE_BYTES] if len(raw) == HANDLE_BYTES + SEAL_BYTES and len(token) == 22 else None


def fits(token: str, purpose: str, handle: bytes, row_id: uuid.UUID) -> bool:
    """Whether the token was made by us for this row."""
    return hmac.compare_digest(token.encode(), seal(purpose, handle, row_id).encode())


def address_hash(address: str) -> bytes:
    """An address as opt-outs remember it."""
    return _key_of("address", normal_email(address).encode())


def _mac(purpose: str, data: bytes) -> bytes:
    return _key_of(purpose, data)[:SEAL_BYTES]


def _key_of(purpose: str, data: bytes) -> bytes:
    """HMAC under a key of this purpose alone, derived from the platform's secret."""
    secret = current_app.config["PORTAL"].secret_key.encode()
    key = hmac.digest(secret, b"portal.reminders." + purpose.encode(), hashlib.sha256)
    return hmac.digest(key, data, hashlib.sha256)
