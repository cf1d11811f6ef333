"""Somebody's own work, sorted by what to do next."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.tasks.card_face import Face
from portal.tasks.state import State
from portal.tenants.access import Actor, Permission

#: "This week": due within this many days.
WEEK = 7


@dataclass
class Piles:
    """Late, due this week, waiting for my decision, coming up; with the leader, and done."""

    late: list[Face] = field(default_factory=list)
    week: list[Face] = field(default_factory=list)
    deciding: list[Face] = field(default_factory=list)
    later: list[Face] = field(default_factory=list)
    waiting: list[Face] = field(default_factory=list)
    done: list[Face] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Nothing to do at all."""
        return not (self.late or self.week or self.deciding or self.later)


def sort_out(faces: Iterable[Face], actor: Actor) -> Piles:
    """Put each card on one pile, the earliest date first. Those who decide see what waits for them, not the rest."""
    piles, decides = Piles(), actor.may(Permission.DECIDE_CARDS)
    work = [face for face in faces if not face.shared_total]
    for face in sorted(work, key=lambda face: (face.days_left is None, face.days_left or 0, face.number)):
        _pile(piles, face, decides, own=face.agency_id in actor.agency_ids).append(face)
    return piles


def _pile(piles: Piles, face: Face, decides: bool, *, own: bool) -> list[Face]:
    if face.state in {State.REVIEW, State.REFUSED} or face.asked or face.explain == "answered":
        if decides and not face.hidden:
            return piles.deciding
        if face.state is State.REVIEW:
            return piles.waiting
    if not face.is_open:
        return piles.done if face.state is State.DONE and (own or not decides) else []
    if face.is_late:
        return piles.late
    if decides and not own:
        return []
    soon = face.days_left is not None and face.days_left <= WEEK
    return piles.week if soon else piles.later
