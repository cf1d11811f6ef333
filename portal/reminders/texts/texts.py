"""What short messages say: one sentence for each kind, with at most three blanks, and nothing anybody typed.

The blanks are the plan's own short title, a date or a number, and a link, because carriers deliver only texts they
have registered (reminders.md 5.2). The office's name is part of the registered text, not a blank.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from portal.reminders.notice import Kind
from portal.reminders.texts.counting import Size, size_of, without_accents

MANY = "many"

#: Blanks of one text, at most, and all there are. `office` is written in when the text is registered.
BLANKS_EACH = 3
BLANKS = frozenset({"task", "day", "days", "count", "late", "link"})

#: Letters of a title at most, so that the longest text with its link stays one segment (with accents: two).
TITLE_LETTERS, TITLE_LETTERS_ACCENTED = 52, 26

#: Segments a default text may take: without accents, with them.
SEGMENTS, SEGMENTS_ACCENTED = 1, 2

_BLANK = re.compile(r"\{(\w+)\}")

#: Carriers refuse these letters.
_REFUSED = re.compile(r"[%#&\[\]{}\\<>@^~|`$€]")

_LATE = "{office}: việc {task} quá hạn {days} ngày. Báo ngay: {link}"
_SOON = "{office}: việc {task} hạn {day}. Báo tình hình: {link}"

TEXTS: dict[str, str] = {
    Kind.DUE_SOON.value: _SOON,
    Kind.DUE_TODAY.value: "{office}: việc {task} đến hạn hôm nay ({day}). Báo tình hình: {link}",
    Kind.OVERDUE.value: _LATE,
    Kind.ESCALATED.value: "{office}: việc {task} quá hạn {days} ngày, cần chỉ đạo. Xem: {link}",
    Kind.ASSIGNED.value: "{office} giao việc: {task}. Hạn {day}. Báo đã nhận: {link}",
    Kind.NO_ANSWER.value: "{office}: việc {task} chưa ai nhận. Báo đã nhận: {link}",
    Kind.RETURNED.value: "{office}: việc {task} cần bổ sung. Xem: {link}",
    Kind.APPROVED.value: "{office} đã duyệt việc {task}. Không phải làm gì thêm.",
    Kind.EXTENDED.value: "{office}: việc {task} được gia hạn đến {day}. Xem: {link}",
    Kind.NOT_EXTENDED.value: "{office}: việc {task} giữ hạn {day}. Báo tình hình: {link}",
    Kind.EXPLAIN.value: "{office}: việc {task} cần giải trình vì quá hạn. Trả lời: {link}",
    Kind.MENTIONED.value: "{office}: có người nhắc đến anh/chị ở việc {task}. Xem: {link}",
    Kind.ASKED.value: _SOON,
    Kind.NEW_LINK.value: "{office}: đường dẫn mới của việc {task}: {link}",
    Kind.STOPPED.value: "{office} đã thôi gửi tin tới số này. Muốn nhận lại: soạn NHAN gửi số vừa nhắn.",
    Kind.RESUMED.value: "{office} sẽ gửi lại tin tới số này. Muốn thôi: soạn TC gửi số vừa nhắn.",
    Kind.TRIAL.value: "{office}: tin thử của hệ thống nhắc việc. Không phải làm gì.",
    MANY: "{office}: {count} việc cần xử lý, {late} quá hạn. Xem: {link}",
}


@dataclass(frozen=True)
class Written:
    """A text as it leaves, and what it costs."""

    text: str
    size: Size


def blanks_of(body: str) -> set[str]:
    """The blanks of a text, without the office's name."""
    return set(_BLANK.findall(body)) - {"office"}


def refused_letters(body: str) -> list[str]:
    """The letters of a text, outside its blanks, that carriers do not take."""
    return sorted(set(_REFUSED.findall(_BLANK.sub("", body))))


def write(body: str, office: str, values: Mapping[str, str], *, accented: bool) -> Written:
    """The text with its blanks filled; the title is cut on a word to what there is room for, without a mark."""
    most = (70 + 64 if accented else 160) if "link" in blanks_of(body) or not accented else 70
    titles = TITLE_LETTERS_ACCENTED if accented else TITLE_LETTERS
    bare = _filled(body, {**values, "office": office, "task": ""}, accented)
    room = min(titles, most - size_of(bare).letters)
    task = cut_title(_plain(values["task"], accented), max(0, room - 2))  # its quotes need room, too
    shown = f'"{task}"' if task else values["number"]
    text = _filled(body, {**values, "office": office, "task": shown}, accented)
    return Written(text, size_of(text))


def _filled(body: str, values: Mapping[str, str], accented: bool) -> str:
    return _plain(_BLANK.sub(lambda blank: values[blank[1]], body), accented, whole=True)


def _plain(text: str, accented: bool, *, whole: bool = False) -> str:
    said = text if accented else without_accents(text)
    return said if whole else " ".join(_REFUSED.sub(" ", said).split())


def cut_title(title: str, room: int) -> str:
    """As much of the title as there is room for, whole words, without a mark."""
    if len(title) <= room:
        return title
    return title[: room + 1].rpartition(" ")[0].rstrip(" ,;:-.(")
