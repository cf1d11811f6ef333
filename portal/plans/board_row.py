"""A card as one row of the board's spreadsheet: what each column says, and the mark that remembers what it said."""

import hashlib
import re
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask_babel import gettext as _

from portal.sheet_cells import cell_text
from portal.tasks.card import Card
from portal.tasks.card_face import HIDDEN_TITLE
from portal.tasks.state import STATE_TEXTS
from portal.tasks.support import Support
from portal.tenants.agency import Agency
from portal.wording import full_date

#: What may be changed in the spreadsheet and brought back; the other columns are only for reading.
EDITABLE = ("title", "agency", "due")
READ_ONLY = ("supporting", "section", "state", "extensions", "text")

_DIGEST_LENGTH = 10


def digest(words: str) -> str:
    """A short mark of what a cell said."""
    return hashlib.sha256(cell_text(words).encode()).hexdigest()[:_DIGEST_LENGTH]


def column_names() -> dict[str, str]:
    """What people call the columns of the board."""
    return {
        "number": _("Số"),
        "title": _("Việc"),
        "agency": _("Cơ quan chủ trì"),
        "supporting": _("Cơ quan phối hợp"),
        "section": _("Mục"),
        "due": _("Hạn"),
        "state": _("Trạng thái"),
        "extensions": _("Số lần gia hạn"),
        "text": _("Nội dung theo kế hoạch"),
        "mark": _("Dấu của hệ thống, không sửa"),
    }


@dataclass(frozen=True)
class BoardRow:
    """One card. `fields`: what each column of EDITABLE and READ_ONLY says; of `due` the day itself is in `due_on`.

    `hidden`: a confidential card whose words this person may not take away, nor change in a spreadsheet.
    """

    id: str
    number: int
    is_open: bool
    due_on: date | None
    fields: Mapping[str, str]
    hidden: bool = False

    @property
    def mark(self) -> str:
        """The card and what its columns said, for the hidden column; a later look tells what was changed by whom."""
        return ".".join([self.id, *(digest(self.fields[name]) for name in (*EDITABLE, *READ_ONLY))])


@dataclass(frozen=True)
class Mark:
    """A mark read back: the card, and the digest of what each column said when the board was exported."""

    id: str
    digests: Mapping[str, str]


def read_mark(written: str) -> Mark | None:
    """The mark somebody brought back, or None when it is none."""
    card_id, *digests = written.strip().split(".")
    names = (*EDITABLE, *READ_ONLY)
    if len(digests) != len(names) or not re.fullmatch(r"[0-9a-f]{32}", card_id):
        return None
    return Mark(card_id, dict(zip(names, digests, strict=True)))


def board_rows(
    cards: Sequence[Card],
    supports: Sequence[Support],
    agencies: Mapping[uuid.UUID, Agency],
    hidden: Collection[uuid.UUID] = (),
) -> list[BoardRow]:
    """The rows of these cards, in their order; of the `hidden` ones only number, agency, state and date."""
    helpers: dict[uuid.UUID, list[str]] = {}
    for one in supports:
        helpers.setdefault(one.card_id, []).append(agencies[one.agency_id].name)
    rows = [_row(card, sorted(helpers.get(card.id, [])), agencies) for card in cards]
    return [_hidden(row) if card.id in hidden else row for card, row in zip(cards, rows, strict=True)]


def _hidden(row: BoardRow) -> BoardRow:
    said = dict.fromkeys(row.fields, "") | {name: row.fields[name] for name in ("agency", "state", "due")}
    return replace(row, hidden=True, fields=said | {"title": str(HIDDEN_TITLE), "extensions": "0"})


def _row(card: Card, supporting: list[str], agencies: Mapping[uuid.UUID, Agency]) -> BoardRow:
    fields = {
        "title": card.title,
        "agency": agencies[card.agency_id].name if card.agency_id else "",
        "due": full_date(card.due_on) if card.due_on else "",
        "supporting": "; ".join(supporting),
        "section": card.locator or card.section,
        "state": str(STATE_TEXTS[card.standing]),
        "extensions": str(card.extensions),
        "text": card.text,
    }
    clean = {name: cell_text(words) for name, words in fields.items()}
    return BoardRow(card.id.hex, card.number, card.is_open, card.due_on, clean)
