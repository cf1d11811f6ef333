"""The ways out of the house: the mail relay, and everything together; whether they may be used now, and why not."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.db import Base

RELAY = "relay"

#: The row of all ways together: an operator's hold, and the hold after a restored backup.
EVERYTHING = "everything"


class ProviderAccount(Base):
    """`held_until`: nothing is submitted before, and no try is used up by waiting.

    Of everything together: `home` is the database it was sent from last (restoring.py), `beat_at` when a sender last
    looked.
    """

    __tablename__ = "provider_account"

    name: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str]
    held_until: Mapped[datetime | None]
    held_why: Mapped[str] = mapped_column(default="")
    home: Mapped[str] = mapped_column(default="")
    beat_at: Mapped[datetime | None]

    def is_held(self, now: datetime) -> bool:
        """Whether it is to be left alone."""
        return self.held_until is not None and self.held_until > now


def ways_out(dispatch: Session) -> dict[str, ProviderAccount]:
    """The rows as they are now, by name."""
    asked = select(ProviderAccount).execution_options(populate_existing=True)
    return {account.name: account for account in dispatch.scalars(asked)}


def hold(dispatch: Session, until: datetime | None, why: str, name: str = RELAY) -> None:
    """Leave it alone until then; with None it may be used again."""
    dispatch.execute(
        update(ProviderAccount)
        .where(ProviderAccount.name == name)
        .values(held_until=until, held_why=why)
        .execution_options(synchronize_session=False)
    )
