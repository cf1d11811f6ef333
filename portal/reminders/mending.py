"""Addresses and numbers that take no messages although somebody's contact still names them: something to mend."""

from datetime import date

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from portal.db import db
from portal.reminders.channel import address_on
from portal.reminders.confirming import UNANSWERED, unanswering
from portal.reminders.giving_up import BAD_ADDRESS, BAD_NUMBER, RESTING
from portal.reminders.suppression import Suppression
from portal.reminders.token import address_hash
from portal.tasks.errands import Errand
from portal.tenants.access import Actor, Permission
from portal.tenants.contact import Contact


def addresses_to_mend(actor: Actor, today: date) -> list[Errand]:
    """One errand for each address or number that is no good; it goes when that is changed."""
    if not actor.may(Permission.MANAGE_PEOPLE):
        return []
    words = {
        "email": (_("Sửa e-mail của %(name)s"), _("thư tới địa chỉ này bị trả lại")),
        "sms": (_("Sửa số điện thoại của %(name)s"), _("nhà mạng báo số này không nhận được tin")),
    }
    return [
        Errand(words[channel][0] % {"name": person.name}, words[channel][1], _page_of(person), today, False)
        for person, channel in out_of_reach()
    ] + [
        Errand(
            _("Hỏi lại địa chỉ của %(name)s", name=person.name),
            _("đã gửi %(n)s tin mà chưa trả lời, nên tạm ngừng gửi", n=UNANSWERED),
            _page_of(person),
            today,
            False,
        )
        for person in unanswering(None)
    ]


def _page_of(person: Contact) -> str:
    return url_for("tenants.person_page", contact_id=person.id)


def out_of_reach() -> list[tuple[Contact, str]]:
    """The ward's people with an address (`email`) or number (`sms`) that does not take what is sent, by name."""
    asked = select(Suppression.channel, Suppression.address_hash).where(
        Suppression.reason.in_([BAD_ADDRESS, BAD_NUMBER, RESTING]), Suppression.lifted_at.is_(None)
    )
    gone = set(db.session.execute(asked).tuples())
    if not gone:
        return []
    people = db.session.scalars(select(Contact).where(Contact.left.is_(False)).order_by(Contact.name)).all()
    return [
        (person, channel)
        for person in people
        for channel in ("email", "sms")
        if (address := address_on(person, channel)) and (channel, address_hash(address)) in gone
    ]
