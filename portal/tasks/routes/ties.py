"""What a card's page says beyond the card itself: its parts or its whole, its periods, links, labels, its silence."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.pages import today
from portal.tasks.answering import is_silent, silent_since
from portal.tasks.card import Card
from portal.tasks.card_queries import children_of
from portal.tasks.explaining import may_be_asked
from portal.tasks.routes.words import RHYTHMS
from portal.tasks.state import State
from portal.tasks.tie_queries import all_labels, labels_of, parent_of, periods_of, stopped_at, ties_of
from portal.tasks.timeliness import Timeliness
from portal.tenants.access import Actor, Permission
from portal.tenants.agency import Agency


@dataclass(frozen=True)
class Part:
    """One agency's card of a shared duty; `late`: overdue today, and its agency still has to do it."""

    card: Card
    agency: str
    late: bool


def ties(card: Card, actor: Actor, known: Mapping[uuid.UUID, Agency]) -> dict[str, Any]:
    """What the page prints of it."""
    parts = _parts(card, known) if card.shared_total else []
    fresh = card.standing is State.TODO and card.accepted_at is None and card.assigned_at is not None
    repeats = card.series_id is not None
    return {
        "parts": parts,
        "parts_late": sum(part.late for part in parts),
        "whole": parent_of(card) if actor.may(Permission.SEE_ALL_CARDS) else None,
        "periods": periods_of(card) if repeats else [],
        "stopped": stopped_at(card) if repeats else None,
        "rhythms": RHYTHMS,
        "links": ties_of(card, actor) if card.link_count else [],
        "labels": labels_of(card) if card.label_count else [],
        "known_labels": all_labels() if actor.may(Permission.ASSIGN_CARDS) else [],
        "silent": fresh and is_silent(card.assigned_at, card.accepted_at, silent_since(today())),
        "may_ask_why": actor.may(Permission.DECIDE_CARDS) and may_be_asked(card, today()),
        "may_share": actor.may(Permission.ASSIGN_CARDS)
        and card.parent_id is None
        and (bool(card.shared_total) or card.standing in {State.TODO, State.REFUSED}),
    }


def _parts(card: Card, known: Mapping[uuid.UUID, Agency]) -> list[Part]:
    names = {agency.id: agency.short_name for agency in known.values()}
    return [
        _part(child, names.get(child.agency_id, "") if child.agency_id else "") for child in children_of(card)
    ]


def _part(child: Card, agency: str) -> Part:
    return Part(child, agency, child.needs_work and child.timeliness(today()) is Timeliness.OVERDUE)
