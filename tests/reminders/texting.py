"""A gateway for SMS and a ward's account with it, for the tests of short messages."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask

from portal.db import db, keep
from portal.local.gateway import Gateway, GatewayFaults
from portal.local.journal import journal
from portal.reminders.draining import Tally, drain
from portal.reminders.texts.account import ChannelAccount
from portal.reminders.texts.keeping_account import Wanted, keep_account
from portal.tenants.boundary import inside_ward
from portal.tenants.contact import Contact
from tests.cast import Cast
from tests.reminders.conftest import MORNING, QUICK, Post

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

    def account(self, wanted: Wanted = ESMS, **changes: Any) -> None:
        """Give North an account."""
        with self.app.app_context(), inside_ward(self.cast.north):
            keep_account("sms", replace(wanted, **changes))
            keep()

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
