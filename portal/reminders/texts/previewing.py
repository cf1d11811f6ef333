"""What each short message of a ward looks like at its longest, and how many segments it takes."""

from dataclasses import dataclass

from portal.letter import public_address
from portal.reminders.texts.composing import chosen, own_texts, short_office
from portal.reminders.texts.texts import TEXTS, Written, write
from portal.tenants.ward import Ward

#: An invented title of the plan, longer than there is room for, and the widest numbers.
_LONG = "Tổ chức Diễn đàn trẻ em và các buổi sinh hoạt hè tại nhà văn hóa khu phố"


@dataclass(frozen=True)
class Preview:
    """One text of the ward, at its longest. `kind` is a word of the outbox page; `many` gathers several cards.

    `body`: with its blanks; `code`: the number of its registration; `own`: not the default text.
    """

    kind: str
    written: Written
    body: str
    code: str
    own: bool


def previews(channel: str, ward: Ward, *, accented: bool) -> list[Preview]:
    """The texts, filled with invented things; every one of them at its longest."""
    values = {
        "task": _LONG,
        "number": "số 128",
        "day": "28/05/2027",
        "days": "12",
        "count": "12",
        "late": "12",
        "link": public_address("reminders_public.one_tap", token="x" * 22),
    }
    office, own = short_office(ward), own_texts(channel)
    found = []
    for kind in TEXTS:
        body = chosen(own, kind)
        written = write(body.body, office, values, accented=accented)
        found.append(Preview(kind, written, body.body, body.code, kind in own))
    return found
