"""A duty that comes back: each period has a card of its own; the series says until when new ones are made."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped

from portal.tenants.boundary import WardRow


class CardSeries(WardRow):
    """How often it comes back, its latest card says (`recurrence`, read by rhythm.py).

    `ends_on`: the last day on which a period may begin, the end of the plan's year. `stopped_at`: somebody ended it.
    """

    __tablename__ = "card_series"

    ends_on: Mapped[date]
    stopped_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
