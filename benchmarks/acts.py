"""What people do on a board: move a card, write on it, add one; through the real forms, as htmx sends them."""

import uuid
from collections.abc import Iterator
from itertools import count, cycle

from benchmarks.figure import Figure
from benchmarks.stage import Stage
from benchmarks.timing import Work, alone, together
from benchmarks.visiting import Visitor

#: performance.md, in multiples of the floor.
MOVE, CREATE, COMMENT = 3.0, 3.0, 1.5


def measure(stage: Stage, rounds: int) -> Iterator[Figure]:
    """Milliseconds to the last byte of the answer, on the board of 60."""
    limits = {"move a card": MOVE, "comment": COMMENT, "create a card": CREATE}
    works = {f"floor {act}": work for act, work in acts_of(stage, stage.floor).items()}
    works |= acts_of(stage, stage.ours)
    times = alone(works, rounds)
    for act, limit in limits.items():
        yield Figure(act, times[act], "ms", limit, times[f"floor {act}"])
    moves = {name: work for name, work in works.items() if name.endswith("move a card")}
    times = together(moves, rounds)
    yield Figure("move a card, 16 clients", times["move a card"], "ms", MOVE, times["floor move a card"])


def acts_of(stage: Stage, visitor: Visitor) -> dict[str, Work]:
    """Each act by its name, as this visitor does it."""
    board = stage.boards[60]
    # Every waiting card is begun, then every one put back: whoever comes first, each step is allowed.
    steps = cycle([(number, state) for state in ("doing", "todo") for number in board.waiting])
    written, made, said = cycle(range(1, board.cards + 1)), count(1), count(1)

    def move() -> str:
        number, state = next(steps)
        return visitor.press(board.card(number, "state"), state=state, **{"from": "board"})

    def comment() -> str:
        return visitor.press(
            board.card(next(written), "comments"), text=f"Đã liên hệ trường, hẹn lần {next(said)}."
        )

    def create() -> str:
        return visitor.press(
            f"/w/{board.slug}/cards", title=f"Việc thêm tay số {next(made)}", key=str(uuid.uuid4())
        )

    return {"move a card": Work(move), "comment": Work(comment), "create a card": Work(create)}
