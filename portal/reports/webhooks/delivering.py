"""Messages leave: claimed for one worker, called without a transaction open, and what came of it written down.

At least once: a worker that dies after the call leaves a lease that ends, and the message is sent again under the same
key (`webhook-id`), by which a receiver tells it is the same.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from portal.errors import Refused
from portal.reports.webhooks.addressing import goal_of
from portal.reports.webhooks.calling import Answer, call
from portal.reports.webhooks.delivery import DELIVERED, GIVEN_UP, LEASE, WAITING, WAITS, WebhookDelivery
from portal.reports.webhooks.events import TEST
from portal.reports.webhooks.secret import signed_headers
from portal.reports.webhooks.stopping import tell_stopped
from portal.reports.webhooks.webhook import Webhook
from portal.sealing import Damaged

#: How long it can be seen what became of a message.
KEPT = timedelta(days=30)


@dataclass(frozen=True, repr=False)
class Claimed:
    """A message that is ours to send until the lease ends; `attempt` fences off a worker that was too slow.

    `trouble`: why it cannot even be called.
    """

    delivery_id: uuid.UUID
    attempt: int
    url: str
    headers: dict[str, str]
    body: bytes
    trouble: str = ""


def claim(auth: Session, now: datetime) -> Claimed | None:
    """Take the next message that is due; the caller commits before it is sent. None when nothing is."""
    free = or_(WebhookDelivery.lease_until.is_(None), WebhookDelivery.lease_until < now)
    ready = or_(Webhook.not_before <= now, WebhookDelivery.event == TEST)
    asked = (
        select(WebhookDelivery, Webhook)
        .join(Webhook)
        .where(WebhookDelivery.state == WAITING, WebhookDelivery.not_before <= now, free, ready)
        .where(or_(Webhook.stopped_at.is_(None), WebhookDelivery.event == TEST))
        .order_by(WebhookDelivery.not_before, WebhookDelivery.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=WebhookDelivery)
    )
    found = auth.execute(asked).tuples().first()
    if found is None:
        return None
    row, hook = found
    row.attempts += 1
    row.lease_until, row.tried_at = now + LEASE, now
    body = row.body.encode()
    try:
        headers, trouble = signed_headers(hook, row.id, body, now), ""
    except Damaged:
        headers, trouble = {}, "secret"
    return Claimed(row.id, row.attempts, hook.url, headers, body, trouble)


def send(claimed: Claimed) -> Answer:
    """Call the webhook; nothing is written."""
    if claimed.trouble:
        return Answer(None, claimed.trouble)
    try:
        goal = goal_of(claimed.url)
    except Refused:
        return Answer(None, "refused")
    return call(goal, claimed.headers, claimed.body)


def settle(auth: Session, claimed: Claimed, answer: Answer, now: datetime) -> None:
    """Write down what came of it; a message that is ours no more is left alone."""
    asked = select(WebhookDelivery).where(
        WebhookDelivery.id == claimed.delivery_id,
        WebhookDelivery.state == WAITING,
        WebhookDelivery.attempts == claimed.attempt,
    )
    row = auth.scalar(asked.with_for_update().execution_options(populate_existing=True))
    if row is None:
        return
    row.lease_until, row.status, row.why = None, answer.status, answer.why
    hook = auth.get_one(Webhook, row.webhook_id, with_for_update=True)
    if answer.is_taken:
        row.state = DELIVERED
        hook.answered(now)
    elif row.event == TEST:
        row.state = GIVEN_UP
    else:
        _wait(auth, hook, row, answer, now)


def _wait(auth: Session, hook: Webhook, row: WebhookDelivery, answer: Answer, now: datetime) -> None:
    wait = WAITS[min(row.attempts, len(WAITS)) - 1]
    if row.attempts > len(WAITS):
        row.state = GIVEN_UP
    row.not_before = now + wait
    if hook.failed(row.not_before, now, for_good=answer.is_gone):
        tell_stopped(auth, hook, now)


def sweep_deliveries(auth: Session, now: datetime) -> None:
    """Forget messages that nobody asks about any more."""
    old = (WebhookDelivery.made_at < now - KEPT, WebhookDelivery.state != WAITING)
    auth.execute(delete(WebhookDelivery).where(*old))
