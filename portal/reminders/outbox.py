"""The outbox page as data: each message with its cards, how it stands and why. No body is kept, so none is shown."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.db import db
from portal.reminders.delivery import Delivery, DeliveryNotice
from portal.reminders.notice import Notice
from portal.reminders.outbox_words import GROUPS, KIND, STANDING, WHY
from portal.reminders.queries import is_paused, late_cards, recent_deliveries, state_counts
from portal.reminders.recipient_queries import unreachable_cards
from portal.tasks.card import Card
from portal.wording import local_day

#: Messages on one page.
_AT_MOST = 200


@dataclass(frozen=True)
class Line:
    """One card in a message: its number (0: the whole board), what is said of it, and why it was taken out again."""

    number: int
    kind: str
    why: str


@dataclass(frozen=True)
class Row:
    """One message."""

    delivery: Delivery
    standing: str
    tone: str
    icon: str
    why: str
    lines: list[Line]


@dataclass(frozen=True)
class Page:
    """`chips`: key, words, count. `unsent`: facts that became no message, with the reason. `late`: cards to chase.

    `unreachable`: cards nobody can be written to about.
    """

    rows: list[Row]
    chips: list[tuple[str, str, int]]
    group: str
    total: int
    paused: bool
    unsent: list[tuple[Notice, str]]
    late: int
    unreachable: list[Card]


def outbox_page(group: str, now: datetime) -> Page:
    """Everything the page shows; an unknown group shows all."""
    counts = state_counts()
    states = GROUPS[group][1] if group in GROUPS else ()
    deliveries = [one for one in recent_deliveries(_AT_MOST) if not states or one.state in states]
    lines = _lines(deliveries)
    return Page(
        rows=[_row(one, lines.get(str(one.id), [])) for one in deliveries],
        chips=[
            (key, str(words), sum(counts.get(state, 0) for state in of))
            for key, (words, of) in GROUPS.items()
        ],
        group=group if group in GROUPS else "",
        total=sum(counts.values()),
        paused=is_paused(now),
        unsent=_unsent() if group in {"", "dropped"} else [],
        unreachable=unreachable_cards() if group in {"", "dropped"} else [],
        late=len(late_cards(local_day(now))),
    )


def _row(delivery: Delivery, lines: list[Line]) -> Row:
    words, tone, icon = STANDING[delivery.state]
    return Row(delivery, str(words), tone, icon, _why(delivery.why), lines)


def _why(code: str) -> str:
    return str(WHY.get(code, "")) if code else ""


def _lines(deliveries: list[Delivery]) -> dict[str, list[Line]]:
    asked = (
        select(DeliveryNotice.delivery_id, Notice)
        .join(Notice, (Notice.ward_id == DeliveryNotice.ward_id) & (Notice.id == DeliveryNotice.notice_id))
        .where(DeliveryNotice.delivery_id.in_([one.id for one in deliveries]))
    )
    found: dict[str, list[Line]] = {}
    for delivery_id, notice in db.session.execute(asked).tuples():
        found.setdefault(str(delivery_id), []).append(
            Line(int(str(notice.shown.get("number", 0))), str(KIND[notice.kind]), _why(notice.why))
        )
    return {key: sorted(lines, key=lambda line: line.number) for key, lines in found.items()}


def _unsent() -> list[tuple[Notice, str]]:
    """Facts nobody is told, because the person wants no messages."""
    asked = select(Notice).where(Notice.state == "suppressed").order_by(Notice.created_at.desc()).limit(50)
    return [(notice, _why(notice.why)) for notice in db.session.scalars(asked)]
