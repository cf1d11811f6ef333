"""The number, symbol, place and date of a document, as Decree 30/2020 writes them, blank ones too."""

import re
from datetime import date as Day

NUMBER = re.compile(
    r"(?i)S[ốô]\s*[:.]?\s*(?P<number>\d{1,5}[a-zA-Z]?)?\s*(?P<slash>/|-|\s-\s)\s*(?P<symbol>[A-ZĐ][\w\-–&.Đ]*(?:/[\w\-–&]+)?)"
)
PLACE_DATE = re.compile(
    r"(?P<place>[^,;:\n]{1,40}?)\s*,?\s*(?P<date>ngày\s*(?P<day>\d{0,2}|[….]*)\s*(?:tháng|/)\s*(?P<month>\d{0,2}|[….]*)\s*(?:năm|/)\s*(?P<year>(?:19|20)\d{2}))"
)


def number_of(number: re.Match[str] | None) -> str | None:
    """Return "19/KH-UBND"; the Youth Union writes "16-KH/ĐTN"."""
    if number is None or not number["number"]:
        return None
    return f"{number['number']}{number['slash'].strip()}{number['symbol']}"


def issue_date_of(placed: re.Match[str] | None) -> tuple[Day | None, str, str | None]:
    """Return (day, precision, month): a draft that leaves the day blank still says its month."""
    if placed is None:
        return None, "none", None
    year = int(placed["year"])
    month = int(placed["month"]) if placed["month"].isdigit() else 0
    day = int(placed["day"]) if placed["day"].isdigit() else 0
    if not 1 <= month <= 12:
        return None, "year", None
    try:
        return (Day(year, month, day), "day", None) if day else (None, "month", f"{year}-{month:02d}")
    except ValueError:
        return None, "month", f"{year}-{month:02d}"
