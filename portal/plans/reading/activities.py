"""Activities: the items of the section that says what will be done, under their headings."""

import re
from dataclasses import replace

from portal.plans.reading.duty import ActivityReading, Duty
from portal.plans.reading.similarity import closest
from portal.plans.reading.structure.outline import Entry
from portal.plans.reading.structure.roles import ACTIVITIES
from portal.text import fold

# "Nội dung chi tiết theo Phụ lục kèm theo Kế hoạch này" only points elsewhere.
_POINTER = re.compile(
    r"(?:theo|tai|trong) (?:cac )?(?:phu luc|bieu)\b.*kem theo|(?:chi tiet|cu the).*phu luc"
)


def read_activities(entries: list[Entry], duties: list[Duty]) -> list[ActivityReading]:
    """Return the activities with, for each item, the duties it clearly resembles."""
    found: list[ActivityReading] = []
    for entry in entries:
        if entry.role != ACTIVITIES or entry.grid or not entry.text or _POINTER.search(fold(entry.text)):
            continue
        label, colon, rest = entry.text.partition(":")
        if entry.heading:
            found.append(ActivityReading(entry.section, label.strip(" .:"), (), ()))
        elif colon and rest.strip() and entry.marker and entry.bold:
            heading = ActivityReading(entry.section, label.strip(), (), ())
            found.append(_with_item(heading, rest.strip(), entry))
        else:
            if not found or not entry.section.startswith(found[-1].section):
                found.append(ActivityReading(entry.section, "", (), ()))
            found[-1] = _with_item(found[-1], entry.text, entry)
    texts = [duty.text for duty in duties]
    return [_linked(activity, texts) for activity in found if activity.items]


def _with_item(activity: ActivityReading, text: str, entry: Entry) -> ActivityReading:
    return replace(
        activity, items=(*activity.items, text), paragraphs=(*activity.paragraphs, entry.paragraph.index)
    )


def _linked(activity: ActivityReading, texts: list[str]) -> ActivityReading:
    return replace(activity, links=tuple(closest(item, texts) for item in activity.items))
