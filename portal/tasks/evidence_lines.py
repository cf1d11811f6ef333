"""A card's files as its page shows them: a locked one has no name for those who may not open it."""

import uuid
from dataclasses import dataclass

from portal.tasks.card import Card
from portal.tasks.card_queries import evidence_of
from portal.tasks.evidence import Evidence
from portal.tasks.locked_queries import viewers_of
from portal.tasks.locking import may_name_viewers, may_open
from portal.tenants.access import Actor


@dataclass(frozen=True)
class EvidenceLine:
    """`filename` is empty for those who may not know it. `viewers`: how many people may open a locked file."""

    file: Evidence
    filename: str
    opens: bool
    keeps_viewers: bool
    viewers: int

    @property
    def locked(self) -> bool:
        """Whether it names children."""
        return self.file.names_children


def evidence_lines(card: Card, actor: Actor) -> list[EvidenceLine]:
    """The card's files, the latest first: one statement, and one more when any of them is locked."""
    files = evidence_of(card)
    locked = [file.id for file in files if file.names_children]
    named = viewers_of(locked) if locked else {}
    return [_line(file, {person.id for person in named.get(file.id, [])}, actor) for file in files]


def _line(file: Evidence, viewers: set[uuid.UUID], actor: Actor) -> EvidenceLine:
    opens = may_open(actor, file, viewers)
    return EvidenceLine(
        file=file,
        filename=file.filename if opens else "",
        opens=opens,
        keeps_viewers=file.names_children and may_name_viewers(actor, viewers),
        viewers=len(viewers),
    )
