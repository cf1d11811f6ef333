"""People come into a ward, wards come onto the platform."""

import uuid
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.inviting import invite
from portal.accounts.person import normal_email
from portal.db import db
from portal.errors import Refused
from portal.tenants.access import Role
from portal.tenants.agency import Agency
from portal.tenants.catalogue import match_kind
from portal.tenants.contact import Contact
from portal.tenants.membership import Membership
from portal.tenants.ward import Ward
from portal.text import nfc, normalise_spaces


def clean_email(address: str) -> str:
    """The address in its stored form. Raises Refused when it cannot be one."""
    address = normal_email(address)
    local, _at, domain = address.partition("@")
    if not local or "." not in domain or " " in address or not address.isascii():
        raise Refused(_("Địa chỉ e-mail chưa đúng. Ví dụ: ten@donvi.gov.vn."))
    return address


def add_ward(auth: Session, ward: Ward) -> Ward:
    """Open a ward. Raises Refused when its address is taken."""
    if auth.scalar(select(Ward.id).where(Ward.slug == ward.slug)):
        raise Refused(_("Mã “%(slug)s” đã có phường khác dùng. Chọn mã khác.", slug=ward.slug), status=409)
    auth.add(ward)
    auth.flush()
    return ward


def add_agency(name: str, position: int | None = None) -> Agency:
    """An agency of the entered ward, its kind recognised by its name. Raises Refused when it is there already."""
    name = normalise_spaces(nfc(name))
    if db.session.scalar(select(Agency.id).where(Agency.name == name)):
        raise Refused(_("Cơ quan “%(name)s” đã có.", name=name), status=409)
    kind = match_kind(name)
    if position is None:
        position = len(list(db.session.scalars(select(Agency.id)))) + 1
    agency = Agency(
        name=name,
        kind=kind.code if kind else None,
        short_name=kind.short if kind else name,
        mode=kind.mode if kind else "assign",
        position=position,
    )
    db.session.add(agency)
    db.session.flush()
    return agency


def let_in(
    auth: Session,
    *,
    place: str,
    name: str,
    email: str,
    role: Role,
    agency_id: uuid.UUID | None,
    now: datetime,
    title: str = "",
    phone: str | None = None,
) -> Contact:
    """Give somebody a hat in the entered ward; who has no account is invited by e-mail.

    Raises Refused when the address is wrong, the agency is missing, or they wear this hat already.
    """
    if role in {Role.AGENCY_LEAD, Role.AGENCY_MEMBER} and agency_id is None:
        raise Refused(_("Chọn cơ quan cho người này."))
    person = invite(auth, clean_email(email), name, place=place, now=now)
    contact = db.session.scalar(select(Contact).where(Contact.person_id == person.id))
    if contact is None:
        contact = Contact(person_id=person.id, name=normalise_spaces(nfc(name)), email=person.email)
        db.session.add(contact)
    contact.left = False
    contact.title = normalise_spaces(nfc(title)) or contact.title or ""
    contact.phone = phone or contact.phone
    db.session.flush()
    _give_hat(contact, role, agency_id if role in {Role.AGENCY_LEAD, Role.AGENCY_MEMBER} else None)
    return contact


def _give_hat(contact: Contact, role: Role, agency_id: uuid.UUID | None) -> None:
    wears = select(Membership.id).where(
        Membership.contact_id == contact.id,
        Membership.role == role.value,
        Membership.agency_id.is_not_distinct_from(agency_id),
    )
    if db.session.scalar(wears):
        raise Refused(_("Người này đã có vai đó."), status=409)
    db.session.add(
        Membership(contact_id=contact.id, person_id=contact.person_id, role=role.value, agency_id=agency_id)
    )
    db.session.flush()
