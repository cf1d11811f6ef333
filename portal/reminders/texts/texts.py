"""What short messages say: one sentence for each kind, with at most three blanks, and nothing anybody typed.

The blanks are the plan's own short title, a date or a number, and a link, because carriers deliver only texts they
have registered (reminders.md 5.2). The office's name is part of the registered text, not a blank.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from portal.reminders.notice import Kind
from portal.reminders.texts.counting import Size, size_of, without_accents

#: Several cards in one message; the second when none of them is late.
MANY, MANY_IN_TIME = "many", "many_in_time"

#: What ends the kind of a text that asks and does not order (domain.md c).
REQUEST = "_request"

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
_ASKED_SOON = "{office} đề nghị xong ngày {day}: {task}. Phúc đáp: {link}"

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
    MANY_IN_TIME: "{office}: {count} việc cần xử lý. Xem: {link}",
    f"{Kind.DUE_SOON}{REQUEST}": _ASKED_SOON,
    f"{Kind.DUE_TODAY}{REQUEST}": "{office} đề nghị xong hôm nay ({day}): {task}. Phúc đáp: {link}",
    f"{Kind.OVERDUE}{REQUEST}": "{office}: việc {task} đã qua ngày đề nghị {days} ngày. Phúc đáp: {link}",
    f"{Kind.ASSIGNED}{REQUEST}": "{office} đề nghị phối hợp: {task}. Ngày đề nghị {day}. Phúc đáp: {link}",
    f"{Kind.NO_ANSWER}{REQUEST}": "{office}: việc {task} chờ phúc đáp. Trả lời: {link}",
    f"{Kind.RETURNED}{REQUEST}": "{office}: việc {task} đề nghị bổ sung. Xem: {link}",
    f"{Kind.APPROVED}{REQUEST}": "{office} đã ghi nhận việc {task}. Xin cảm ơn.",
    f"{Kind.EXTENDED}{REQUEST}": "{office}: việc {task} lùi ngày đề nghị đến {day}. Xem: {link}",
    f"{Kind.NOT_EXTENDED}{REQUEST}": "{office}: việc {task} giữ ngày đề nghị {day}. Phúc đáp: {link}",
    f"{Kind.EXPLAIN}{REQUEST}": "{office} đề nghị cho biết lý do chưa xong: {task}. Phúc đáp: {link}",
    f"{Kind.ASKED}{REQUEST}": _ASKED_SOON,
    f"{MANY}{REQUEST}": "{office}: {count} việc đề nghị phối hợp, {late} đã qua ngày. Xem: {link}",
    f"{MANY_IN_TIME}{REQUEST}": "{office}: {count} việc đề nghị phối hợp. Xem: {link}",
}

#: A text the ward has registered may stand for one it has not: "0 quá hạn" is clumsy, but the carriers deliver it.
SAYS_AS_MUCH = {MANY_IN_TIME: MANY, f"{MANY_IN_TIME}{REQUEST}": f"{MANY}{REQUEST}"}


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
