"""Putting right what dead senders left: unused claims go back, silent submissions are doubted, doubts are resolved.

A submission without an answer is never sent again straight away. The relay's journal decides (the probe): found means
accepted; not found after the settle time means it never arrived, and the same message is offered once more.
"""

from datetime import datetime

from sqlalchemy import select, text, tuple_, update
from sqlalchemy.orm import Session

from portal.journal import Journal
from portal.reminders.delivery import Delivery, DeliveryState
from portal.reminders.pace import Pace
from portal.reminders.texts.doubting import resolve_texts

_LOOKED_AT_ONCE = 500

#: An owner without its advisory lock is dead, or has lost its session and may still be talking to the relay. So what
#: it had begun is doubted at once, and found in the journal at once, but never believed to be missing before its lease
#: is over; what it had not begun it cannot begin any more, and goes back.
_ABANDONED = text("""
update app.delivery d
set state = case when d.state = 'claimed' then 'queued' else 'unknown' end,
    why = case when d.state = 'claimed' then d.why else 'sender_died' end,
    not_before = case when d.state = 'claimed' then d.not_before
      else greatest(:doubt_until, d.lease_until + :settle) end,
    lease_until = null, lease_owner = null
where d.state in ('claimed', 'submitting')
  and (d.lease_until <= :now or d.lease_owner <> all (array(
    select l.objid::bigint from pg_locks l
    where l.locktype = 'advisory' and l.classid = 0 and l.objsubid = 1
      and l.database = (select oid from pg_database where datname = current_database()))))
""")

# The last condition is that of the index by expiry, which nothing else may be tempted to use (claiming.py).
_EXPIRED = text("""
update app.delivery set state = 'expired', why = 'too_late', final_at = :now
where state in ('queued', 'retry_wait') and expires_at <= :now and expires_at < 'infinity'
""")

_HELD_LONG_ENOUGH = text("""
update app.delivery set state = 'queued', why = '' where state = 'held' and not_before <= :now
""")


def sweep(dispatch: Session, journal: Journal, now: datetime, pace: Pace) -> int:
    """Put everything right once. Returns how many doubts were resolved."""
    dispatch.execute(_ABANDONED, {"now": now, "doubt_until": now + pace.settle, "settle": pace.settle})
    dispatch.execute(_EXPIRED, {"now": now})
    dispatch.execute(_HELD_LONG_ENOUGH, {"now": now})
    return _probe(dispatch, journal, now) + resolve_texts(dispatch, now)


def _probe(dispatch: Session, journal: Journal, now: datetime) -> int:
    doubted = dispatch.scalars(
        select(Delivery)
        .where(Delivery.state == DeliveryState.UNKNOWN.value, Delivery.channel == "email")
        .order_by(Delivery.not_before)
        .limit(_LOOKED_AT_ONCE)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    accepted = journal.accepted({row.client_ref for row in doubted})
    for row in doubted:
        if row.client_ref in accepted:
            row.state, row.accepted_at, row.why = (
                DeliveryState.ACCEPTED.value,
                accepted[row.client_ref],
                "found",
            )
        elif row.not_before <= now:
            row.state, row.not_before, row.why = DeliveryState.QUEUED.value, now, "not_there"
    dispatch.flush()
    return sum(row.state != DeliveryState.UNKNOWN.value for row in doubted)


def release_claims(dispatch: Session, unused: list[Delivery]) -> None:
    """Give back what was claimed and not begun."""
    if unused:
        dispatch.execute(
            update(Delivery)
            .where(
                tuple_(Delivery.ward_id, Delivery.id, Delivery.epoch).in_(
                    [(one.ward_id, one.id, one.epoch) for one in unused]
                ),
                Delivery.state == DeliveryState.CLAIMED.value,
            )
            .values(state=DeliveryState.QUEUED.value, lease_until=None, lease_owner=None)
            .execution_options(synchronize_session=False)
        )
