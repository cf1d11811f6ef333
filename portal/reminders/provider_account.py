"""A way out of the house (the mail relay; later SMS gateways): whether it may be used now, and why not."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.db import Base

RELAY = "relay"


class ProviderAccount(Base):
    """`held_until`: nothing is submitted before, and no try is used up by waiting."""

    __tablename__ = "provider_account"

    name: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str]
    held_until: Mapped[datetime | None]
    held_why: Mapped[str] = mapped_column(default="")


def is_held(dispatch: Session, now: datetime) -> bool:
    """Whether the relay is to be left alone."""
    until = dispatch.scalar(select(ProviderAccount.held_until).where(ProviderAccount.name == RELAY))
    return until is not None and until > now


def hold(dispatch: Session, until: datetime | None, why: str) -> None:
    """Leave the relay alone until then; with None it may be used again."""
    dispatch.execute(
        update(ProviderAccount).where(ProviderAccount.name == RELAY).values(held_until=until, held_why=why)
    )
