"""The secret of a webhook: shown once, sealed at rest, changed with an overlap; and what it signs (HMAC-SHA256).

Headers and form as Standard Webhooks 1.0 has them (www.standardwebhooks.com), for which receivers have libraries.
"""

import base64
import hashlib
import hmac
import secrets
import uuid
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import or_, select

from portal.db import session_as
from portal.reports.webhooks.webhook import Webhook
from portal.sealing import Damaged, MasterKeys, seal, unseal

#: After a change the secret before signs as well for this long.
OVERLAP = timedelta(hours=24)

_PREFIX, _BYTES = "whsec_", 32


def give_secret(hook: Webhook, now: datetime) -> str:
    """A new secret, in the form receivers' libraries take; kept sealed. One there was signs on for the overlap."""
    if hook.master:
        hook.old_master, hook.old_sealed, hook.old_until = hook.master, hook.sealed, now + OVERLAP
    key = secrets.token_bytes(_BYTES)
    hook.master, hook.sealed = _sealed(hook.id, key)
    return _PREFIX + base64.b64encode(key).decode()


def signed_headers(hook: Webhook, message_id: uuid.UUID, body: bytes, now: datetime) -> dict[str, str]:
    """The headers of one try: key, moment, and a signature by each secret in force. Raises Damaged."""
    name, stamp = str(message_id), str(int(now.timestamp()))
    signed = f"{name}.{stamp}.".encode() + body
    signatures = [base64.b64encode(hmac.digest(key, signed, hashlib.sha256)) for key in _keys(hook, now)]
    return {
        "webhook-id": name,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(f"v1,{one.decode()}" for one in signatures),
    }


def seal_again() -> int:
    """Seal every secret with the master key in use. Returns how many had another. Raises Damaged."""
    current = _masters().current
    other = or_(Webhook.master != current, Webhook.old_master.not_in(("", current)))
    hooks = session_as("auth").scalars(select(Webhook).where(other).with_for_update()).all()
    for hook in hooks:
        hook.master, hook.sealed = _sealed(hook.id, _opened(hook.id, hook.master, hook.sealed))
        if hook.old_sealed is not None:
            opened = _opened(hook.id, hook.old_master, hook.old_sealed)
            hook.old_master, hook.old_sealed = _sealed(hook.id, opened)
    return len(hooks)


def _keys(hook: Webhook, now: datetime) -> list[bytes]:
    keys = [_opened(hook.id, hook.master, hook.sealed)]
    if hook.old_sealed is not None and hook.old_until is not None and now < hook.old_until:
        keys.append(_opened(hook.id, hook.old_master, hook.old_sealed))
    return keys


def _sealed(hook_id: uuid.UUID, key: bytes) -> tuple[str, bytes]:
    masters = _masters()
    return masters.current, seal(masters.keys[masters.current], key, _about(hook_id))


def _opened(hook_id: uuid.UUID, master: str, sealed: bytes) -> bytes:
    key = _masters().keys.get(master)
    if key is None:
        raise Damaged
    return unseal(key, sealed, _about(hook_id))


def _masters() -> MasterKeys:
    masters: MasterKeys = current_app.config["PORTAL"].file_keys
    return masters


def _about(hook_id: uuid.UUID) -> str:
    return f"webhook:{hook_id}"
