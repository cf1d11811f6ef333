"""A database restored from a backup would send again what left since: it is recognised, and nothing leaves.

Whatever was sent after the backup stands in the relay's journal. So sending waits for `portal reminders release`, which
plans what is missing, asks the journal, and only then lets go (reminders.md 9.30).
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from portal.journal import Journal
from portal.reminders.delivery import Delivery, DeliveryState
from portal.reminders.provider_account import EVERYTHING, ProviderAccount, hold
from portal.reminders.texts.account import account_of
from portal.reminders.texts.shape import shapes

RESTORED = "restored"

#: Until somebody releases it.
FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)

#: Another cluster, another branch of its history (restored to a moment, or a standby that took over), another copy.
_HOME = text("""
select (select system_identifier from pg_control_system()) || ':' || (select timeline_id from pg_control_checkpoint())
  || ':' || (select oid from pg_database where datname = current_database())
""")

_NOT_SENT = ("queued", "retry_wait", "held", "claimed", "submitting", "unknown")
_S = DeliveryState


def look_around(dispatch: Session, now: datetime) -> None:
    """A sender looks before it begins: it notes that it lives, and holds everything on a database it does not know."""
    here = str(dispatch.scalar(_HOME))
    everything = dispatch.get(ProviderAccount, EVERYTHING, populate_existing=True)
    assert everything is not None
    everything.beat_at = now
    if everything.home and everything.home != here:
        everything.held_until, everything.held_why = FOR_EVER, RESTORED
    everything.home = here
    dispatch.flush()


def reconcile(dispatch: Session, journal: Journal, now: datetime) -> tuple[int, int]:
    """Ask the journal about every letter that seems not to have left. Returns how many had, and texts put aside.

    A gateway keeps no journal: one that knows a reference again may be offered it once more, for any other a person
    decides.
    """
    waiting = dispatch.scalars(
        select(Delivery)
        .where(Delivery.state.in_(_NOT_SENT))
        .order_by(Delivery.ward_id, Delivery.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    accepted = journal.accepted({one.client_ref for one in waiting})
    found = [one for one in waiting if one.client_ref in accepted]
    for one in found:
        _end(one, _S.ACCEPTED, "found")
        one.accepted_at = accepted[one.client_ref]
    aside = [one for one in _texts_due(waiting, now) if not _is_known_again(dispatch, one)]
    for one in aside:
        _end(one, _S.PARKED, "nobody_knows")
    dispatch.flush()
    return len(found), len(aside)


def _texts_due(waiting: Sequence[Delivery], now: datetime) -> list[Delivery]:
    return [one for one in waiting if one.channel != "email" and one.not_before <= now]


def _is_known_again(dispatch: Session, delivery: Delivery) -> bool:
    account = account_of(dispatch, delivery)
    shape = shapes().get(account.shape) if account else None
    return shape is not None and shape.remembers.total_seconds() > 0


def _end(delivery: Delivery, state: DeliveryState, why: str) -> None:
    """The epoch moves on, so that no sender that still holds it can submit it."""
    delivery.state, delivery.why, delivery.epoch = state.value, why, delivery.epoch + 1
    delivery.lease_until = delivery.lease_owner = None


def let_go(dispatch: Session) -> None:
    """Everything may leave again, and the relay is tried at once."""
    hold(dispatch, None, "", EVERYTHING)
    hold(dispatch, None, "")
