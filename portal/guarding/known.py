"""Adults in office whom the ward knows: their names and phones are no secret here."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from portal.db import db
from portal.guarding.finding import NAMES, Finding, Kind
from portal.guarding.reading import Read
from portal.tenants.contact import Contact
from portal.text import fold

_CONTACTS = select(Contact.name, Contact.phone)

#: Numbers are compared by their last digits, whichever way they begin ("0912…", "+84 912…").
_LAST_DIGITS = 9


@dataclass(frozen=True)
class Known:
    """Names without accents, and the ends of phone numbers."""

    names: frozenset[str]
    phones: frozenset[str]

    def unsaid(self, read: Read) -> Read:
        """What was read, without what it tells of these people only."""
        return Read(read.text, tuple(one for one in read.findings if not self._covers(read.text, one)))

    def _covers(self, text: str, finding: Finding) -> bool:
        told = text[finding.start : finding.end]
        if finding.kind in NAMES:
            return fold(told) in self.names
        return finding.kind is Kind.PHONE and _end_of(told) in self.phones


def known_people() -> Known:
    """Everybody the entered ward writes to, those who left included: they signed, too."""
    rows = db.session.execute(_CONTACTS).all()
    return Known(
        frozenset(fold(row.name) for row in rows), frozenset(_ends(row.phone for row in rows if row.phone))
    )


def _ends(phones: Iterable[str]) -> Iterable[str]:
    return (_end_of(phone) for phone in phones)


def _end_of(phone: str) -> str:
    return "".join(char for char in phone if char.isdecimal())[-_LAST_DIGITS:]
