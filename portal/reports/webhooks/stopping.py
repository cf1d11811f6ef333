"""A webhook that failed for days is stopped, and those who watch over the unit's wards get one letter about it."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from portal.accounts.account_mail import AccountMail
from portal.accounts.person import Person
from portal.db import new_id, session_as
from portal.letter import Letter, public_address
from portal.reports.webhooks.webhook import Webhook
from portal.tenants.oversight_unit import OversightUnit, UnitMembership
from portal.tenants.unit_letter import unit_letter
from portal.translating import speaking

WEBHOOK_STOPPED = "webhook_stopped"


def tell_stopped(auth: Session, hook: Webhook, now: datetime) -> None:
    """Put down a letter to each person of the unit, once for each stop."""
    asked = select(Person.id, Person.email).join(UnitMembership)
    people = asked.where(UnitMembership.unit_id == hook.unit_id, Person.disabled_at.is_(None))
    for person_id, email in auth.execute(people).tuples().all():
        row = {
            "id": new_id(),
            "purpose": WEBHOOK_STOPPED,
            "email": email,
            "place": "",
            "state": "queued",
            "attempts": 0,
            "requested_at": now,
            "not_before": now,
            "last_code": "",
            "about_unit": hook.unit_id,
            "key": f"hook:{hook.id}:{person_id}:{now:%s}",
        }
        auth.execute(insert(AccountMail).values(row).on_conflict_do_nothing(index_elements=["key"]))


def write_stopped(mail: AccountMail, message_id: str, now: datetime) -> Letter | None:
    """The letter; None when its reader watches over the unit no more."""
    asked = (
        select(OversightUnit, Person)
        .join(UnitMembership, UnitMembership.unit_id == OversightUnit.id)
        .join(Person, Person.id == UnitMembership.person_id)
        .where(OversightUnit.id == mail.about_unit, Person.email == mail.email)
    )
    found = session_as("auth").execute(asked).tuples().one_or_none()
    if found is None:
        return None
    unit, reader = found
    with speaking(reader.locale):
        return _letter(mail, unit, reader.name, message_id, now)


def _letter(mail: AccountMail, unit: OversightUnit, name: str, message_id: str, now: datetime) -> Letter:
    shown = {
        "heading": _("Webhook của đơn vị đã tạm dừng"),
        "name": name,
        "address": public_address("reports.webhooks_page", unit=unit.slug),
    }
    return unit_letter(mail, unit, "reports/mail/webhook_stopped", shown, message_id, now)
