"""Facts and envelopes that were never stored: what the product writes its messages from, one for each kind."""

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from portal.reminders.action_link import GRACE, ActionLink
from portal.reminders.delivery import Delivery
from portal.reminders.notice import NUMBER_KINDS, READING_KINDS, Kind, Notice
from portal.tasks.timeliness import Bucket

#: Tuesday 2026-03-10, 08:00 in Vietnam.
NOW = datetime(2026, 3, 10, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 10)

#: Days from today to the last day, where a kind says something of it.
_DAYS = {Kind.DUE_SOON: 2, Kind.DUE_TODAY: 0, Kind.OVERDUE: -3, Kind.ESCALATED: -11, Kind.EXPLAIN: -6}
_LATER = 17

TITLES = (
    "Tổ chức Diễn đàn trẻ em",
    "Rà soát trẻ em có hoàn cảnh đặc biệt, lập danh sách đề nghị trợ giúp",
    "Tuyên truyền, đưa tin Tháng hành động vì trẻ em và Ngày Quốc tế thiếu nhi 01/6",
    "Dành ít nhất 30% thời gian nhà văn hóa cho hoạt động của trẻ em",
    "",
)

#: What a digest counts.
_COUNTS = (
    *(one.value for one in Bucket),
    "this_week",
    "review",
    "extensions",
    "refused",
    "blocked",
    "unanswered",
)

Told = tuple[Notice, ActionLink | None]


def told(kind: Kind, *, mode: str = "assign", number: int = 12, days: int | None = None) -> Told:
    """A fact of this kind, with its link where the reader may report."""
    left = _DAYS.get(kind, _LATER) if days is None else days
    notice = Notice(
        ward_id=1,
        id=uuid.uuid5(uuid.NAMESPACE_OID, f"{kind}{number}"),
        kind=kind.value,
        card_id=None if kind in NUMBER_KINDS else uuid.uuid5(uuid.NAMESPACE_OID, str(number)),
        due_version=1,
        step=0,
        shown={
            "number": number,
            "title": TITLES[number % len(TITLES) - 2],
            "locator": f"Mục IV.{number % 7 + 1}",
            "agency": "Hội Phụ nữ" if mode == "request" else "Công an",
            "mode": mode,
            "last_day": (TODAY + timedelta(days=left)).isoformat(),
            "as_of": None,
        },
    )
    return notice, None if kind in READING_KINDS | NUMBER_KINDS else _link(notice)


def _link(notice: Notice) -> ActionLink:
    return ActionLink(
        ward_id=1, id=uuid.uuid5(notice.id, "link"), handle=b"chungt", expires_at=NOW + 2 * GRACE
    )


def digest(**shown: object) -> Told:
    """The week's digest with these counts; what is not named is nought."""
    counts = dict.fromkeys(_COUNTS, 0)
    return Notice(
        ward_id=1, id=uuid.uuid4(), kind=Kind.DIGEST.value, shown={**counts, "late_agencies": [], **shown}
    ), None


def envelope(facts: Sequence[Told], *, to: str = "Trần Thu Hà", title: str = "") -> Delivery:
    """Where these facts go."""
    return Delivery(
        ward_id=1,
        id=uuid.uuid5(facts[0][0].id, "envelope"),
        handle=b"chungt",
        client_ref="d.0@nhac.chung-tay.example",
        recipient_name=to,
        recipient_title=title,
        address="ha@phuong.example",
    )
