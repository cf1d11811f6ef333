"""Registering a unit's webhooks, and what its people change of them."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.db import new_id
from portal.errors import Refused, or_404
from portal.reports.webhooks.addressing import goal_of
from portal.reports.webhooks.delivery import WebhookDelivery
from portal.reports.webhooks.events import EVENT_TEXTS, TEST, trial_body
from portal.reports.webhooks.secret import give_secret
from portal.reports.webhooks.webhook import Webhook
from portal.tenants.oversight_unit import OversightUnit
from portal.tenants.report_period import closing_days, reporting_year
from portal.wording import local_day

#: Of one unit.
_MOST = 5

#: Tests of one webhook that may be on their way at once, and messages shown.
_MOST_TESTS, _SHOWN = 3, 50


def webhooks_of(auth: Session, unit_id: int) -> Sequence[Webhook]:
    """The unit's webhooks, the latest first."""
    asked = select(Webhook).where(Webhook.unit_id == unit_id)
    return auth.scalars(asked.order_by(Webhook.made_at.desc(), Webhook.id.desc())).all()


def webhook_or_404(auth: Session, unit_id: int, hook_id: uuid.UUID) -> Webhook:
    """A webhook of the unit. Raises NotFound."""
    return or_404(auth.scalar(select(Webhook).where(Webhook.id == hook_id, Webhook.unit_id == unit_id)))


def last_deliveries(auth: Session, hook: Webhook) -> Sequence[WebhookDelivery]:
    """What was sent to it lately, the latest first."""
    asked = select(WebhookDelivery).where(WebhookDelivery.webhook_id == hook.id)
    return auth.scalars(
        asked.order_by(WebhookDelivery.made_at.desc(), WebhookDelivery.id.desc()).limit(_SHOWN)
    ).all()


def delivery_or_404(auth: Session, hook: Webhook, delivery_id: uuid.UUID) -> WebhookDelivery:
    """A message to this webhook. Raises NotFound."""
    asked = select(WebhookDelivery).where(
        WebhookDelivery.id == delivery_id, WebhookDelivery.webhook_id == hook.id
    )
    return or_404(auth.scalar(asked.with_for_update()))


def register(
    auth: Session, unit_id: int, url: str, events: Iterable[str], by: str, now: datetime
) -> tuple[Webhook, str]:
    """A new webhook and its secret, which is kept sealed only. Raises Refused."""
    url, chosen = url.strip(), _chosen(events)
    goal_of(url)
    if (auth.scalar(select(func.count()).where(Webhook.unit_id == unit_id)) or 0) >= _MOST:
        raise Refused(_("Đã có %(n)s webhook. Xóa cái không dùng nữa rồi thêm.", n=_MOST), status=409)
    hook = Webhook(id=new_id(), unit_id=unit_id, url=url, events=chosen, made_by=by, made_at=now)
    hook.master, hook.not_before, hook.closed_until = "", now, _last_close(now)
    secret = give_secret(hook, now)
    auth.add(hook)
    auth.flush()
    return hook, secret


def choose_events(hook: Webhook, events: Iterable[str]) -> None:
    """Hear of these from now on. Raises Refused without any."""
    hook.events = _chosen(events)


def send_test(auth: Session, unit: OversightUnit, hook: Webhook, now: datetime) -> None:
    """Put a message without news on its way. Raises Refused (429) while others still are."""
    waiting = select(func.count()).where(
        WebhookDelivery.webhook_id == hook.id,
        WebhookDelivery.event == TEST,
        WebhookDelivery.state == "waiting",
    )
    if (auth.scalar(waiting) or 0) >= _MOST_TESTS:
        raise Refused(_("Các tin thử trước còn đang gửi. Chờ vài giây rồi xem lại."), status=429)
    auth.add(message(hook, TEST, trial_body(unit, now), now))


def message(hook: Webhook, event: str, body: str, now: datetime) -> WebhookDelivery:
    """A message to the webhook, to be sent at once."""
    return WebhookDelivery(
        id=new_id(), webhook_id=hook.id, event=event, body=body, made_at=now, not_before=now
    )


def _chosen(events: Iterable[str]) -> str:
    chosen = [event for event in EVENT_TEXTS if event in set(events)]
    if not chosen:
        why = _("Chọn ít nhất một loại tin.")
        raise Refused(why, fields={"events": why})
    return " ".join(chosen)


def _last_close(now: datetime) -> date:
    today = local_day(now)
    year = reporting_year(today)
    return max(day for one in (year - 1, year) for day in closing_days(one) if day < today)
