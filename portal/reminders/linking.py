"""The one-tap links of new facts: one for each whose reader may report."""

from collections.abc import Iterable
from datetime import date, datetime

from portal.reminders.action_link import GRACE, LONGEST, ActionLink
from portal.reminders.notice import READING_KINDS, Notice
from portal.reminders.token import new_handle
from portal.reminders.working_calendar import end_of
from portal.tenants.putting import put_rows


def put_links(facts: Iterable[Notice], now: datetime) -> None:
    """Put them down; facts that are only read get none."""
    put_rows(ActionLink, [_link(fact, now) for fact in facts if fact.kind not in READING_KINDS])


def _link(fact: Notice, now: datetime) -> dict[str, object]:
    last = fact.shown.get("last_day")
    wanted = end_of(date.fromisoformat(str(last))) + GRACE if last else now + LONGEST
    return {
        "handle": new_handle(),
        "contact_id": fact.contact_id,
        "card_id": fact.card_id,
        "due_version": fact.due_version,
        "notice_id": fact.id,
        "expires_at": min(max(wanted, now + GRACE), now + LONGEST),
        "created_at": now,
    }
