"""Numbers that take no short messages although somebody's contact still names them: something to mend."""

from datetime import date

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from portal.db import db
from portal.reminders.channel import address_on
from portal.reminders.suppression import Suppression
from portal.reminders.texts.numbers_gone import BAD_NUMBER
from portal.reminders.token import address_hash
from portal.tasks.errands import Errand
from portal.tenants.access import Actor, Permission
from portal.tenants.contact import Contact


def numbers_to_mend(actor: Actor, today: date) -> list[Errand]:
    """One errand for each person whose number does not exist; it goes when the number is changed."""
    if not actor.may(Permission.MANAGE_PEOPLE):
        return []
    asked = select(Suppression.address_hash).where(
        Suppression.channel == "sms", Suppression.reason == BAD_NUMBER, Suppression.lifted_at.is_(None)
    )
    gone = set(db.session.scalars(asked))
    if not gone:
        return []
    people = select(Contact).where(Contact.phone.is_not(None), Contact.left.is_(False)).order_by(Contact.name)
    return [
        Errand(
            _("Sửa số điện thoại của %(name)s", name=person.name),
            _("nhà mạng báo số này không nhận được tin"),
            url_for("tenants.people_page"),
            today,
            False,
        )
        for person in db.session.scalars(people)
        if (number := address_on(person, "sms")) and address_hash(number) in gone
    ]
