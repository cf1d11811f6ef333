"""Facts are put down, once each however many planners find them, and merged into messages."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.reminders.card_words import shown_of
from portal.reminders.digesting import digest_figures
from portal.reminders.fact import Fact
from portal.reminders.merging import merge
from portal.reminders.notice import Kind, Notice, category_of
from portal.reminders.queries import agency_names, calendar, cards_of, known_keys
from portal.reminders.recipient_queries import addressee_hashes, suppressed
from portal.tenants.putting import put_rows
from portal.wording import local_day


@dataclass(frozen=True)
class Told:
    """A fact that is new and will be sent: about which card, to whom."""

    card_id: uuid.UUID | None
    contact_id: uuid.UUID


def tell(facts: Sequence[Fact], now: datetime) -> list[Told]:
    """Write down the facts of the entered ward that are new, and merge them into messages. Returns the new ones."""
    known = known_keys([fact.key for fact in facts]) if facts else set()
    new = sorted((fact for fact in facts if fact.key not in known), key=lambda fact: fact.key)
    if not new:
        return []
    shown = _Shown(new, now)
    unwanted = _unwanted(new)
    rows = [_row(fact, shown.of(fact), (fact.contact_id, fact.kind) in unwanted, now) for fact in new]
    told = put_rows(
        Notice,
        rows,
        also="on conflict (ward_id, dedupe_key) do nothing",
        put="card_id, contact_id, state",
    )
    merge({fact.contact_id for fact in new}, now)
    return [Told(one.card_id, one.contact_id) for one in told if one.state == "planned"]


def _unwanted(facts: Sequence[Fact]) -> set[tuple[uuid.UUID, Kind]]:
    """Who asked not to be told which of these kinds."""
    hashes = addressee_hashes({fact.contact_id for fact in facts})
    stopped = suppressed(set(hashes.values()))
    return {
        (fact.contact_id, fact.kind)
        for fact in facts
        if category_of(fact.kind) in stopped.get(hashes.get(fact.contact_id, b""), set())
    }


class _Shown:
    """What messages may show of these facts, asked for once."""

    def __init__(self, facts: Sequence[Fact], now: datetime) -> None:
        self._cards = cards_of({fact.card_id for fact in facts if fact.card_id})
        self._names = agency_names({card.agency_id for card in self._cards.values() if card.agency_id})
        is_digest = any(fact.kind is Kind.DIGEST for fact in facts)
        self._figures = digest_figures(local_day(now), calendar()) if is_digest else {}

    def of(self, fact: Fact) -> dict[str, object]:
        if fact.card_id is None:
            return self._figures
        card = self._cards[fact.card_id]
        return shown_of(card, self._names[card.agency_id] if card.agency_id else "", fact.as_of)


def _row(fact: Fact, shown: dict[str, object], unwanted: bool, now: datetime) -> dict[str, Any]:
    return {
        "kind": fact.kind.value,
        "card_id": fact.card_id,
        "due_version": fact.due_version,
        "step": fact.step,
        "contact_id": fact.contact_id,
        "dedupe_key": fact.key,
        "slot_at": fact.slot_at,
        "expires_at": fact.expires_at,
        "channels": [channel.value for channel in fact.channels],
        "state": "suppressed" if unwanted else "planned",
        "why": "opted_out" if unwanted else "",
        "shown": shown,
        "created_at": now,
    }
