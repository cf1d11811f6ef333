"""What is told of sensitive figures over a year gives no small count away, though somebody keeps all he ever read."""

import random
import uuid
from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field, replace

from portal.rollups.suppressing import FLOOR
from portal.rollups.veiling import Entry, Told, Veil
from tests.rollups.attacker import spans

#: A city of two offices below a province.
ABOVE = {1: None, 2: 1, 3: 1}
TARGET = uuid.UUID(int=1)

_DRAWS = ([0, 0, 1, 2], [0, 1, 3, 4, 6, 9], [5, 6, 12, 30], [0] * 6 + [1], [0, 40])


@dataclass
class Year:
    """Wards that report through a year, what was told of each row, and what is really behind it.

    `behind[row, period]`: the parts that a number adds up, which is all that somebody who reads it knows of it.
    """

    wards: list[Entry]
    told: dict[tuple[Hashable, str], int | None] = field(default_factory=dict)
    truth: dict[Hashable, int] = field(default_factory=dict)
    behind: dict[tuple[Hashable, str], list[Hashable]] = field(default_factory=dict)
    offices: dict[int, int | None] = field(default_factory=dict)
    parts: dict[Hashable, list[Hashable]] = field(default_factory=lambda: defaultdict(list))
    moved: set[int] = field(default_factory=set)

    def close(self, period: int, figures: dict[int, tuple[int, int]], *, last: bool = False) -> None:
        """Publish a period: `figures` are the first and second number of each ward that reported."""
        now = [self._reported(one, figures.get(one.ward_id)) for one in self.wards]
        veil = Veil(now, ABOVE, self.offices, last, frozenset(self.moved))
        moved = {}
        for entry, told in veil.of_wards():
            part = (entry.ward_id, period)
            self.truth[part] = entry.fresh
            for row in (entry.row, *self._up(entry)):
                self.parts[row].append(part)
            if last:
                self.truth[entry.ward_id, "rest"] = entry.second or 0
            self._hear(entry.row, period, told)
            moved[entry.ward_id] = (entry.counted + entry.fresh, told.numerator is not None)
        for unit_id, told, _wards in veil.of_offices():
            self._hear(unit_id, period, told)
            self.offices[unit_id] = told.numerator
        self.wards = [
            replace(one, counted=moved[one.ward_id][0], is_open=moved[one.ward_id][1])
            if one.ward_id in moved
            else one
            for one in self.wards
        ]

    def _reported(self, one: Entry, figure: tuple[int, int] | None) -> Entry:
        part, whole = figure or (None, None)
        return replace(
            one,
            numerator=None if part is None else float(part),
            denominator=None if whole is None else float(whole),
        )

    def _up(self, entry: Entry) -> list[int]:
        return [entry.unit_id, 1]

    def _hear(self, row: Hashable, period: int, told: Told) -> None:
        self.told[row, f"first {period}"] = told.numerator
        self.behind[row, f"first {period}"] = list(self.parts[row])
        rest = [(part[0], "rest") for part in self.parts[row] if (part[0], "rest") in self.truth]  # type: ignore[index]
        if told.denominator is not None:
            self.told[row, "second"] = told.denominator
            self.behind[row, "second"] = [*self.parts[row], *dict.fromkeys(rest)]

    def assert_nothing_leaks(self) -> int:
        """The attack; returns how many hidden numbers it was led against."""
        known = [(self.behind[key], value) for key, value in self.told.items() if value is not None]
        for heap, value in known:
            assert sum(self.truth[part] for part in heap) == value
        hidden = {key: self.behind[key] for key, value in self.told.items() if value is None}
        hidden |= {(part, "part"): [part] for part in self.truth if self.truth[part] < FLOOR}
        for key, (least, most) in spans(known, hidden, list(self.truth)).items():
            really = sum(self.truth[part] for part in hidden[key])
            assert most - least >= FLOOR - 1 - 1e-6, (key, least, most)
            if really < FLOOR:
                assert least <= 1e-6 and most >= FLOOR - 1 - 1e-6, (key, least, most)
        return len(hidden)


def _wards(count: int, measure: str = "share") -> list[Entry]:
    return [
        Entry(n, uuid.UUID(int=n), 2 + n % 2, TARGET, measure, None, None, 0, True)
        for n in range(1, count + 1)
    ]


def test_periods_corrections_moves_and_late_reports_of_a_year_give_nothing_away() -> None:
    attacked = told = 0
    for seed in range(40):
        draw, year = random.Random(seed), Year(_wards(6))
        among, stands = draw.choice(_DRAWS), dict.fromkeys(range(1, 7), 0)
        for period in range(1, 5):
            for ward_id in stands:
                stands[ward_id] += draw.choice(among)
            if draw.random() < 0.3:  # a correction downwards of what is out already
                stands[draw.randint(1, 6)] //= 2
            if period == 3:  # a ward changes its office
                year.wards[0] = replace(year.wards[0], unit_id=5 - year.wards[0].unit_id)
                year.moved = {2, 3}
            figures = {
                ward_id: (count, count + draw.choice(among))
                for ward_id, count in stands.items()
                if draw.random() < 0.85
            }
            year.close(period, figures, last=period == 4)
        attacked += year.assert_nothing_leaks()
        told += sum(value is not None for value in year.told.values())
    assert attacked > 1000 and told > 200


def test_a_later_period_minus_an_earlier_one_tells_no_small_count() -> None:
    """The subtraction attack: 20 cases by March and 22 by June are 2 in between."""
    year = Year(_wards(4))
    year.close(1, {1: (20, 50), 2: (30, 60), 3: (40, 70), 4: (50, 80)})
    assert year.told[(1, uuid.UUID(int=1)), "first 1"] == 20
    year.close(2, {1: (22, 50), 2: (60, 90), 3: (90, 99), 4: (80, 90)})
    assert year.told[(1, uuid.UUID(int=1)), "first 2"] is None
    assert year.told[1, "first 2"] == 252
    year.assert_nothing_leaks()


def test_the_attacker_finds_what_is_merely_left_out() -> None:
    year = Year(_wards(4))
    year.close(1, {1: (2, 50), 2: (30, 60), 3: (40, 70), 4: (50, 80)})
    known = [([("a", 1), ("b", 1)], 32.0), ([("b", 1)], 30.0)]
    assert spans(known, {("a", "n"): [("a", 1)]}, [("a", 1), ("b", 1)]) == {("a", "n"): (2, 2)}
    year.assert_nothing_leaks()


def test_the_second_number_is_told_at_the_years_close_and_only_beside_the_first() -> None:
    year = Year(_wards(4))
    year.close(1, {1: (2, 50), 2: (30, 60), 3: (40, 70), 4: (50, 80)}, last=True)
    assert year.told[1, "first 1"] == 122 and year.told[1, "second"] == 260
    assert ((1, uuid.UUID(int=1)), "second") not in year.told
    for measure in ("decrease", "increase"):
        other = Year(_wards(4, measure))
        other.close(1, {n: (20 + n, 40 + n) for n in range(1, 5)}, last=True)
        assert not any(name == "second" for _row, name in other.told)
