"""From the pieces of a document to a plan reading: joined, outlined, understood."""

from datetime import date as Day
from datetime import timedelta

from portal.plans.reading.activities import read_activities
from portal.plans.reading.assignment.section import read_assignments
from portal.plans.reading.communes import named_for_commune
from portal.plans.reading.damage.cleaning import cleaned
from portal.plans.reading.deadlines.timeframe import Timeframe
from portal.plans.reading.document import Block, Grid, Metadata
from portal.plans.reading.duty import PlanReading
from portal.plans.reading.frame.metadata import read_metadata
from portal.plans.reading.structure.joining import joined_lines
from portal.plans.reading.structure.layout import without_layout_tables
from portal.plans.reading.structure.outline import outline_of
from portal.plans.reading.targets import read_targets
from portal.plans.reading.unreadable import UnreadablePlan


def understood(pieces: list[Block | Grid]) -> PlanReading:
    """Return the reading of a document given as pieces; raises UnreadablePlan("empty") when there are no words."""
    outline = outline_of(_joined(without_layout_tables(cleaned(pieces))))
    if not outline.paragraphs:
        raise UnreadablePlan("empty")
    metadata = read_metadata(outline.paragraphs)
    duties, skipped = read_assignments(outline.entries, _timeframe(metadata))
    if metadata.issuer_level == "commune":
        duties = [named_for_commune(duty) for duty in duties]
    return PlanReading(
        metadata,
        outline.paragraphs,
        read_targets(outline.entries),
        read_activities(outline.entries, duties),
        duties,
        skipped,
    )


def _joined(pieces: list[Block | Grid]) -> list[Block | Grid]:
    """Join broken lines between tables; a table ends a paragraph."""
    joined: list[Block | Grid] = []
    run: list[Block] = []
    for piece in pieces:
        if isinstance(piece, Block):
            run.append(piece)
            continue
        joined += [*joined_lines(run), piece]
        run = []
    return joined + list(joined_lines(run))


def _timeframe(metadata: Metadata) -> Timeframe:
    """A plan dated by its month alone counts from the eve of that month."""
    issued = metadata.issue_date
    if issued is None and metadata.issue_month:
        issued = Day.fromisoformat(f"{metadata.issue_month}-01") - timedelta(days=1)
    return Timeframe(metadata.year, issued)
