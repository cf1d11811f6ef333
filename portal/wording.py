"""How dates, times and numbers are said to people here: dd/mm, 24 hours, decimal comma, Vietnamese weekdays."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

#: Where people are. No daylight saving; rows hold UTC (domain.md h).
LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


def local_day(moment: datetime) -> date:
    """The calendar day it is for people at this moment."""
    return moment.astimezone(LOCAL).date()


#: Said when asked for: a letter names a day for each of its cards.
_WEEKDAYS = (
    _l("Thứ Hai"),
    _l("Thứ Ba"),
    _l("Thứ Tư"),
    _l("Thứ Năm"),
    _l("Thứ Sáu"),
    _l("Thứ Bảy"),
    _l("Chủ Nhật"),
)


def weekday(day: date) -> str:
    """`Thứ Sáu`."""
    return str(_WEEKDAYS[day.weekday()])


def full_date(day: date) -> str:
    """`24/05/2024`."""
    return f"{day:%d/%m/%Y}"


def short_date(day: date, today: date) -> str:
    """`24/05`; with the year when it is not this one."""
    return f"{day:%d/%m}" if day.year == today.year else full_date(day)


def weekday_date(day: date) -> str:
    """`Thứ Sáu, 24/05/2024`."""
    return f"{weekday(day)}, {full_date(day)}"


def clock_time(moment: datetime) -> str:
    """`08:05`, local."""
    return f"{moment.astimezone(LOCAL):%H:%M}"


def short_moment(moment: datetime, today: date) -> str:
    """`20/05 lúc 16:40`, local."""
    return _(
        "%(day)s lúc %(time)s",
        day=short_date(moment.astimezone(LOCAL).date(), today),
        time=clock_time(moment),
    )


def number(value: int) -> str:
    """`12.640`: a dot between thousands."""
    return f"{value:,}".replace(",", ".")


def decimal(value: float) -> str:
    """`97,6`, `1.204`: at most two decimals, none that say nothing."""
    whole, _point, part = f"{abs(value):,.2f}".partition(".")
    part = part.rstrip("0")
    shown = whole.replace(",", ".") + (f",{part}" if part else "")
    return f"−{shown}" if value < 0 and shown != "0" else shown


def file_size(size: int) -> str:
    """`312 KB`, `1,1 MB`."""
    if size < 999_500:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")
