"""A duty that comes back: each period has a card of its own, and the series says how often and until when."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from portal.tenants.boundary import WardRow


class CardSeries(WardRow):
    """`ends_on`: the last day a period may begin, the end of the plan's year. `stopped_at`: somebody ended it."""

    __tablename__ = "card_series"
    __table_args__ = (
        CheckConstraint(
            "freq in ('weekly', 'biweekly', 'monthly', 'quarterly', 'semiannual', 'annual')", name="freq"
        ),
    )

    freq: Mapped[str]
    ends_on: Mapped[date]
    stopped_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
