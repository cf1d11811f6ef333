"""What is read out of a plan: duties with their agencies and dates, targets, activities, and what was left."""

from dataclasses import dataclass, field
from datetime import date as Day
from typing import Literal

from portal.plans.reading.document import Metadata, Paragraph

SKIP_REASONS: dict[str, str] = {
    "heading": "Tiêu đề của mục hoặc của cơ quan",
    "lead_in": "Câu dẫn cho các ý bên dưới",
    "closing": "Câu kết chung, không giao việc cụ thể",
    "no_agency": "Không thấy cơ quan thực hiện",
    "generic": "Câu chung, không giao việc cụ thể",
    "funding": "Nội dung về kinh phí, không giao việc",
    "table_header": "Dòng tiêu đề của bảng",
    "table_group": "Dòng nhóm của bảng",
    "table_empty": "Dòng bảng không có nội dung nhiệm vụ",
    "table_other": "Dòng của bảng không giao việc",
    "attribute": "Chi tiết của việc ngay phía trên",
    "note": "Ghi chú hoặc dòng chỉ dẫn",
}

Span = tuple[int, int, int]
Mode = Literal["assign", "request"]


@dataclass(frozen=True)
class AgencyRef:
    """An agency a duty names: as written, its kind's code where known, and the name to show."""

    written: str
    code: str | None
    name: str


@dataclass(frozen=True)
class Due:
    """When a duty is due, exactly as the plan says; `exclusive` marks a literal "trước" (before).

    `precision` is none, day, month, quarter, half, year, range or recurrence. `relative` and `event` keep
    deadlines that are no calendar date ("sau 15 ngày kể từ …", "dịp Tết Trung thu").
    """

    date: Day | None = None
    raw: str | None = None
    exclusive: bool = False
    start: Day | None = None
    precision: str = "none"
    time: str | None = None
    relative: str | None = None
    event: str | None = None
    occurrences: tuple[Day, ...] = ()


@dataclass(frozen=True)
class Recurrence:
    """How a duty comes back: `freq` (monthly, quarterly, continuous, on_event, …) and the words it was read from."""

    freq: str
    raw: str
    occurrences: tuple[Day, ...] = ()
    by_month_day: int | None = None
    by_weekday: int | None = None


@dataclass(frozen=True)
class Duty:
    """One duty: the words of the plan, where they stand, who does it, and when.

    `spans` lists (paragraph, start, end) for every stretch of text; the first is also in `paragraph`, `start`,
    `end`. `block` names the paragraph or row within its section; `shape` is bullet, inline, inline_sentence,
    labelled_bullet, labelled_bullet_sentence or table_row. `sha256` is the digest of the folded text.
    """

    paragraph: int
    start: int
    end: int
    spans: tuple[Span, ...]
    text: str
    title: str
    agencies: tuple[AgencyRef, ...]
    supporting: tuple[AgencyRef, ...]
    mode: Mode
    section: str
    locator: str
    block: str
    shape: str
    agency_as_written: str
    agency_path: tuple[str, ...]
    due: Due
    recurrence: Recurrence | None
    sha256: str
    product: str | None = None
    confidence: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Indicator:
    """One measurable promise within a target: comparator, value, unit, and of what."""

    text: str
    percent: float | None = None
    comparator: str | None = None
    value: float | None = None
    unit: str | None = None
    denominator: str | None = None
    qualitative: bool = False


@dataclass(frozen=True)
class TargetReading:
    """One target paragraph; `hidden` when it stands outside the section of targets."""

    paragraph: int
    section: str
    text: str
    indicators: tuple[Indicator, ...]
    hidden: bool = False


@dataclass(frozen=True)
class ActivityReading:
    """One activity heading with its items; `links` are positions in the list of duties that resemble an item."""

    section: str
    heading: str
    items: tuple[str, ...]
    paragraphs: tuple[int, ...]
    links: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True)
class Skipped:
    """A stretch of the assignment section that is no duty, with the reason (a key of SKIP_REASONS)."""

    paragraph: int
    text: str
    reason: str


@dataclass(frozen=True)
class PlanReading:
    """Everything read from one document; nothing of the assignment section is in neither duties nor skipped."""

    metadata: Metadata
    paragraphs: list[Paragraph]
    targets: list[TargetReading]
    activities: list[ActivityReading]
    duties: list[Duty]
    skipped: list[Skipped]
