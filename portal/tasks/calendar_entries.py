"""Somebody's dates as a calendar program reads them: all-day events of RFC 5545, made of nothing anybody typed in.

Number, agency and the plan's own words only, as in messages (plan_title.py), because calendars travel: to phones,
to the companies that run them, to whomever they are shared with.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from flask_babel import gettext as _
from icalendar import Calendar, Event

from portal.tasks.card import Card
from portal.tasks.plan_title import plan_title
from portal.tasks.timeliness import last_day

#: How often a program is asked to come back (RFC 7986 section 5.7; X-PUBLISHED-TTL is what Outlook reads).
_REFRESH = timedelta(hours=6)


def empty_calendar(name: str) -> Calendar:
    """A calendar of this name, without entries; no METHOD, which is for invitations (RFC 5546)."""
    calendar = Calendar()
    calendar.add("prodid", "-//Chung Tay//VI")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    return calendar


def add_entries(calendar: Calendar, cards: Iterable[tuple[Card, str, str]]) -> None:
    """One all-day event for each card with a date: the card, its agency's short name, its address.

    UID never changes for a card; SEQUENCE rises when its date or its agency does; DTEND is the day after, as an
    event's end is not part of it (RFC 5545 sections 3.8.4.7, 3.8.7.4, 3.6.1).
    """
    for card, agency, address in cards:
        if card.due_on is None:
            continue
        day = last_day(card.due_on, card.due_exclusive)
        event = Event()
        event.add("uid", f"{card.id}@chung-tay")
        event.add("dtstamp", _moment(card.changed_at))
        event.add("last-modified", _moment(card.changed_at))
        event.add("sequence", card.due_version)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", _summary(card, agency))
        event.add("url", address)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)


def _summary(card: Card, agency: str) -> str:
    title = plan_title(card)
    said = _("Hạn việc số %(n)s: %(title)s", n=card.number, title=title) if title else ""
    return " · ".join(part for part in (said or _("Hạn việc số %(n)s", n=card.number), agency) if part)


def _moment(moment: datetime) -> datetime:
    """UTC to the second: the form of time RFC 5545 wants of DTSTAMP."""
    return moment.astimezone(UTC).replace(microsecond=0)
