"""What is asked about scorecards: the ward's own, and what a unit received."""

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from portal.db import db
from portal.errors import or_404
from portal.reports.scorecard.scorecard import Scorecard, SentScorecard
from portal.tenants.boundary import entered_ward

#: The first half of the advisory lock's key, any number; the second half is the ward.
_LOCK = 7207


def scorecard_of(year: int) -> Scorecard | None:
    """The ward's scorecard of a year; of two who begin one at once the second waits."""
    db.session.execute(select(func.pg_advisory_xact_lock(_LOCK, entered_ward())))
    return db.session.scalar(select(Scorecard).where(Scorecard.year == year))


def scorecards() -> dict[int, Scorecard]:
    """The ward's scorecards by year."""
    return {one.year: one for one in db.session.scalars(select(Scorecard))}


def scorecard_or_404(year: int, *, held: bool = False) -> Scorecard:
    """The scorecard of a year with its document; `held`: of two who change it one waits. Raises NotFound."""
    asked = select(Scorecard).where(Scorecard.year == year).options(undefer(Scorecard.document))
    if held:
        asked = asked.with_for_update().execution_options(populate_existing=True)
    return or_404(db.session.scalar(asked))


def was_sent(card: Scorecard) -> SentScorecard | None:
    """How this edition was sent, if it was."""
    asked = select(SentScorecard).where(
        SentScorecard.scorecard_id == card.id, SentScorecard.edition == card.edition
    )
    return db.session.scalar(asked)


def received(city: Session, unit_id: int, year: int) -> Sequence[SentScorecard]:
    """The latest edition of each entered ward's scorecard that this unit received for a year."""
    asked = (
        select(SentScorecard)
        .where(SentScorecard.unit_id == unit_id, SentScorecard.year == year)
        .distinct(SentScorecard.ward_id)
        .order_by(SentScorecard.ward_id, SentScorecard.edition.desc())
    )
    return city.scalars(asked).all()


def received_or_404(city: Session, unit_id: int, sent_id: uuid.UUID) -> SentScorecard:
    """One scorecard of the entered wards with its document. Raises NotFound."""
    asked = select(SentScorecard).where(SentScorecard.unit_id == unit_id, SentScorecard.id == sent_id)
    return or_404(city.scalar(asked.options(undefer(SentScorecard.document))))
