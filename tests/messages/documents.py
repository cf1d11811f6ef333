"""The chasing letter in its two wordings, with its words taken out of the file again."""

import io
import uuid
from collections.abc import Iterator
from datetime import timedelta

from docx import Document

from portal.reminders.chasing import chasing_letter
from portal.tasks.card import Card
from portal.tenants.agency import Agency
from portal.tenants.ward import Ward
from tests.messages.facts import TITLES, TODAY
from tests.messages.message import Message

_AGENCIES = {"assign": "Công an phường", "request": "Hội Liên hiệp Phụ nữ phường"}


def documents(ward: Ward) -> Iterator[Message]:
    """To an agency that may be ordered, and to one that may only be asked."""
    for mode, name in _AGENCIES.items():
        agency = Agency(name=name, short_name=name, mode=mode)
        file = chasing_letter(ward, agency, [_late(n) for n in range(1, 4)], TODAY)
        yield Message(f"chasing-{mode}", words_of(file), file=file)


def _late(number: int) -> Card:
    day = TODAY - timedelta(days=9 - number)
    title = TITLES[number]
    return Card(
        number=number,
        title=title,
        text=f"{title}.",
        plan_id=uuid.uuid4(),
        locator=f"Mục IV.{number}",
        section="IV",
        confidential=False,
        due_on=day,
        due_exclusive=False,
    )


def words_of(file: bytes) -> str:
    """Everything a document says, its tables row by row, in the order of the page."""
    docx = Document(io.BytesIO(file))
    lines = []
    for block in docx.iter_inner_content():
        if hasattr(block, "rows"):
            lines += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)
