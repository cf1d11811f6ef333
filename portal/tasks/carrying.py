"""Cards go from one ward's board to another's, with their history: packed inside one wall, unpacked inside the other.

Nobody ever sees two wards at once: what is packed is plain rows, and whoever carries them leaves the one ward before
entering the other. Rows keep their ids (keys are of ward and id), so carrying twice, after an interruption, or back
again writes the same rows once. Files are carried one by one, opened with the one ward's key and sealed with the
other's.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.db import db
from portal.tasks import vault
from portal.tasks.card import Card
from portal.tasks.card_event import CardEvent
from portal.tasks.check import Check
from portal.tasks.comment import MARK, Comment
from portal.tasks.doer import SYSTEM
from portal.tasks.evidence import Evidence
from portal.tasks.evidence_viewer import EvidenceViewer
from portal.tasks.recording import record
from portal.tasks.state import CLOSED, State
from portal.tasks.support import Support
from portal.tenants.boundary import WardRow, entered_ward
from portal.tenants.resettling import Settlers, matched, settlers_of, values_of
from portal.tenants.ward import Ward
from portal.tenants.ward_counter import take_numbers

_Rows = list[dict[str, Any]]

#: What of a card belongs to the board it is on, and is neither brought along nor overwritten.
_BOARDS_OWN = ("number", "plan_id", "parent_id", "series_id", "period", "link_count", "label_count")


@dataclass(frozen=True)
class Packed:
    """Cards and what hangs on them, as rows of the ward they come from; `files` are the rows of evidence alone."""

    ward_id: int
    ward_name: str
    settlers: Settlers
    cards: _Rows
    events: _Rows
    comments: _Rows
    checks: _Rows
    supports: _Rows
    files: _Rows
    viewers: _Rows


def open_cards(numbers: Iterable[int] = ()) -> list[Card]:
    """The entered ward's cards that somebody still has to do, or those of them with these numbers.

    A shared duty's whole is nobody's work: its parts go, each for itself.
    """
    asked = select(Card).where(Card.state.not_in([state.value for state in CLOSED]), Card.shared_total == 0)
    if wanted := list(numbers):
        asked = asked.where(Card.number.in_(wanted))
    return list(db.session.scalars(asked.order_by(Card.number)))


def cards_from(ward_id: int) -> list[Card]:
    """The entered ward's cards that came from another ward and were not cancelled or carried on since."""
    came = select(CardEvent.card_id).where(
        CardEvent.kind == "carried_in", CardEvent.detail["ward_id"].as_integer() == ward_id
    )
    asked = select(Card).where(Card.id.in_(came), Card.state != State.CANCELLED.value)
    return list(db.session.scalars(asked.order_by(Card.number)))


def pack(ward: Ward, cards: list[Card]) -> Packed:
    """The cards of the entered ward as rows to carry, with agencies and people for them to stand with."""
    ids = [card.id for card in cards]
    files = _rows(Evidence, Evidence.card_id.in_(ids), Evidence.removed_at.is_(None))
    return Packed(
        ward.id,
        ward.full_name,
        settlers_of(),
        [values_of(card) for card in cards],
        _rows(CardEvent, CardEvent.card_id.in_(ids)),
        _rows(Comment, Comment.card_id.in_(ids)),
        _rows(Check, Check.card_id.in_(ids)),
        _rows(Support, Support.card_id.in_(ids)),
        files,
        _rows(EvidenceViewer, EvidenceViewer.evidence_id.in_([row["id"] for row in files])),
    )


def unpack(packed: Packed, now: datetime) -> dict[uuid.UUID, int]:
    """Put the cards on the entered ward's board; returns their numbers here. Files follow by `file_arrives`."""
    new_ids = matched(packed.settlers)
    numbers = {row["id"]: _put_card(row, new_ids) for row in packed.cards}
    db.session.flush()
    for model, rows in ((CardEvent, packed.events), (Comment, packed.comments), (Check, packed.checks)):
        for row in rows:
            db.session.merge(model(**_moved(row, new_ids)))
    have = set(db.session.execute(select(Support.card_id, Support.agency_id)).tuples())
    for row in (_moved(row, new_ids) for row in packed.supports):
        if (row["card_id"], row["agency_id"]) not in have:
            db.session.merge(Support(**row))
            have.add((row["card_id"], row["agency_id"]))
    db.session.flush()
    for row in packed.cards:
        card = db.session.get_one(Card, (entered_ward(), row["id"]))
        record(
            card, "carried_in", SYSTEM, now, ward=packed.ward_name, ward_id=packed.ward_id, n=row["number"]
        )
    return numbers


def give_away(cards: list[Card], to: Ward, numbers: dict[uuid.UUID, int], now: datetime) -> None:
    """Close the cards here, where they stay to be read, saying where each went; they count there from now on."""
    for card in cards:
        card.state, card.closed_at = State.CANCELLED.value, now
        record(card, "carried_out", SYSTEM, now, ward=to.full_name, ward_id=to.id, n=numbers[card.id])


def file_arrives(packed: Packed, row: dict[str, Any], data: bytes, now: datetime) -> None:
    """Seal one file with the entered ward's key, and let in those who might open it before; once is enough."""
    if db.session.get(Evidence, (entered_ward(), row["id"])) is not None:
        return
    new_ids = matched(packed.settlers)
    evidence = Evidence(**_moved(row, new_ids))
    vault.put(evidence, data, now)
    db.session.add(evidence)
    db.session.flush()
    for viewer in packed.viewers:
        if viewer["evidence_id"] == evidence.id:
            db.session.merge(EvidenceViewer(**_moved(viewer, new_ids)))


def _rows(model: type[WardRow], *conditions: Any) -> _Rows:
    return [values_of(row) for row in db.session.scalars(select(model).where(*conditions))]


def _moved(row: dict[str, Any], new_ids: dict[uuid.UUID, uuid.UUID]) -> dict[str, Any]:
    """A row as it is in the entered ward: agencies and people are those of here, and old acts are not taken back."""
    here = row | {"ward_id": entered_ward()}
    for name in here.keys() & {"agency_id", "contact_id"}:
        here[name] = new_ids.get(here[name], here[name])
    if "act_id" in here:
        here["act_id"] = None
    if "card_id" in here and "text" in here:
        here["text"] = MARK.sub(
            lambda mark: f"@[{mark[1]}:{new_ids.get(uuid.UUID(mark[2]), mark[2])}]", here["text"]
        )
    return here


def _put_card(row: dict[str, Any], new_ids: dict[uuid.UUID, uuid.UUID]) -> int:
    there = db.session.get(Card, (entered_ward(), row["id"]))
    if there is None:
        own = dict.fromkeys(_BOARDS_OWN, None) | {"link_count": 0, "label_count": 0}
        own["number"] = take_numbers("card")[0]
    else:
        own = {name: getattr(there, name) for name in _BOARDS_OWN}
    card = db.session.merge(Card(**(_moved(row, new_ids) | own)))
    return card.number
