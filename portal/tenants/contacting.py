"""People a ward writes to who have no account: added by hand, corrected, taken off; no invitation, only messages."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from portal.db import db
from portal.errors import Refused
from portal.telephones import mobile, national
from portal.tenants.access import Role
from portal.tenants.agency import Agency
from portal.tenants.contact import Contact
from portal.tenants.joining import clean_email
from portal.tenants.membership import Membership
from portal.text import nfc, normalise_spaces

#: Characters of a name or title; letters show them in a line.
_LONGEST = 120


@dataclass(frozen=True)
class Typed:
    """Who is to be written to, as somebody typed it. An empty name: the agency's own box or telephone."""

    name: str
    title: str
    email: str
    phone: str

    def cleaned(self, otherwise: str) -> "Typed":
        """The same as it is stored; `otherwise` is the name of who has none. Raises Refused saying what to correct."""
        name, title = normalise_spaces(nfc(self.name)) or otherwise, normalise_spaces(nfc(self.title))
        if max(len(name), len(title)) > _LONGEST:
            raise Refused(_("Tên hoặc chức danh quá dài. Rút còn dưới 120 ký tự."))
        email = clean_email(self.email) if self.email.strip() else ""
        if len(email) > 254:
            raise Refused(_("Địa chỉ e-mail quá dài."))
        phone = _clean_phone(self.phone)
        if not email and not phone:
            raise Refused(_("Ghi e-mail hoặc số di động để gửi tin được."))
        return Typed(name, title, email, phone)


def _clean_phone(typed: str) -> str:
    if not typed.strip():
        return ""
    number = mobile(typed)
    if number is None:
        raise Refused(_("Số di động chưa đúng. Ví dụ: 0912 345 678."))
    return national(number)


def add_contact(agency: Agency, typed: Typed) -> Contact:
    """Somebody of an agency to write to, without an account. Raises Refused when they cannot be, or are there."""
    typed = typed.cleaned(agency.short_name)
    if is_known(agency, typed):
        raise Refused(_("%(name)s đã có trong danh sách của cơ quan này.", name=typed.name), status=409)
    contact = Contact(
        name=typed.name, title=typed.title, email=typed.email or None, phone=typed.phone or None
    )
    db.session.add(contact)
    db.session.flush()
    db.session.add(
        Membership(contact_id=contact.id, role=Role.AGENCY_MEMBER.value, agency_id=agency.id, person_id=None)
    )
    db.session.flush()
    return contact


def is_known(agency: Agency, typed: Typed) -> bool:
    """Whether this person, as cleaned, is written to for the agency already."""
    asked = (
        select(Contact.id)
        .join(Membership, (Membership.ward_id == Contact.ward_id) & (Membership.contact_id == Contact.id))
        .where(
            Membership.agency_id == agency.id,
            Contact.left.is_(False),
            Contact.name == typed.name,
            Contact.email.is_not_distinct_from(typed.email or None),
            Contact.phone.is_not_distinct_from(typed.phone or None),
        )
    )
    return db.session.scalar(asked.limit(1)) is not None


def correct_contact(contact: Contact, typed: Typed, now: datetime) -> None:
    """Another name, title, address or number. Where the address changed, what went to the old one is no good any more.

    Raises Refused when it cannot be written to like this.
    """
    typed = typed.cleaned(contact.name)
    email, phone = typed.email or None, typed.phone or None
    if (email, _same(contact.phone)) != (contact.email, phone):
        contact.verified_at, contact.moved_at = None, now
    contact.name, contact.title, contact.email, contact.phone = typed.name, typed.title, email, phone
    db.session.flush()


def _same(phone: str | None) -> str | None:
    """A number as it would be stored today."""
    number = mobile(phone)
    return national(number) if number else phone


def confirm_contact(contact: Contact, now: datetime) -> None:
    """They answered, or somebody asked them: the address is theirs."""
    if contact.verified_at is None:
        contact.verified_at = now


def take_off(contact: Contact) -> None:
    """Write to them no more. Raises Refused for somebody with an account, who has hats to be taken off instead."""
    if contact.person_id is not None:
        raise Refused(_("Người này có tài khoản. Bỏ vai của họ ở trang “Người và cơ quan”."))
    contact.left = True
