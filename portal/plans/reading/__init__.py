"""Reads a ward's plan, whatever the file, into duties traced to their words. Needs no database."""

from portal.plans.reading.deadlines.suggestions import Suggestion, suggest_due
from portal.plans.reading.document import Metadata, Paragraph, ParentPlan
from portal.plans.reading.document_reading import understood
from portal.plans.reading.duty import (
    SKIP_REASONS,
    ActivityReading,
    AgencyRef,
    Due,
    Duty,
    PlanReading,
    Recurrence,
    Skipped,
    TargetReading,
)
from portal.plans.reading.formats.detection import pieces_of
from portal.plans.reading.formats.plain import blocks_of_text
from portal.plans.reading.unreadable import UNREADABLE_MESSAGES, UnreadablePlan
from portal.text import nfc

__all__ = [
    "SKIP_REASONS",
    "UNREADABLE_MESSAGES",
    "ActivityReading",
    "AgencyRef",
    "Due",
    "Duty",
    "Metadata",
    "Paragraph",
    "ParentPlan",
    "PlanReading",
    "Recurrence",
    "Skipped",
    "Suggestion",
    "TargetReading",
    "UnreadablePlan",
    "read_plan",
    "read_text",
    "suggest_due",
]


def read_plan(data: bytes, filename: str) -> PlanReading:
    """Return the reading of an uploaded file; raises UnreadablePlan with the code of what is wrong."""
    return understood(pieces_of(data, filename))


def read_text(text: str, filename: str = "") -> PlanReading:
    """Return the reading of pasted text or Markdown; raises UnreadablePlan("empty") when there is none."""
    return understood(blocks_of_text(nfc(text)))
