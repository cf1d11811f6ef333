"""The pages about people without an account: who of an agency is written to, and one person's address."""

import uuid

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.db import drop, utc_now
from portal.errors import Refused
from portal.pages import see_other
from portal.permits import needs, of_adults
from portal.tenants.access import Permission
from portal.tenants.contact import Contact
from portal.tenants.contacting import Typed, add_contact, confirm_contact, correct_contact, take_off
from portal.tenants.queries import agency_or_404, contact_or_404, contacts_of_agency
from portal.tenants.routes import bp

_NOTHING = Typed("", "", "", "")


def _typed() -> Typed:
    return Typed(*(request.form.get(name, "") for name in ("name", "title", "email", "phone")))


@bp.get("/w/<ward>/agencies/<uuid:agency_id>/contacts")
@needs(Permission.MANAGE_PEOPLE)
def contacts_page(agency_id: uuid.UUID) -> str:
    """Who of this agency gets messages."""
    return _contacts(agency_id, _NOTHING)


def _contacts(agency_id: uuid.UUID, typed: Typed, why: str = "") -> str:
    return render_template(
        "tenants/contacts.html",
        agency=agency_or_404(agency_id),
        people=contacts_of_agency(agency_id),
        typed=typed,
        why=why,
    )


@bp.post("/w/<ward>/agencies/<uuid:agency_id>/contacts")
@needs(Permission.MANAGE_PEOPLE)
@of_adults
def add_agency_contact(agency_id: uuid.UUID) -> ResponseReturnValue:
    """Write to somebody of this agency; they get no account."""
    try:
        contact = add_contact(agency_or_404(agency_id), _typed())
    except Refused as refusal:
        drop()
        return _contacts(agency_id, _typed(), refusal.why), refusal.status
    return see_other(
        url_for("tenants.contacts_page", agency_id=agency_id),
        _("Đã thêm %(name)s. Bấm một nút trong tin đầu tiên là xác nhận được địa chỉ.", name=contact.name),
    )


@bp.get("/w/<ward>/people/<uuid:contact_id>")
@needs(Permission.MANAGE_PEOPLE)
def person_page(contact_id: uuid.UUID) -> str:
    """Where somebody is written to."""
    contact = contact_or_404(contact_id)
    return _person(contact, Typed(contact.name, contact.title, contact.email or "", contact.phone or ""))


def _person(contact: Contact, typed: Typed, why: str = "") -> str:
    return render_template("tenants/person.html", contact=contact, typed=typed, why=why)


@bp.post("/w/<ward>/people/<uuid:contact_id>")
@needs(Permission.MANAGE_PEOPLE)
@of_adults
def correct_person(contact_id: uuid.UUID) -> ResponseReturnValue:
    """Correct a name, an address, a number."""
    contact = contact_or_404(contact_id)
    try:
        correct_contact(contact, _typed(), utc_now())
    except Refused as refusal:
        return _person(contact, _typed(), refusal.why), refusal.status
    return _back(_("Đã lưu. Tin sau gửi tới địa chỉ mới."), contact)


@bp.post("/w/<ward>/people/<uuid:contact_id>/confirmation")
@needs(Permission.MANAGE_PEOPLE)
def confirm_person(contact_id: uuid.UUID) -> Response:
    """Somebody asked them: the address is theirs."""
    contact = contact_or_404(contact_id)
    confirm_contact(contact, utc_now())
    return _back(_("Đã ghi: địa chỉ đúng."), contact)


@bp.post("/w/<ward>/people/<uuid:contact_id>/departure")
@needs(Permission.MANAGE_PEOPLE)
def take_person_off(contact_id: uuid.UUID) -> Response:
    """Write to them no more."""
    contact = contact_or_404(contact_id)
    take_off(contact)
    return see_other(url_for("tenants.people_page"), _("Không gửi tin cho %(name)s nữa.", name=contact.name))


def _back(message: str, contact: Contact) -> Response:
    return see_other(url_for("tenants.person_page", contact_id=contact.id), message)
