"""Noticing what there is to tell: what is published is compared with what a webhook was told, at most once a minute.

Nothing that publishes knows of webhooks. A comparison loses nothing: whatever changed since is found the next time,
also after a worker died. While a message of the same kind is still on its way, news wait and go together afterwards.
"""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ARRAY, Text, any_, bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from portal.reports.ward_report import SentReport
from portal.reports.webhooks.delivery import WAITING, WebhookDelivery
from portal.reports.webhooks.events import CLOSED, FIGURES, REPORT, closed_body, figures_body, report_body
from portal.reports.webhooks.registering import message
from portal.reports.webhooks.webhook import Webhook, WebhookTold
from portal.rollups.ward_reading import WardReading
from portal.rollups.ward_rollup import WardRollup, WardRollupState
from portal.tenants.overseeing import enter_wards, wards_under
from portal.tenants.oversight_unit import OversightUnit
from portal.tenants.report_period import closing_days, reporting_year
from portal.wording import local_day

#: A webhook is asked for at most this often, so that a unit of thousands of wards makes one message, not thousands.
EVERY = timedelta(minutes=1)

#: Wards that are late in being counted hold back the news of a closed period at most this long.
_PATIENCE = timedelta(days=1)

_COUNTED = select(
    WardRollup.ward_id, func.count(), func.max(WardRollup.as_of), func.max(WardRollup.as_of)
).group_by(WardRollup.ward_id)
_READ = select(
    WardReading.ward_id, func.count(), func.max(WardReading.as_of), func.max(WardReading.published_on)
).group_by(WardReading.ward_id)


def due_webhooks(auth: Session, now: datetime) -> Sequence[uuid.UUID]:
    """Webhooks that were not asked for within the last minute, the longest waiting first."""
    due = or_(Webhook.looked_at.is_(None), Webhook.looked_at <= now - EVERY)
    asked = select(Webhook.id).where(due, Webhook.stopped_at.is_(None))
    return auth.scalars(asked.order_by(Webhook.looked_at.nulls_first(), Webhook.id)).all()


def notice(auth: Session, city: Session, hook_id: uuid.UUID, now: datetime) -> int:
    """Write down the messages there are for a webhook; how many. Of two who do it at once one finds none."""
    still = or_(Webhook.looked_at.is_(None), Webhook.looked_at <= now - EVERY)
    asked = select(Webhook).where(Webhook.id == hook_id, still).with_for_update(skip_locked=True)
    hook = auth.scalar(asked)
    if hook is None:
        return 0
    hook.looked_at = now
    unit = auth.get_one(OversightUnit, hook.unit_id)
    wards = [ward.id for ward in wards_under(city, unit.id, local_day(now))]
    enter_wards(city, wards)
    wanted = set(hook.events.split()) - _on_the_way(auth, hook)
    bodies = (
        (CLOSED, _closed(city, hook, unit, now) if CLOSED in wanted else None),
        (REPORT, _reports(auth, city, hook, unit, now) if REPORT in wanted else None),
        (FIGURES, _figures(auth, city, hook, unit, now) if FIGURES in wanted else None),
    )
    found = [message(hook, event, body, now) for event, body in bodies if body]
    auth.add_all(found)
    return len(found)


def _on_the_way(auth: Session, hook: Webhook) -> set[str]:
    waiting = WebhookDelivery.state == WAITING
    asked = select(WebhookDelivery.event).where(WebhookDelivery.webhook_id == hook.id, waiting).distinct()
    return set(auth.scalars(asked))


def _figures(auth: Session, city: Session, hook: Webhook, unit: OversightUnit, now: datetime) -> str | None:
    stands = _standing(city)
    news = _news(auth, hook, {f"figures:{ward_id}": mark for ward_id, (mark, _as_of) in stands.items()})
    changed = {ward_id: as_of for ward_id, (_mark, as_of) in stands.items() if f"figures:{ward_id}" in news}
    return figures_body(unit, changed, now) if changed else None


def _standing(city: Session) -> dict[int, tuple[str, datetime]]:
    """For each ward entered that published anything: a mark that changes with its rows, and when they last changed."""
    rows = [*city.execute(_COUNTED).tuples(), *city.execute(_READ).tuples()]
    words, moments = dict[int, str](), dict[int, datetime]()
    for ward_id, count, as_of, stamp in rows:
        words[ward_id] = f"{words.get(ward_id, '')}|{count} {as_of:%s %f} {stamp}"
        moments[ward_id] = max(as_of, moments.get(ward_id, as_of))
    return {
        ward_id: (hashlib.sha256(said.encode()).hexdigest()[:16], moments[ward_id])
        for ward_id, said in words.items()
    }


def _reports(auth: Session, city: Session, hook: Webhook, unit: OversightUnit, now: datetime) -> str | None:
    asked = select(
        SentReport.id, SentReport.ward_id, SentReport.period_code, SentReport.edition, SentReport.sent_at
    ).where(SentReport.unit_id == unit.id, SentReport.sent_at >= hook.made_at)
    rows = city.execute(asked.order_by(SentReport.sent_at, SentReport.id)).tuples().all()
    news = _news(auth, hook, {f"report:{row[0]}": "" for row in rows})
    found = [row[1:] for row in rows if f"report:{row[0]}" in news]
    return report_body(unit, found, now) if found else None


def _closed(city: Session, hook: Webhook, unit: OversightUnit, now: datetime) -> str | None:
    """The earliest close that was not told yet, once every ward that is counted at all has frozen its figures."""
    today = local_day(now)
    year = reporting_year(today)
    ends = (day for one in (year - 1, year) for day in closing_days(one))
    day = next((day for day in ends if hook.closed_until < day < today), None)
    if day is None or (today - day <= _PATIENCE and _is_awaited(city, day)):
        return None
    hook.closed_until = day
    return closed_body(unit, day, now)


def _is_awaited(city: Session, day: date) -> bool:
    behind = or_(WardRollupState.closed_until.is_(None), WardRollupState.closed_until < day)
    return city.scalar(select(WardRollupState.ward_id).where(behind).limit(1)) is not None


def _news(auth: Session, hook: Webhook, stands: Mapping[str, str]) -> set[str]:
    """Of these, what the webhook was not told in this state; from now on it was. Its row is held by who asks."""
    told = select(WebhookTold.about, WebhookTold.mark).where(
        WebhookTold.webhook_id == hook.id, WebhookTold.about == any_(bindparam("abouts", type_=ARRAY(Text())))
    )
    known = dict(auth.execute(told, {"abouts": list(stands)}).tuples().all())
    # Only what differs is written: even an upsert that changes nothing writes to every row it meets.
    news = {about: mark for about, mark in stands.items() if known.get(about) != mark}
    if news:
        rows = [{"webhook_id": hook.id, "about": about, "mark": mark} for about, mark in news.items()]
        stored = insert(WebhookTold)
        auth.execute(
            stored.on_conflict_do_update(
                index_elements=["webhook_id", "about"], set_={"mark": stored.excluded.mark}
            ),
            rows,
        )
    return set(news)
