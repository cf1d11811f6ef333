"""What somebody who steers has to decide, and which agencies are late: the leader's home."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portal.tasks.board import AgencyLine
from portal.tasks.card_face import Face
from portal.tasks.state import State

#: Each kind of decision, in the order of its urgency, and which cards call for it. A card waits in one pile only.
PILES: dict[str, Callable[[Face], bool]] = {
    "review": lambda face: face.state is State.REVIEW,
    "asked": lambda face: face.is_open and face.asked,
    "explained": lambda face: face.explain == "answered",
    "refused": lambda face: face.state is State.REFUSED,
    "unassigned": lambda face: face.is_open and not face.assigned,
    "undated": lambda face: face.undated,
}


@dataclass(frozen=True)
class Decisions:
    """`piles`: what waits, by kind. `late`: agencies with late cards, the latest first."""

    piles: dict[str, list[Face]]
    late: list[AgencyLine]

    @property
    def waiting(self) -> int:
        """How many decisions wait."""
        return sum(len(faces) for faces in self.piles.values())


def what_to_decide(faces: Iterable[Face], lines: Iterable[AgencyLine]) -> Decisions:
    """Sort out a ward's cards. The earliest date stands first in a pile, what has none last.

    Nobody decides about a card that is not theirs to read.
    """
    piles: dict[str, list[Face]] = {name: [] for name in PILES}
    work = [face for face in faces if not face.shared_total and not face.hidden]
    for face in sorted(work, key=lambda face: (face.days_left is None, face.days_left or 0, face.number)):
        name = next((name for name, waits in PILES.items() if waits(face)), None)
        if name is not None:
            piles[name].append(face)
    return Decisions(piles, sorted((line for line in lines if line.late), key=lambda line: -line.late))
