"""The figures of a report as they were counted at one moment, each with the cards it was counted from."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any, Self

from portal.tasks.timeliness import Bucket


@dataclass(frozen=True)
class CountedCard:
    """A card that counts, in one of the four. `title` is the plan's own, or empty. Days as YYYY-MM-DD, or empty."""

    number: int
    title: str
    agency_id: str
    agency: str
    bucket: str
    last_day: str

    @property
    def due_on(self) -> date | None:
        """Its last day."""
        return date.fromisoformat(self.last_day) if self.last_day else None


@dataclass(frozen=True)
class Figure:
    """One reading: the day its period closed, its two numbers, and its value as it is said."""

    period_end: str
    numerator: float
    denominator: float | None
    said: str

    @property
    def closed_on(self) -> date:
        """The day its period closed."""
        return date.fromisoformat(self.period_end)


@dataclass(frozen=True)
class Measured:
    """An indicator with its figure up to the report's close, and the one before; `met`: None without a figure."""

    indicator_id: str
    text: str
    target: str
    sensitive: bool
    met: bool | None
    now: Figure | None
    before: Figure | None

    @property
    def is_veiled(self) -> bool:
        """Whether what leaves the ward must not say its numbers: of a sensitive one none, also not large ones.

        The unit above publishes them for all its wards at once (rollups/veiling.py); a large number told here would be
        the one that another ward's small number hides behind there.
        """
        return self.sensitive and bool(self.now or self.before)


@dataclass(frozen=True)
class Hindrance:
    """What stands in the way of a card (vướng mắc); `why` is empty when the card is confidential."""

    number: int
    agency: str
    why: str


@dataclass(frozen=True)
class AgencyCounts:
    """The four counts of one agency; `id` is empty for cards that nobody has."""

    id: str
    name: str
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """All its cards that count."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class ReportFigures:
    """`as_of`: the local day they were counted on."""

    as_of: str
    cards: tuple[CountedCard, ...] = ()
    measures: tuple[Measured, ...] = ()
    hindrances: tuple[Hindrance, ...] = ()

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """The four counts of the ward."""
        return _four(self.cards)

    @property
    def total(self) -> int:
        """All cards that count."""
        return len(self.cards)

    @cached_property
    def by_agency(self) -> tuple[AgencyCounts, ...]:
        """The four counts of each agency that has cards, in the order they were counted."""
        names = {card.agency_id: card.agency for card in self.cards}
        return tuple(
            AgencyCounts(key, name, _four(self.cards_of(agency_id=key))) for key, name in names.items()
        )

    @property
    def met(self) -> int:
        """How many indicators keep their promise."""
        return sum(bool(one.met) for one in self.measures)

    def cards_of(self, bucket: str = "", agency_id: str | None = None) -> tuple[CountedCard, ...]:
        """The cards behind a number: of one of the four, of one agency, or both."""
        return tuple(
            card for card in self.cards if bucket in {"", card.bucket} and agency_id in {None, card.agency_id}
        )

    def to_json(self) -> dict[str, object]:
        """What a row keeps."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """The figures from what a row kept."""
        return cls(
            as_of=kept["as_of"],
            cards=tuple(CountedCard(**one) for one in kept["cards"]),
            measures=tuple(_measured(one) for one in kept["measures"]),
            hindrances=tuple(Hindrance(**one) for one in kept["hindrances"]),
        )


def _four(cards: tuple[CountedCard, ...]) -> Mapping[str, int]:
    found = Counter(card.bucket for card in cards)
    return {bucket.value: found[bucket.value] for bucket in Bucket}


def _measured(kept: Mapping[str, Any]) -> Measured:
    figures = {name: Figure(**kept[name]) if kept[name] else None for name in ("now", "before")}
    return Measured(**{**kept, **figures})
