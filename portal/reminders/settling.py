"""What becomes of a claimed envelope, step by step; each step is guarded by the epoch, so that of two only one wins."""

import random
import uuid
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, text, update
from sqlalchemy.orm import Session

from portal.db import Base, new_id
from portal.mail import Answer, Outcome
from portal.reminders.delivery import Delivery, DeliveryState
from portal.reminders.pace import Pace
from portal.reminders.provider_account import RELAY, hold

#: Waits after definite temporary refusals (reminders.md 3.5); after the last one the envelope has failed.
RETRIES = tuple(timedelta(seconds=s) for s in (15, 60, 300, 900, 3600, 3 * 3600, 6 * 3600))

#: How long the relay is left alone after it would not take our sender at all.
REFUSED_US = timedelta(minutes=5)

#: A text that is not registered yet waits this long before it is offered again.
_UNREGISTERED = timedelta(hours=1)

_S = DeliveryState

#: The table itself: our rows may be older than the database's, so nothing goes through them.
_DELIVERY = Base.metadata.tables["app.delivery"]


#: One trip to the database for each step of a try: thousands leave in a minute.
_BEGIN = text("""
with mine as (
  update app.delivery set state = 'submitting', tries = tries + 1, lease_until = :lease
  where ward_id = :ward_id and id = :id and epoch = :epoch and state = 'claimed'
  returning tries, client_ref
)
insert into app.attempt (ward_id, id, delivery_id, n, epoch, client_ref, provider, submitted_at, code)
select :ward_id, :attempt, :id, tries, :epoch, client_ref, :provider, :now, '' from mine
returning id
""")
_SETTLE = text("""
with heard as (
  update app.attempt set outcome = :outcome, code = :code, answered_at = :now
  where ward_id = :ward_id and id = :attempt
)
update app.delivery
set state = :state, why = :why, last_code = :code, lease_until = null, lease_owner = null,
    not_before = coalesce(cast(:not_before as timestamptz), not_before),
    accepted_at = coalesce(cast(:accepted_at as timestamptz), accepted_at),
    final_at = coalesce(cast(:final_at as timestamptz), final_at),
    refusals = coalesce(cast(:refusals as int), refusals),
    provider_ref = coalesce(cast(:provider_ref as text), provider_ref)
where ward_id = :ward_id and id = :id and epoch = :epoch and state in ('submitting', 'unknown')
""")
_UNCHANGED = dict.fromkeys(("not_before", "accepted_at", "final_at", "refusals", "provider_ref"))


def _change(
    dispatch: Session, delivery: Delivery, sources: tuple[DeliveryState, ...], **values: object
) -> bool:
    """Move our claim on; False when it is no longer ours."""
    changed = dispatch.execute(
        update(_DELIVERY)
        .where(
            _DELIVERY.c.ward_id == delivery.ward_id,
            _DELIVERY.c.id == delivery.id,
            _DELIVERY.c.epoch == delivery.epoch,
            _DELIVERY.c.state.in_([source.value for source in sources]),
        )
        .values(**values)
    )
    assert isinstance(changed, CursorResult)
    return changed.rowcount == 1


def _free(state: DeliveryState, **values: object) -> dict[str, object]:
    return {"state": state.value, "lease_until": None, "lease_owner": None, **values}


def put_back(dispatch: Session, delivery: Delivery, not_before: datetime) -> None:
    """Not now: back into the queue, never tried."""
    _change(dispatch, delivery, (_S.CLAIMED,), **_free(_S.QUEUED, not_before=not_before))


def drop_envelope(dispatch: Session, delivery: Delivery, why: str, now: datetime) -> None:
    """Nothing of it is to be sent any more."""
    _change(dispatch, delivery, (_S.CLAIMED,), **_free(_S.CANCELLED, why=why, final_at=now))


def park(dispatch: Session, delivery: Delivery, why: str) -> None:
    """Only a person can say what is to become of it."""
    _change(dispatch, delivery, (_S.CLAIMED,), **_free(_S.PARKED, why=why))


def begin(
    dispatch: Session, delivery: Delivery, now: datetime, pace: Pace, provider: str = RELAY
) -> uuid.UUID | None:
    """The fence: write down the try, before the relay hears of it. None when the claim was lost meanwhile.

    Returns the attempt's id.

    The caller commits, then submits.
    """
    if delivery.lease_until is None or delivery.lease_until <= now:
        return None
    attempt: uuid.UUID | None = dispatch.scalar(
        _BEGIN,
        {
            "ward_id": delivery.ward_id,
            "id": delivery.id,
            "epoch": delivery.epoch,
            "lease": now + pace.submission,
            "attempt": new_id(),
            "provider": provider,
            "now": now,
        },
    )
    return attempt


def settle(
    dispatch: Session, delivery: Delivery, attempt: uuid.UUID, answer: Answer, now: datetime, pace: Pace
) -> None:
    """Write down the relay's answer."""
    if answer.outcome is Outcome.HOLD_ACCOUNT and delivery.channel == "email":
        hold(dispatch, now + REFUSED_US, f"relay {answer.code}")
    mine = {"ward_id": delivery.ward_id, "id": delivery.id, "epoch": delivery.epoch, "attempt": attempt}
    heard = {"outcome": answer.outcome.value, "code": answer.code, "now": now}
    known_as = {"provider_ref": answer.message_id or None}
    dispatch.execute(_SETTLE, _UNCHANGED | mine | heard | known_as | _after(delivery, answer, now, pace))


def _after(delivery: Delivery, answer: Answer, now: datetime, pace: Pace) -> dict[str, object]:
    match answer.outcome:
        case Outcome.ACCEPTED | Outcome.ACCEPTED_DUPLICATE:
            return _free(_S.ACCEPTED, accepted_at=now, why="")
        case Outcome.PERMANENT | Outcome.OPTED_OUT:
            return _free(_S.FAILED, why=_words(delivery, "refused"), final_at=now)
        case Outcome.HOLD_ACCOUNT:
            return _free(_S.HELD, why=_words(delivery, "relay"), not_before=now + REFUSED_US)
        case Outcome.HOLD_TEMPLATE:
            return _free(_S.HELD, why="template", not_before=now + _UNREGISTERED)
        case Outcome.PARK:
            return _free(_S.PARKED, why="unknown_code")
        case Outcome.AMBIGUOUS:
            return _free(_S.UNKNOWN, why=_words(delivery, "no_answer"), not_before=now + pace.settle)
        case Outcome.RETRY | Outcome.THROTTLED:
            return _refused(delivery, now)


def _words(delivery: Delivery, why: str) -> str:
    """The reason as the outbox page knows it: a gateway is not a mail relay, and keeps no journal."""
    return why if delivery.channel == "email" else f"text_{why}"


def _refused(delivery: Delivery, now: datetime) -> dict[str, object]:
    """A definite temporary refusal: the next wait of the schedule, spread by a fifth either way."""
    if delivery.refusals >= len(RETRIES):
        return _free(_S.FAILED, why=_words(delivery, "gave_up"), final_at=now)
    spread = random.Random(f"{delivery.id}{delivery.refusals}").uniform(0.8, 1.2)  # noqa: S311 - no secret
    wait = RETRIES[delivery.refusals] * spread
    return _free(
        _S.RETRY_WAIT,
        why=_words(delivery, "try_later"),
        refusals=delivery.refusals + 1,
        not_before=now + wait,
    )
