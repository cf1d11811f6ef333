"""The cards of a plan while somebody changes them: in order, and remembered as they stood, so acts can be undone."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from portal.db import db
from portal.errors import Refused
from portal.plans.plan import Plan
from portal.plans.plan_change import PlanChange
from portal.plans.proposed_card import ProposedCard

_KEYS = {"ward_id", "id", "plan_id", "position", "card_number"}
_FIELDS = tuple(name for name in ProposedCard.__table__.columns.keys() if name not in _KEYS)  # noqa: SIM118 - columns are no dict
_DAYS, _REFERENCES = {"due_on", "suggested_on"}, {"agency_id", "shared_as"}

Stood = dict[str, Any]


class Draft:
    """Change `cards` and their fields freely, then `keep`: order becomes numbers, and the change is noted.

    Hold the plan alone while cards are put in or taken out. A draft of one row holds that row only.
    """

    def __init__(self, plan: Plan, cards: list[ProposedCard]) -> None:
        self.plan, self.cards = plan, cards
        self._were = {card.id: (card, card.position, _stand(card)) for card in cards}

    def card(self, card_id: uuid.UUID) -> ProposedCard | None:
        """A card of the draft."""
        return next((card for card in self.cards if card.id == card_id), None)

    def put_after(self, card: ProposedCard | None, new: ProposedCard) -> None:
        """Put a new card behind another one, or at the end."""
        self.cards.insert(self.cards.index(card) + 1 if card else len(self.cards), new)

    def keep(self, kind: str, by: str, now: datetime, **detail: int) -> PlanChange | None:
        """Write the cards down and note what changed; None when nothing did."""
        touched = self._touched()
        if not touched:
            return None
        changed = [card for card in self.cards if str(card.id) in touched]
        for card in changed:
            card.changed_by = by
        # New rows have their defaults only once they are stored.
        self._store()
        for card in changed:
            touched[str(card.id)]["after"] = _stand(card, touched[str(card.id)]["after"])
        change = PlanChange(
            plan_id=self.plan.id, kind=kind, detail=detail, cards=touched, made_by=by, made_at=now
        )
        db.session.add(change)
        db.session.flush()
        return change

    def undo(self, change: PlanChange) -> None:
        """Put every card back as it stood before a change. Raises Refused (409) when one was changed since."""
        for key, stood in change.cards.items():
            self._put_back(uuid.UUID(key), stood["before"], stood["after"])
        self._store()
        db.session.delete(change)
        db.session.flush()

    def _put_back(self, card_id: uuid.UUID, before: Stood | None, after: Stood | None) -> None:
        card = self.card(card_id)
        if (card is None) != (after is None) or (card and after and _stand(card, after) != after):
            raise Refused(_("Việc này đã được sửa tiếp sau đó nên không hoàn tác được nữa."), status=409)
        if card is None:
            self._bring_back(card_id, before or {})
        elif before is None:
            self.cards.remove(card)
        else:
            _stand_as(card, before)

    def _bring_back(self, card_id: uuid.UUID, before: Stood) -> None:
        card = ProposedCard(id=card_id, plan_id=self.plan.id)
        _stand_as(card, before)
        self.cards.insert(min(int(before["position"]), len(self.cards)), card)

    def _touched(self) -> dict[str, dict[str, Stood | None]]:
        touched: dict[str, dict[str, Stood | None]] = {}
        for card in self.cards:
            stood = self._were[card.id][2] if card.id in self._were else None
            stands = _stand(card)
            if stood is None:
                touched[str(card.id)] = {"before": None, "after": stands}
            elif stood != stands:
                names = [name for name in _FIELDS if stood[name] != stands[name]] + ["changed_by"]
                touched[str(card.id)] = {
                    "before": {name: stood[name] for name in names},
                    "after": {name: stands[name] for name in names},
                }
        here = {card.id for card in self.cards}
        for card_id, (_card, position, stood) in self._were.items():
            if card_id not in here:
                touched[str(card_id)] = {"before": {**stood, "position": position}, "after": None}
        return touched

    def _store(self) -> None:
        """Delete what was taken out, add what was put in, and number the cards when either happened."""
        here = {card.id for card in self.cards}
        gone = [card for card_id, (card, _position, _stood) in self._were.items() if card_id not in here]
        new = [card for card in self.cards if card.id not in self._were]
        for card in gone:
            db.session.delete(card)
        if gone or new:
            for position, card in enumerate(self.cards):
                card.position = position
        db.session.add_all(new)
        db.session.flush()


def _stand(card: ProposedCard, only: Mapping[str, object] | None = None) -> Stood:
    """The card's fields as JSON values, all of them or those of `only`."""
    names = [name for name in _FIELDS if only is None or name in only]
    return {name: _written(getattr(card, name)) for name in names}


def _stand_as(card: ProposedCard, stood: Stood) -> None:
    for name in _FIELDS:
        if name in stood:
            setattr(card, name, _read(name, stood[name]))


def _written(value: object) -> object:
    if isinstance(value, date | uuid.UUID):
        return str(value)
    return list(value) if isinstance(value, list | tuple) else value


def _read(name: str, value: object) -> object:
    if value is None:
        return None
    if name in _DAYS:
        return date.fromisoformat(str(value))
    return uuid.UUID(str(value)) if name in _REFERENCES else value
