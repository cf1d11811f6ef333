"""A board as one page shows it: cards in columns, the counts above them, the agencies beside them."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.tasks.board_filter import BoardFilter
from portal.tasks.card_face import Face, face_of
from portal.tasks.state import COLUMNS, State
from portal.tasks.timeliness import Timeliness
from portal.tenants.access import Actor
from portal.tenants.agency import Agency

#: A column draws this many cards; the rest are one link away (performance.md).
DRAWN = 50

#: Finished work is drawn more sparsely: nobody has anything left to do there.
DRAWN_DONE = 12


@dataclass
class AgencyLine:
    """One agency beside the board: how much of its work is done, how much late."""

    agency: Agency
    total: int = 0
    done: int = 0
    late: int = 0


@dataclass
class Column:
    """One column: how many cards stand in it and the ones that are drawn."""

    state: State
    faces: list[Face] = field(default_factory=list)
    count: int = 0

    @property
    def hidden(self) -> int:
        """Cards that are counted but not drawn."""
        return self.count - len(self.faces)


@dataclass
class Board:
    """`counts` by column, `late`, `soon`, `unaccepted`, `undated` and `total` are of all cards the actor sees."""

    columns: dict[State, Column]
    lines: list[AgencyLine]
    faces: list[Face]
    counts: Counter[str]
    total: int


def lay_out(
    rows: Iterable[Any], agencies: list[Agency], actor: Actor, wanted: BoardFilter, today: date
) -> Board:
    """Put the rows of the board into columns and count them. Cancelled cards are listed, never counted."""
    by_id = {agency.id: agency for agency in agencies}
    lines = {agency.id: AgencyLine(agency) for agency in agencies}
    board = Board({state: Column(state) for state in COLUMNS}, list(lines.values()), [], Counter(), 0)
    for row in rows:
        face = face_of(row, by_id, actor, today)
        _count(board, lines, face)
        if _kept(face, wanted):
            board.faces.append(face)
            if face.state is State.CANCELLED:
                continue  # listed, but in no column
            column = board.columns[face.column]
            column.count += 1
            if column.count <= (DRAWN_DONE if face.column is State.DONE and wanted.is_empty else DRAWN):
                column.faces.append(face)
    return board


def _count(board: Board, lines: dict[uuid.UUID, AgencyLine], face: Face) -> None:
    if face.state is State.CANCELLED:
        return
    board.total += 1
    board.counts[face.column.value] += 1
    late = face.timeliness is Timeliness.OVERDUE and face.is_open
    marks = {
        "late": late,
        "soon": face.timeliness is Timeliness.SOON,
        "unaccepted": face.unaccepted,
        "undated": face.undated,
    }
    board.counts.update(name for name, present in marks.items() if present)
    line = lines.get(face.agency_id) if face.agency_id else None
    if line is not None:
        line.total += 1
        line.done += face.state is State.DONE
        line.late += late


def _kept(face: Face, wanted: BoardFilter) -> bool:
    return {
        "": True,
        "late": face.timeliness is Timeliness.OVERDUE and face.is_open,
        "soon": face.timeliness is Timeliness.SOON,
        "unaccepted": face.unaccepted,
        "undated": face.undated,
    }[wanted.quick]
