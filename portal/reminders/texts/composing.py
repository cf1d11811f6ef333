"""An envelope becomes a short message, at the moment it is sent. There is no parameter for text here.

What goes in: the template of the kind, dates and numbers of the facts, the plan's own title, the one-tap link.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.db import db
from portal.reminders.composing import Facts
from portal.reminders.heading import days_left, is_requested, last_day_of
from portal.reminders.item import address_of, label_of
from portal.reminders.notice import NUMBER_KINDS, Kind, Notice
from portal.reminders.sifting import day_of
from portal.reminders.texts.fields import fields_of
from portal.reminders.texts.template import TextTemplate
from portal.reminders.texts.texts import MANY, MANY_IN_TIME, REQUEST, SAYS_AS_MUCH, TEXTS, Written, write
from portal.tenants.ward import Ward
from portal.wording import short_date

#: How a ward's kind is written where every letter costs.
_SHORT_KINDS = {"phuong": "P.", "xa": "X.", "dac_khu": "ĐK."}


@dataclass(frozen=True)
class Body:
    """A text with its blanks, and the number it is registered under."""

    body: str
    code: str = ""


@dataclass(frozen=True)
class Composed:
    """A short message: its text, the number it is registered under, and the fields of a template filled elsewhere."""

    written: Written
    code: str
    fields: dict[str, str]


def short_office(ward: Ward) -> str:
    """`UBND P.Lào Cai`."""
    return f"UBND {_SHORT_KINDS[ward.kind]}{ward.name}"


def body_for(kind: str, channel: str) -> Body:
    """The entered ward's text of this kind, or the default one."""
    return chosen(own_texts(channel), kind)


def chosen(own: Mapping[str, Body], kind: str) -> Body:
    """The ward's own text of this kind, or its own that says the same and more, or the default one."""
    return own.get(kind) or own.get(SAYS_AS_MUCH.get(kind, "")) or Body(TEXTS[kind])


def own_texts(channel: str) -> dict[str, Body]:
    """The texts the entered ward has registered, by kind."""
    rows = db.session.scalars(select(TextTemplate).where(TextTemplate.channel == channel))
    return {row.kind: Body(row.body, row.code) for row in rows}


def compose_text(channel: str, ward: Ward, facts: Facts, now: datetime, *, accented: bool) -> Composed:
    """The message of an envelope. The most pressing card lends several their link."""
    if Kind(facts[0][0].kind) in NUMBER_KINDS:
        body = body_for(facts[0][0].kind, channel)
        return _composed(body, ward, {"task": "", "number": ""}, accented)
    ordered = sorted(facts, key=lambda fact: str(fact[0].shown["last_day"] or "9999"))
    notice, link = ordered[0]
    today = day_of(notice, now)
    lefts = [days_left(one, today) for one, _link in ordered]
    body = body_for(_kind_of([one for one, _link in ordered], lefts), channel)
    last = last_day_of(notice)
    values = {
        "task": str(notice.shown["title"]),
        "number": label_of(notice).removeprefix("Việc "),
        "day": short_date(last, today) if last else "chưa định",
        "days": str(max(0, -(lefts[0] or 0))),
        "count": str(len(facts)),
        "late": str(sum(left is not None and left < 0 for left in lefts)),
        "link": address_of(notice, link, ward),
    }
    return _composed(body, ward, values, accented)


def _composed(body: Body, ward: Ward, values: dict[str, str], accented: bool) -> Composed:
    written = write(body.body, short_office(ward), values, accented=accented)
    return Composed(written, body.code, fields_of(body.body, values))


def _kind_of(notices: Sequence[Notice], lefts: Sequence[int | None]) -> str:
    """Which text tells these: several together, "nhắc ngay" as what its date says, a request as one."""
    is_late = any(left is not None and left < 0 for left in lefts)
    kind = notices[0].kind
    if len(notices) > 1:
        kind = MANY if is_late else MANY_IN_TIME
    elif kind == Kind.ASKED and is_late:
        kind = Kind.OVERDUE.value
    asked = f"{kind}{REQUEST}"
    return asked if asked in TEXTS and is_requested(notices) else kind
