"""What a gateway tells us, in its own fields: made out as its shape says, and kept before anything is concluded."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from portal.db import db, new_id
from portal.reminders.texts.account import ChannelAccount
from portal.reminders.texts.calling import filled_in
from portal.reminders.texts.receipt import Receipt
from portal.reminders.texts.sealed_settings import settings_of
from portal.reminders.texts.shape import Shape
from portal.reminders.texts.stop_words import wish_of
from portal.telephones import mobile
from portal.tenants.boundary import entered_ward

#: What we keep of one field.
_LONGEST = 120

_OF_A_RECEIPT = ("client_ref", "provider_ref", "status")


def said_in(shape: Shape, given: Mapping[str, Any], now: datetime) -> dict[str, str]:
    """A receipt (our reference, the gateway's, a status) or a person's answer (number and wish); empty for neither.

    Of an answer only the wish is kept: what else somebody writes may name a child. One without an id of its own is
    the same as another of that minute.
    """
    phone = mobile(_found(given, shape.incoming.get("phone")))
    text = _found(given, shape.incoming.get("text"))
    if phone and text:
        told = _found(given, shape.incoming.get("id")) or f"{now:%Y%m%dT%H%MZ}"
        return {"phone": phone, "wish": wish_of(text), "id": told}
    found = {name: _found(given, shape.receipt.get(name)) for name in _OF_A_RECEIPT}
    known = {name: value for name, value in found.items() if value}
    return known if "status" in known and len(known) > 1 else {}


def _found(given: Mapping[str, Any], place: str | None) -> str:
    value: Any = given
    for name in place.split(".") if place else []:
        value = value.get(name) if isinstance(value, Mapping) else None
    return str(value).strip()[:_LONGEST] if place and isinstance(value, (str, int)) else ""


def is_genuine(shape: Shape, account: ChannelAccount, given: str, raw: str, at: str) -> bool:
    """Whether the signature fits, for gateways that sign. `given`: its header; `raw`: the body; `at`: its time."""
    if not shape.signed:
        return True
    said = {"settings": settings_of(account, entered_ward()), "raw": raw, "at": at}
    expected = hashlib.sha256(filled_in(shape.signed["text"], said).encode()).hexdigest()
    return hmac.compare_digest(given.removeprefix(shape.signed.get("prefix", "")).encode(), expected.encode())


def keep_said(account: ChannelAccount, said: Mapping[str, str], now: datetime) -> None:
    """Keep it; the same thing said again is the same row."""
    row = insert(Receipt).values(
        ward_id=entered_ward(),
        id=new_id(),
        account_id=account.id,
        digest=hashlib.sha256(json.dumps(dict(said), sort_keys=True).encode()).digest(),
        said=dict(said),
        received_at=now,
        became="",
    )
    db.session.execute(row.on_conflict_do_nothing(index_elements=["ward_id", "account_id", "digest"]))
