"""What message centres have to tell: receipts and people's answers, kept in the database before they are confirmed.

A line of its own for each account, so that senders may come and go. What is not kept is not confirmed, and told again.
"""

import logging
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from smpplib import consts
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from portal.db import db, drop, keep
from portal.reminders.delivery import Delivery
from portal.reminders.texts.account import ChannelAccount
from portal.reminders.texts.hearing import keep_said, said_in
from portal.reminders.texts.sealed_settings import settings_of
from portal.reminders.texts.shape import Shape, shapes
from portal.reminders.texts.smpp.line import Line, LineLost, SignInRefused
from portal.reminders.texts.smpp.server import SMPP, servers
from portal.reminders.texts.smpp.submitting import reference_of
from portal.sealing import Damaged
from portal.telephones import mobile
from portal.tenants.boundary import inside_ward

log = logging.getLogger(__name__)

#: Nothing for so long (seconds): that was all for now.
QUIET = 1.0

#: The bits of esm_class that say what a message is, and the one for a receipt (SMPP 3.4, 5.2.12).
_WHAT, _RECEIPT = 0x3C, 0x04

#: A receipt as most message centres write it, for those that give no parameters (SMPP 3.4, appendix B).
_WRITTEN = re.compile(rb"id:(?P<id>\S+).*?stat:(?P<stat>[A-Z]+)", re.IGNORECASE | re.DOTALL)

_STATES = {
    1: "ENROUTE",
    2: "DELIVRD",
    3: "EXPIRED",
    4: "DELETED",
    5: "UNDELIV",
    6: "ACCEPTD",
    7: "UNKNOWN",
    8: "REJECTD",
}

#: A reference of 16 bits comes round again; within this time it means one message to one telephone.
_REMEMBERED = timedelta(days=3)


def listen(dispatch: Session, clock: Callable[[], datetime], quiet: float = QUIET) -> int:
    """Take in what waits at every account's message centre. Returns how much was kept.

    Commits before anything is confirmed: no transaction is open while a centre is silent.
    """
    by_smpp = [key for key, shape in shapes().items() if shape.adapter == SMPP]
    accounts = dispatch.scalars(
        select(ChannelAccount).where(ChannelAccount.shape.in_(by_smpp)).order_by(ChannelAccount.ward_id)
    ).all()
    ears = [_Ear(account, clock) for account in accounts]
    keep()
    return sum(ear.hear(quiet) for ear in ears)


class _Ear:
    """One account's line for receiving."""

    def __init__(self, account: ChannelAccount, clock: Callable[[], datetime]) -> None:
        self._account, self._clock, self._kept = account, clock, 0
        self._shape: Shape = shapes()[account.shape]
        self._ward_id = account.ward_id
        try:
            self._settings = settings_of(account, account.ward_id)
        except Damaged:
            log.error("the account for %s of ward %s cannot be used", account.channel, account.ward_id)
            self._settings = {}

    def hear(self, quiet: float) -> int:
        """Keep what comes until nothing comes any more; how much."""
        server = servers().get(self._settings.get("server", ""))
        if server is None:
            return 0
        try:
            line = Line(server, self._settings, receives=True)
        except (LineLost, SignInRefused, TimeoutError) as trouble:
            log.warning("the message centre of ward %s is not heard: %s", self._ward_id, trouble)
            return 0
        with suppress(LineLost):
            while (came := line.what_came(quiet)) and self._keep(came, line):
                pass
        line.close()
        return self._kept

    def _keep(self, came: Sequence[Any], line: Line) -> bool:
        """Keep these and confirm them. False: they are to be told again later, not at once."""
        now = self._clock()
        try:
            with inside_ward(self._ward_id):
                meant = _meant(came, now)
                said = [one for unit in came if (one := said_in(self._shape, _told(unit, meant), now))]
                for one in said:
                    keep_said(self._account, one, now)
                db.session.flush()
                keep()
        except SQLAlchemyError:
            drop()
            log.exception("%s messages for ward %s were not kept", len(came), self._ward_id)
            said = None
        for unit in came:
            line.confirm(unit, kept=said is not None)
        self._kept += len(said or ())
        return said is not None


def _told(unit: Any, meant: Mapping[tuple[str, int], str]) -> dict[str, Any]:
    """A receipt or somebody's answer in the fields that the shape names."""
    text = unit.short_message or getattr(unit, "message_payload", None) or b""
    if not _is_receipt(unit):
        return {"phone": _phone(unit), "text": _read(text, unit.data_coding)}
    written = _WRITTEN.search(text)
    name = getattr(unit, "receipted_message_id", None) or (written["id"] if written else b"")
    stat = written["stat"].decode().upper()[:7] if written else ""
    return {
        "message_id": name.decode("ascii", "replace"),
        "status": _STATES.get(getattr(unit, "message_state", None) or 0, stat),
        "client_ref": meant.get((_phone(unit), unit.user_message_reference), ""),
    }


def _meant(came: Sequence[Any], now: datetime) -> dict[tuple[str, int], str]:
    """Our own references by telephone and the 16 bits that centres echo, where these mean one message alone."""
    phones = {_phone(unit) for unit in came if _is_receipt(unit) and unit.user_message_reference is not None}
    asked = select(Delivery.address, Delivery.client_ref).where(
        Delivery.address.in_(phones),
        Delivery.channel == "sms",
        Delivery.tries > 0,
        Delivery.created_at > now - _REMEMBERED,
    )
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for address, client_ref in db.session.execute(asked) if phones else ():
        found[address, reference_of(client_ref)].append(client_ref)
    return {key: refs[0] for key, refs in found.items() if len(refs) == 1}


def _is_receipt(unit: Any) -> bool:
    return bool(unit.esm_class & _WHAT == _RECEIPT)


def _phone(unit: Any) -> str:
    """The telephone in the form of envelopes, or nothing."""
    return mobile("+" + unit.source_addr.decode("ascii", "replace").lstrip("+")) or ""


def _read(octets: bytes, coding: int) -> str:
    """An answer's letters; stop words are plain Latin, so that what the default alphabet changes does not matter."""
    return octets.decode("utf-16-be" if coding == consts.SMPP_ENCODING_ISO10646 else "latin-1", "replace")
