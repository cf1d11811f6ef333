"""What every plan document has, a ward's or a unit's: where it lies on disk and what its header says."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from portal.plans.reading import Metadata
from portal.text import nfc, normalise_spaces

#: The longest number of a document, in characters.
NUMBER_LENGTH = 20

#: What the name of a plan's original becomes when a browser saves it, by the ending it came with.
MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".doc": "application/msword",
    ".wps": "application/vnd.ms-works",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".rtf": "application/rtf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".md": "text/plain",
    ".markdown": "text/plain",
    ".txt": "text/plain",
    ".text": "text/plain",
}


class PlanDocument:
    """Columns shared by the plans of wards and of units.

    `stored_as`: the random name on disk. `problem`: a code of the reader. `number` and `symbol` make "12/KH-UBND"; the
    number and the day are empty until somebody fills them in.
    """

    source: Mapped[str]
    filename: Mapped[str]
    stored_as: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    problem: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    doc_type: Mapped[str] = mapped_column(default="")
    year: Mapped[int | None]
    number: Mapped[str] = mapped_column(default="")
    symbol: Mapped[str] = mapped_column(default="")
    issued_on: Mapped[date | None]
    added_by: Mapped[str]
    added_at: Mapped[datetime]

    @property
    def full_number(self) -> str:
        """`12/KH-UBND`, or empty when no number is known."""
        return f"{self.number}/{self.symbol}".strip("/") if self.number else ""

    @property
    def media_type(self) -> str:
        """What the original is served as; anything unknown is only bytes."""
        ending = self.filename[self.filename.rfind(".") :].lower()
        return MEDIA_TYPES.get(ending, "application/octet-stream")

    def keep_head(self, head: Metadata) -> None:
        """Take over what the reader found in the header."""
        self.title, self.doc_type = head.title or self.filename, head.doc_type or ""
        self.year, self.issued_on = head.year, head.issue_date
        self.number, self.symbol = bare_number(head.number or ""), head.symbol or ""


def bare_number(written: str) -> str:
    """The number alone: `12` of `12/KH-UBND`."""
    return normalise_spaces(nfc(written)).split("/", 1)[0].strip()
