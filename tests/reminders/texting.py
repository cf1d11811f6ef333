"""A gateway for SMS and a ward's account with it, for the tests of short messages."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask

from portal.db import db, keep, session_as
from portal.local.gateway import Gateway, GatewayFaults, running_gateway
from portal.local.journal import journal
from portal.reminders.draining import Tally, drain
from portal.reminders.enveloping import new_envelope
from portal.reminders.falling_back import fall_back
from portal.reminders.texts.account import ChannelAccount, callback_of
from portal.reminders.texts.applying import apply_receipts
from portal.reminders.texts.keeping_account import Wanted, keep_account
from portal.reminders.texts.polling import poll
from portal.tenants.boundary import inside_ward
from portal.tenants.contact import Contact
from tests.cast import Cast
from tests.reminders.conftest import MORNING, QUICK, TODAY, Post

BOBS = "0912345678"
ESMS = Wanted("esms", "UBNDBACPHO", {"api_key": "khoa-cong", "secret_key": "khoa-kin"}, live=True)


@dataclass
class Texts:
    """The sending side of short messages."""

    app: Flask
    cast: Cast
    post: Post
    folder: Path
    gateway: Gateway

    def taken_in_south(self, now: datetime) -> None:
        """South has an account, too, whose gateway took what it took from North."""
        [taken] = self.taken()
        with self.app.app_context(), inside_ward(self.cast.south):
            keep_account("sms", ESMS)
            charlie = db.session.query(Contact).first()
            assert charlie is not None
            charlie.phone = BOBS
            made = new_envelope("sms", charlie, 0, "taken", now, now + timedelta(days=1), now)
            made.state, made.provider_ref, made.accepted_at = "accepted", taken["id"], now
            keep()

    def account(self, wanted: Wanted = ESMS, **changes: Any) -> None:
        """Give North an account."""
        with self.app.app_context(), inside_ward(self.cast.north):
            keep_account("sms", replace(wanted, **changes))
            keep()

    def late_for_bob(self, due: Any, **account: Any) -> int:
        """North sends SMS, Bob has a telephone, and a card of his is late since yesterday; gives its number."""
        self.account(**account)
        self.phone("Bob Công An")
        return int(due(TODAY - timedelta(days=1)))

    def send(self, now: datetime = MORNING) -> None:
        """Plan, and send the short messages."""
        self.post.plan(now)
        self.drain(now)

    def apply(self, now: datetime = MORNING) -> int:
        """Draw conclusions from what the gateway said."""
        with self.app.app_context(), inside_ward(self.cast.north):
            settled = apply_receipts(now)
            keep()
            return settled

    def poll(self, now: datetime) -> int:
        """Ask the gateway what became of what it took."""
        with self.app.app_context():
            return poll(session_as("dispatch"), now)

    def pass_on(self, now: datetime) -> int:
        """Send on what did not arrive."""
        with self.app.app_context(), inside_ward(self.cast.north):
            made = fall_back(now)
            keep()
            return made

    def address(self) -> str:
        """Where North's gateway reports to, as a path."""
        with self.app.app_context(), inside_ward(self.cast.north):
            return urlsplit(callback_of(db.session.query(ChannelAccount).one())).path

    def phone(self, name: str, phone: str | None = BOBS, **more: Any) -> None:
        """Change how somebody of North is reached."""
        with self.app.app_context(), inside_ward(self.cast.north):
            contact = db.session.query(Contact).filter_by(name=name).one()
            contact.phone = phone
            for field, value in more.items():
                setattr(contact, field, value)
            keep()

    def fault(self, **faults: Any) -> None:
        """From now on the gateway fails so."""
        self.gateway.faults = GatewayFaults(**faults)

    def drain(self, now: datetime = MORNING) -> Tally:
        """Send the short messages that are due."""
        with self.app.app_context():
            tally = drain(lambda: now, QUICK, texts=True)
            keep()
            return tally

    def taken(self) -> list[dict[str, Any]]:
        """What the gateway took."""
        return journal(self.folder)

    def states(self) -> list[tuple[str, str]]:
        """State and reason of every short message."""
        asked = "select state, why from app.delivery where channel = 'sms' order by created_at, id"
        return [(str(state), str(why)) for state, why in self.post.wall.query(asked)]

    def held(self) -> Any:
        """Until when North's account is left alone."""
        with self.app.app_context(), inside_ward(self.cast.north):
            return db.session.query(ChannelAccount).one().held_until


@pytest.fixture
def texts(app: Flask, cast: Cast, post: Post, tmp_path: Path) -> Iterator[Texts]:
    folder, settings = tmp_path / "sms", app.config["PORTAL"]
    with running_gateway(folder) as (address, gateway):
        app.config["PORTAL"] = replace(settings, sms_standin=address)
        yield Texts(app, cast, post, folder, gateway)
        app.config["PORTAL"] = settings
