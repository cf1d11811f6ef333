"""A letter from a unit to one of its people, for rooms that write letters of their own purpose (offer_letters)."""

from collections.abc import Mapping
from datetime import datetime

from flask import current_app

from portal.accounts.account_mail import AccountMail
from portal.letter import Letter
from portal.tenants.oversight_unit import OversightUnit
from portal.wording import LOCAL


def unit_letter(
    mail: AccountMail,
    unit: OversightUnit,
    template: str,
    shown: Mapping[str, object],
    message_id: str,
    now: datetime,
) -> Letter:
    """`template` as .txt and as .html, told `shown`: its `heading` is the subject, its `name` who it is for."""
    told = {"unit": unit.name, **shown}
    of_name = current_app.jinja_env.get_template
    return Letter(
        sender_name=unit.short_name,
        sender=current_app.config["PORTAL"].mail_from,
        to_name=str(shown["name"]),
        to=mail.email,
        subject=str(shown["heading"]),
        text=of_name(f"{template}.txt").render(told),
        html=of_name(f"{template}.html").render(told),
        message_id=message_id,
        sent_at=now.astimezone(LOCAL),
    )
