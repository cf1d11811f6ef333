"""Letters about accounts, the week of a unit and its webhooks: really sent, read from the mailbox."""

from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from sqlalchemy import delete, select, update

from portal.accounts.account_mail import AccountMail
from portal.accounts.inviting import ask_for_link, invite
from portal.accounts.mailing import send_account_mail
from portal.accounts.person import Person
from portal.db import keep, session_as
from portal.local.journal import JOURNAL, messages
from portal.local.mailbox import running_mailbox
from portal.reports.webhooks.events import EVENT_TEXTS
from portal.reports.webhooks.registering import register
from portal.reports.webhooks.stopping import tell_stopped
from portal.rollups.publishing import publish_changed
from portal.rollups.weekly_letter import plan_digests
from portal.tasks.adding import NewCard, add_cards
from portal.tasks.doer import SYSTEM
from portal.tenants.boundary import inside_ward
from portal.tenants.oversight_unit import UnitMembership
from tests.cast import Cast
from tests.messages.facts import NOW
from tests.messages.message import Message

#: Monday of the same week, 07:31 in Vietnam.
MONDAY = NOW - timedelta(days=1, minutes=29)

#: Who gets which.
_NAMES = {
    "moi@north.example": "account-invitation",
    "alice@north.example": "account-reset",
    "dung@city.example": "unit-weekly",
}


def publish_late_work(app: Flask, cast: Cast) -> None:
    """Something for the unit's letter to count."""
    with app.app_context(), inside_ward(cast.north):
        late, soon = date(2026, 3, 2), date(2026, 4, 2)
        add_cards([NewCard("Việc", cast.police, due_on=day) for day in (late, late, soon)], SYSTEM, NOW)
        keep()
    with app.app_context():
        publish_changed(MONDAY)
        keep()


def letters_to_people(app: Flask, language: str) -> list[Message]:
    """All of them, as they arrive at people who read this language."""
    settings = app.config["PORTAL"]
    with TemporaryDirectory() as name, running_mailbox(Path(name)) as port:
        app.config["PORTAL"] = replace(settings, smtp_port=port, relay_journal=Path(name) / JOURNAL)
        try:
            with app.app_context():
                _ask_for_them(language)
                send_account_mail(lambda: MONDAY)
                keep()
            return [_read(letter) for letter in messages(Path(name))]
        finally:
            app.config["PORTAL"] = settings


def _ask_for_them(language: str) -> None:
    auth = session_as("auth")
    auth.execute(delete(AccountMail))
    invite(auth, "moi@north.example", "Hà Người Mới", place="UBND phường Bắc", now=MONDAY)
    ask_for_link(auth, "alice@north.example", "reset", now=MONDAY)
    auth.execute(update(Person).values(locale=language))
    plan_digests(MONDAY)
    unit_id = auth.scalars(select(UnitMembership.unit_id)).one()
    hook, _secret = register(auth, unit_id, "https://phan-mem.example/nhan", EVENT_TEXTS, "Dung", MONDAY)
    tell_stopped(auth, hook, MONDAY)
    keep()


def _read(letter: EmailMessage) -> Message:
    plain, page = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain
    assert page
    to = letter["To"].addresses[0].addr_spec
    name = "unit-webhook-stopped" if "/webhooks" in plain.get_content() else _NAMES[to]
    return Message(name, plain.get_content(), str(letter["Subject"]), page.get_content())
