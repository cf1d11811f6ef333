"""A figure is entered for a period: checked, asked about when it looks wrong, kept beside the one it corrects."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from portal.db import db
from portal.errors import Refused
from portal.numbers import parse_number
from portal.plans.course import Course, Entry
from portal.plans.measuring import Measure
from portal.plans.reporter import Reporter
from portal.plans.target_reading import Reading
from portal.tasks.board_change import BoardChange
from portal.tasks.doer import Doer
from portal.wording import decimal

#: A share that moves by more points than this between two periods is asked about.
LEAP = 25

#: A total that more than doubles or halves between two periods is asked about.
_TOTAL_RATIO = 2


@dataclass(frozen=True)
class Figures:
    """The two numbers as typed values."""

    numerator: float
    denominator: float | None


def parse_figures(measure: Measure, numerator: str, denominator: str) -> Figures:
    """What was typed, as numbers. Raises Refused with a sentence for each field that cannot be used."""
    faults: dict[str, str] = {}
    part = _parsed("numerator", numerator, measure, faults)
    whole = _parsed("denominator", denominator, measure, faults) if measure.needs_whole else None
    if not faults and measure.is_share and whole is not None and part > whole:
        faults["numerator"] = _(
            "%(part)s lớn hơn tổng số %(whole)s. Kiểm tra lại hai số.",
            part=decimal(part),
            whole=decimal(whole),
        )
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    return Figures(part, whole)


def _parsed(field: str, typed: str, measure: Measure, faults: dict[str, str]) -> float:
    if not typed.strip():
        faults[field] = _("Nhập một số. Không có trường hợp nào thì nhập 0.")
        return 0
    try:
        number = parse_number(typed)
    except ValueError:
        faults[field] = _("“%(typed)s” không phải là số. Viết như 1.204 hoặc 12,5.", typed=typed.strip()[:20])
        return 0
    if measure.needs_whole and number != int(number):
        faults[field] = _("Đây là số đếm, không có phần lẻ.")
    return number


def doubt_about(course: Course, entry: Entry, figures: Figures) -> str | None:
    """A question to the person when a figure leaps from the period before; None when it looks right."""
    before, measure = course.before(entry.period), course.measure
    if before is None or before.reading is None:
        return None
    old, new = before.value, measure.value(figures.numerator, figures.denominator)
    told = {"period": before.period.name, "before": said_figures(before.reading)}
    if measure.is_share and old is not None and new is not None and abs(new - old) > LEAP:
        return _(
            "%(period)s là %(before)s (%(old)s), nay là %(new)s. Số này đúng chứ?",
            old=measure.said(old),
            new=measure.said(new),
            **told,
        )
    if _leaps(before.reading.denominator, figures.denominator):
        return _(
            "%(period)s là %(before)s, nay tổng số là %(whole)s. Số này đúng chứ?",
            whole=decimal(figures.denominator or 0),
            **told,
        )
    return None


def _leaps(old: float | None, new: float | None) -> bool:
    if not old or not new:
        return False
    return max(old, new) / min(old, new) > _TOTAL_RATIO


def said_figures(reading: Reading) -> str:
    """`57/60`."""
    if reading.denominator is None:
        return decimal(reading.numerator)
    return f"{decimal(reading.numerator)}/{decimal(reading.denominator)}"


def enter(reporter: Reporter, entry: Entry, figures: Figures, by: Doer, now: datetime) -> bool:
    """Keep a figure for a period; one that stood there stays as history. False when it is the same once more."""
    standing = entry.reading
    if standing is not None:
        if (standing.numerator, standing.denominator) == (figures.numerator, figures.denominator):
            return False
        standing.replaced_at = now
        db.session.flush()
    db.session.add(
        Reading(
            reporter_id=reporter.id,
            period_start=entry.period.start,
            period_end=entry.period.end,
            numerator=figures.numerator,
            denominator=figures.denominator,
            contact_id=by.contact_id,
            entered_by=by.name,
            entered_at=now,
        )
    )
    # Whoever follows the ward (the rollup) counts its readings anew.
    db.session.add(BoardChange())
    db.session.flush()
    return True
