"""A board as one page shows it: cards in columns, the counts above them, the agencies beside them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain

from portal.tasks.board_filter import BoardFilter
from portal.tasks.card_face import Face
from portal.tasks.state import COLUMNS, State
from portal.tasks.timeliness import Timeliness
from portal.tenants.agency import Agency

#: A column draws this many cards; the rest are one link away (performance.md).
DRAWN = 50

#: Finished work is drawn more sparsely: nobody has anything left to do there.
DRAWN_DONE = 12


@dataclass
class AgencyLine:
    """One agency beside the board: how much of its work is done, how much late, and for how much it can be chased."""

    agency: Agency
    total: int = 0
    done: int = 0
    late: int = 0
    chased: int = 0


@dataclass
class Column:
    """One column: how many cards of it count, the ones that are drawn, and how many are not (`hidden`)."""

    state: State
    faces: list[Face] = field(default_factory=list)
    count: int = 0
    hidden: int = 0


@dataclass
class Board:
    """`counts` by what faces count as (card_face.counts_as) and `total` are of all cards the actor sees."""

    columns: dict[State, Column]
    lines: list[AgencyLine]
    faces: list[Face]
    counts: Counter[str]
    total: int

    @property
    def tally(self) -> tuple[object, ...]:
        """All its numbers, and the agencies they are of: boards of the same tally differ in their cards only."""
        lines = tuple((it.agency.id, it.agency.short_name, it.total, it.done, it.late) for it in self.lines)
        return self.total, frozenset(self.counts.items()), lines


def lay_out(faces: list[Face], agencies: Iterable[Agency], wanted: BoardFilter) -> Board:
    """Put the faces into columns and count them. Cancelled cards are listed, never counted."""
    kept = [face for face in faces if not wanted.quick or wanted.quick in face.counts_as]
    counted = [face for face in faces if face.counts_as]
    return Board(
        columns={state: _column(state, kept, wanted) for state in COLUMNS},
        lines=_lines(counted, agencies),
        faces=kept,
        counts=Counter(chain.from_iterable(face.counts_as for face in counted)),
        total=len(counted),
    )


def _column(state: State, kept: list[Face], wanted: BoardFilter) -> Column:
    here = [face for face in kept if face.column is state and face.state is not State.CANCELLED]
    here.sort(key=_urgency)
    drawn = DRAWN_DONE if state is State.DONE and wanted.is_empty else DRAWN
    return Column(state, here[:drawn], sum(bool(face.counts_as) for face in here), len(here[drawn:]))


def _urgency(face: Face) -> tuple[int, int]:
    """What is late stands first, the longest late on top, then what is due soon; the rest stays in the plan's order."""
    if face.is_late:
        return 0, face.days_left or 0
    if face.is_open and face.timeliness is Timeliness.SOON:
        return 1, face.days_left or 0
    return 2, 0


def _lines(counted: list[Face], agencies: Iterable[Agency]) -> list[AgencyLine]:
    lines = {agency.id: AgencyLine(agency) for agency in agencies}
    for face in counted:
        line = lines.get(face.agency_id) if face.agency_id else None
        if line is not None:
            line.total += 1
            line.done += face.column is State.DONE
            line.late += "late" in face.counts_as
            line.chased += face.can_be_chased
    return list(lines.values())
