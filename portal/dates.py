"""Days as people type them here: day first, with or without the year, with or without separators."""

import re
import unicodedata
from datetime import date

_PARTED = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})(?:[\s./-]+(\d{4}|\d{2}))?")
_PACKED = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})?")
_LEADING_WORD = re.compile(r"^ngày\s+", re.IGNORECASE)


def parse_day(text: str, year: int) -> date:
    """The day `text` says: 24/5, 24-5-2024, 24.05.2024, 24/05/24, 240524, 24052024, 2405.

    `year` is meant when none is typed; two digits are a year of this century. Raises ValueError otherwise,
    also for a day no calendar has (31/4). Source of the forms: DESIGN-UX section 2.
    """
    typed = _LEADING_WORD.sub("", unicodedata.normalize("NFKC", text).strip())
    found = _PARTED.fullmatch(typed) or _PACKED.fullmatch(typed)
    if found is None:
        raise ValueError(f"not a day: {text!r}")
    day, month, typed_year = found.groups()
    return date(_full_year(typed_year, year), int(month), int(day))


def _full_year(typed: str | None, year: int) -> int:
    if typed is None:
        return year
    return int(typed) if len(typed) == 4 else 2000 + int(typed)
