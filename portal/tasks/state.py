"""The states of a card, which moves are allowed and to whom: one table, printed in the app and asked by the rules."""

from dataclasses import dataclass
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _in

from portal.tenants.access import Permission


class State(StrEnum):
    """Where a card stands. Lateness is not a state: it is derived (timeliness.py)."""

    TODO = "todo"
    DOING = "doing"
    REVIEW = "review"
    DONE = "done"
    RETURNED = "returned"
    PAUSED = "paused"
    REFUSED = "refused"
    CANCELLED = "cancelled"

    # Equal to its word, so hashed as its word; the enum's own hash is as slow as a whole look-up.
    __hash__ = str.__hash__


#: Work that is over: nobody is reminded of it, and it is never late from now on.
CLOSED = frozenset({State.DONE, State.CANCELLED})

#: States in which the agency still has something to do; waiting for approval is not one of them.
WORKABLE = (State.TODO, State.DOING, State.RETURNED)

#: Left out of every count, rate and reminder (domain.md d).
UNCOUNTED = frozenset({State.CANCELLED})

STATE_TEXTS = {
    State.TODO: _l("Chưa thực hiện"),
    State.DOING: _l("Đang thực hiện"),
    State.REVIEW: _l("Chờ duyệt"),
    State.DONE: _l("Hoàn thành"),
    State.RETURNED: _in("state", "Trả lại"),
    State.PAUSED: _in("state", "Tạm hoãn"),
    State.REFUSED: _in("state", "Từ chối"),
    State.CANCELLED: _in("state", "Hủy"),
}

#: The four columns of the board, and which states stand in each.
COLUMNS: dict[State, tuple[State, ...]] = {
    State.TODO: (State.TODO, State.REFUSED, State.PAUSED),
    State.DOING: (State.DOING, State.RETURNED),
    State.REVIEW: (State.REVIEW,),
    State.DONE: (State.DONE, State.CANCELLED),
}

_COLUMN_OF = {state: column for column, states in COLUMNS.items() for state in states}


def column_of(state: State) -> State:
    """In which of the four columns a state stands."""
    return _COLUMN_OF[state]


@dataclass(frozen=True)
class Move:
    """One allowed step. `needs_reason`: the person must say why, and the reason is kept."""

    source: State
    target: State
    permission: Permission
    needs_reason: bool = False


_P, _S = Permission, State

#: Who may move a card from where to where. What is not here is refused.
MOVES: tuple[Move, ...] = (
    Move(_S.TODO, _S.DOING, _P.WORK_CARDS),
    Move(_S.TODO, _S.REVIEW, _P.WORK_CARDS),
    Move(_S.DOING, _S.REVIEW, _P.WORK_CARDS),
    Move(_S.RETURNED, _S.DOING, _P.WORK_CARDS),
    Move(_S.RETURNED, _S.REVIEW, _P.WORK_CARDS),
    Move(_S.REVIEW, _S.DOING, _P.WORK_CARDS),
    Move(_S.DOING, _S.TODO, _P.WORK_CARDS),
    Move(_S.TODO, _S.REFUSED, _P.ANSWER_FOR_AGENCY, needs_reason=True),
    Move(_S.DOING, _S.REFUSED, _P.ANSWER_FOR_AGENCY, needs_reason=True),
    Move(_S.REVIEW, _S.DONE, _P.DECIDE_CARDS),
    Move(_S.REVIEW, _S.RETURNED, _P.DECIDE_CARDS, needs_reason=True),
    Move(_S.DONE, _S.REVIEW, _P.DECIDE_CARDS),
    Move(_S.REFUSED, _S.TODO, _P.ASSIGN_CARDS),
    Move(_S.PAUSED, _S.TODO, _P.ASSIGN_CARDS),
    Move(_S.PAUSED, _S.DOING, _P.ASSIGN_CARDS),
    Move(_S.CANCELLED, _S.TODO, _P.ASSIGN_CARDS),
    *(
        Move(state, _S.PAUSED, _P.ASSIGN_CARDS, needs_reason=True)
        for state in (_S.TODO, _S.DOING, _S.RETURNED)
    ),
    *(
        Move(state, _S.CANCELLED, _P.ASSIGN_CARDS, needs_reason=True)
        for state in (_S.TODO, _S.DOING, _S.RETURNED, _S.PAUSED, _S.REFUSED)
    ),
)

_BY_STEP = {(move.source, move.target): move for move in MOVES}


def move_between(source: State, target: State) -> Move | None:
    """The allowed step between two states, if there is one."""
    return _BY_STEP.get((source, target))
