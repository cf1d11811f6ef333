"""One message as it leaves: a letter with both its forms, a text with what it costs, or a document."""

from dataclasses import dataclass

from portal.letter import Letter
from portal.reminders.texts.counting import Size


@dataclass(frozen=True)
class Message:
    """`name`: of its files. `html`: a letter's second form. `size`: a short message's. `file`: a document's bytes."""

    name: str
    text: str
    subject: str = ""
    html: str = ""
    size: Size | None = None
    file: bytes = b""


def of_letter(name: str, letter: Letter) -> Message:
    """A letter; it must also go over the wire."""
    assert letter.as_bytes()
    return Message(name, letter.text, letter.subject, letter.html)
