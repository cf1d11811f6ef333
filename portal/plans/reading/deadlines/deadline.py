"""The deadline of one duty: the phrases of domain.md (a) put together into a due date and a recurrence."""

import re
from dataclasses import replace
from datetime import timedelta

from portal.plans.reading.damage.accents import with_digits, with_key_accents
from portal.plans.reading.deadlines.masking import without_citations
from portal.plans.reading.deadlines.points import Point, months_in_cell, points_in
from portal.plans.reading.deadlines.recurring import Repeat, repeat_in
from portal.plans.reading.deadlines.timeframe import Timeframe
from portal.plans.reading.duty import Due, Recurrence
from portal.text import nfc, spelling

Deadline = tuple[Due, Recurrence | None]

_RELATIVE = re.compile(
    r"(?:chậm nhất\s+|muộn nhất\s+|không quá\s+|tối đa\s+|trong (?:vòng|thời (?:hạn|gian))\s+|"
    r"trong\s+(?=\d{1,3}\s*(?:giờ|ngày))|"
    r"sau\s+)+(?:là\s+)?"
    r"(?:\d{1,3}|một|hai|ba|năm|bảy|mười)\s*(?:\(\w+\)\s*)?(?:giờ|ngày|tuần|tháng)(?:\s+làm việc)?"
    r"(?:\s*,?\s*(?:kể từ|sau|từ|tính từ|trước|khi)\s[^,.;()]*)?"
)
_EVENT = re.compile(
    r"(?:nhân\s+|vào\s+|trong\s+|trước\s+|sau\s+)?(?:dịp|mùa|kỳ nghỉ|"
    r"đợt cao điểm)\s+(?:nghỉ\s+)?[^,.;()]{2,60}"
    r"|(?:trước|trong|sau|nhân|vào)\s+(?:tháng hành động[^,.;()]{0,25}|tết (?:trung thu|nguyên đán)|"
    r"năm học mới|"
    r"(?:lễ |ngày )?khai giảng(?: năm học(?: mới)?)?|kỳ nghỉ hè|hè|ngày quốc tế thiếu nhi[^,.;()]{0,8})"
)
_EVENT_CELL = re.compile(
    r"(?:dịp\s+|mùa\s+)?(?:hè|trung thu|tết|khai giảng|năm học|lễ|mưa|bão|lũ|tháng hành động)[^;()]*"
)
_TIED = re.compile(r"\s*(?:và|,)\s*")
_NEXT_DAYS = timedelta(days=3)
_WAVES = re.compile(r"đợt\s+(?:1|i|một)\b.{0,80}?\bđợt\s+(?:2|ii|hai)\b")
_DONE = re.compile(r"(?i)^(?:hoàn thành|xong|thời gian|dự kiến)\s*:?\s+")
_HALF_AND_YEAR = re.compile(r"\b(?:6|06|sáu) tháng\b.*\b(?:cả năm|h[ằà]ng năm|cuối năm|tổng kết|1 năm|năm)\b")


def read_deadline(text: str, frame: Timeframe, *, cell: bool = False) -> Deadline:
    """Return what `text` says about time; in a table's `cell` a bare date or month is a deadline too."""
    spelt = spelling(with_digits(with_key_accents(text)))
    source = nfc(text) if len(nfc(text)) == len(spelt) else spelt
    masked = spelt if cell else without_citations(spelt)
    relative = _RELATIVE.search(masked)
    if relative:
        masked = _blank(masked, relative)
    points = _cell_points(masked, frame) if cell else _stated_points(masked, frame)
    repeat = repeat_in(masked, frame)
    due, recurrence = _combined(source, masked, points, repeat)
    event = _event(source, masked, cell=cell) if due.date is None else None
    after = source[relative.start() : relative.end()].strip() if relative else None
    return replace(
        due, event=event, relative=after, raw=due.raw or after or (event if cell else None)
    ), recurrence


def _stated_points(masked: str, frame: Timeframe) -> list[Point]:
    """Return the times that are deadlines, and those that "và" ties to one: "trước ngày 30/6 và 15/12"."""
    stated: list[Point] = []
    for point in points_in(masked, frame):
        last = stated[-1] if stated else None
        tied = last and last.precision == point.precision and _TIED.fullmatch(masked[last.end : point.begin])
        if point.firm or point.series or tied:
            stated.append(point)
    return stated


def _cell_points(masked: str, frame: Timeframe) -> list[Point]:
    """In a cell a bare time counts, and a day within a month ("Tháng 6 (trước 15/6)") is the deadline."""
    short = months_in_cell(masked, frame)
    points = [short] if short else points_in(masked, frame)
    days = {(p.date.year, p.date.month) for p in points if p.date and p.precision == "day"}
    return [
        p for p in points if p.precision != "month" or not p.date or (p.date.year, p.date.month) not in days
    ]


def _combined(source: str, masked: str, points: list[Point], repeat: Repeat | None) -> Deadline:
    dated = [point for point in points if point.date]
    if repeat and repeat.date and not repeat.dateless:
        due = Due(repeat.date, source[repeat.begin : repeat.end].strip(), repeat.exclusive, precision="day")
        return due, _cased(repeat.recurrence, source, repeat)
    if dated:
        return _from_points(source, masked, dated, repeat)
    if repeat:
        raw = source[repeat.begin : repeat.end].strip()
        due = Due() if repeat.dateless else Due(raw=raw, precision="recurrence")
        return due, _cased(repeat.recurrence, source, repeat)
    unreal = next((point for point in points if point.date is None), None)
    if unreal is None:
        return Due(), None
    return Due(raw=source[unreal.begin : unreal.end].strip(), start=unreal.start), None


def _from_points(source: str, masked: str, points: list[Point], repeat: Repeat | None) -> Deadline:
    if len(points) == 2 and (both := _one_stretch(masked, *points)):
        points = [both]
    first = points[0]
    occurrences = first.series or tuple(dict.fromkeys(point.date for point in points if point.date))
    raw_end = first.end
    recurrence = _cased(repeat.recurrence, source, repeat) if repeat else None
    if len(occurrences) > 1 and (series := _series(masked, points, first, repeat)):
        waves = _WAVES.search(masked)
        raw_begin, raw_end = min(first.begin, waves.start() if waves else first.begin), points[-1].end
        raw = source[raw_begin:raw_end].strip()
        said = "đợt 1 ... đợt 2" if waves else raw
        recurrence = Recurrence(series, said, occurrences)
    else:
        raw = source[first.begin : raw_end].strip()
        occurrences = occurrences if len(occurrences) > 1 else ()
    raw = _DONE.sub("", raw)
    due = Due(
        first.date, raw, first.exclusive, first.start, first.precision, first.time, occurrences=occurrences
    )
    return due, recurrence


def _one_stretch(masked: str, first: Point, last: Point) -> Point | None:
    """Days next to each other ("ngày 01/6 và 02/6") are one event that takes so long, no duty coming back."""
    if not (first.date and last.date and first.precision == last.precision == "day"):
        return None
    near = timedelta() < last.date - first.date <= _NEXT_DAYS and not _WAVES.search(masked)
    if not near or not _TIED.fullmatch(masked[first.end : last.begin]):
        return None
    return replace(first, end=last.end, date=last.date, start=first.date, precision="range")


def _series(masked: str, points: list[Point], first: Point, repeat: Repeat | None) -> str | None:
    """Return the frequency when several dates are one duty coming back, else None."""
    count = len(first.series) or len(points)
    periodic = repeat is not None and not repeat.dateless and repeat.recurrence.freq != "continuous"
    joined = count == 2 and re.fullmatch(r"\s*(?:và|,)\s*", masked[points[0].end : points[-1].begin])
    if _HALF_AND_YEAR.search(masked) and count == 2 and not first.series:
        return "semiannual_and_annual"
    if first.series or joined or _WAVES.search(masked):
        return {2: "semiannual", 4: "quarterly"}.get(count, "several_dates")
    if count >= 3 and ("quý" in masked or "9 tháng" in masked):
        return "quarterly"
    if periodic and repeat:
        return repeat.recurrence.freq
    return None


def _cased(recurrence: Recurrence, source: str, repeat: Repeat) -> Recurrence:
    return replace(recurrence, raw=source[repeat.begin : repeat.end].strip())


def _event(source: str, masked: str, *, cell: bool) -> str | None:
    match = _EVENT.search(masked) or (_EVENT_CELL.search(masked) if cell else None)
    return source[match.start() : match.end()].strip() if match else None


def _blank(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
