"""What is published of sensitive figures does not give a small count away, whoever does the sums."""

import random
from collections.abc import Hashable

import pytest

from portal.rollups.count_table import ALL, CountTable
from portal.rollups.suppressing import FLOOR, CannotHide, Suppressed, suppress
from tests.rollups.attacker import ranges

#: How the counts of a table are drawn: rare events, middling ones, and a single case among many.
_DRAWS = ([0, 0, 0, 1, 2], [0, 1, 2, 3, 4, 5, 9], [6, 7, 12, 30], [0] * 9 + [1], [4, 5], [0, 80])


def _random_table(seed: int) -> CountTable:
    draw = random.Random(seed)
    parents: dict[Hashable, Hashable | None] = {"country": None}
    above: list[Hashable] = ["country"]
    for level in range(draw.randrange(3)):
        above = [(level, n, up) for up in above for n in range(draw.randint(1, 3))]
        parents |= {office: office[2] for office in above if isinstance(office, tuple)}
    wards = [f"ward {n}" for n in range(draw.randint(len(above), 9))]
    parents |= {ward: above[n % len(above)] for n, ward in enumerate(wards)}
    columns = [f"column {n}" for n in range(draw.randint(1, 4))]
    among = draw.choice(_DRAWS)
    cells = {(w, c): draw.choice(among) for w in wards for c in columns if draw.random() < 0.9}
    return CountTable(parents, cells, across=draw.random() < 0.6)


def _assert_nothing_leaks(table: CountTable, left: Suppressed) -> None:
    for key, (least, most) in ranges(table, left.shown, left.hidden).items():
        if table.counts[key] < FLOOR:
            assert least <= 1e-6 and most >= FLOOR - 1 - 1e-6, (key, least, most)
        assert most - least >= FLOOR - 1 - 1e-6, (key, least, most)


def test_a_linear_program_over_the_published_sums_never_narrows_a_small_count_below_0_to_4() -> None:
    hidden = 0
    for seed in range(60):
        table = _random_table(seed)
        left = suppress(table)
        assert all(count >= FLOOR for count in left.shown.values())
        assert left.shown.keys() | left.hidden == {key for key in table.counts if table.is_shown(key)}
        _assert_nothing_leaks(table, left)
        hidden += len(left.hidden)
    assert hidden > 300  # the attacker had something to attack


def test_the_attacker_finds_a_count_that_is_merely_left_out() -> None:
    table = CountTable(
        {"city": None, "a": "city", "b": "city", "c": "city"}, {("a", "n"): 2, ("b", "n"): 9, ("c", "n"): 30}
    )
    naive = {key: count for key, count in table.counts.items() if count >= FLOOR}
    assert ranges(table, naive, [("a", "n")]) == {("a", "n"): (2, 2)}
    _assert_nothing_leaks(table, suppress(table))


def test_the_total_minus_the_others_tells_nothing_and_large_counts_stay() -> None:
    """The subtraction attack: one small ward among large ones costs one more count, not the city's total."""
    table = CountTable(
        {"city": None, "a": "city", "b": "city", "c": "city"},
        {("a", "abuse"): 2, ("b", "abuse"): 9, ("c", "abuse"): 30},
        across=False,
    )
    left = suppress(table)
    assert left.hidden == {("a", "abuse"), ("b", "abuse")}
    assert left.shown == {("c", "abuse"): 30, ("city", "abuse"): 41}


def test_an_office_with_one_ward_is_hidden_with_it_up_the_tree() -> None:
    table = CountTable(
        {"country": None, "north": "country", "south": "country", "a": "north", "b": "south", "c": "south"},
        {("a", "n"): 3, ("b", "n"): 20, ("c", "n"): 21},
        across=False,
    )
    left = suppress(table)
    assert {("a", "n"), ("north", "n"), ("south", "n")} <= left.hidden
    assert left.shown[("country", "n")] == 44
    _assert_nothing_leaks(table, left)


def test_a_table_without_small_counts_is_published_whole_and_an_empty_one_is_empty() -> None:
    whole = CountTable({"city": None, "a": "city", "b": "city"}, {("a", "n"): 5, ("b", "n"): 6})
    assert suppress(whole) == Suppressed(whole.counts, frozenset())
    assert suppress(CountTable({"city": None}, {})) == Suppressed({}, frozenset())


def test_counts_that_were_not_reported_are_neither_hidden_nor_zero() -> None:
    table = CountTable({"city": None, "a": "city", "b": "city"}, {("b", "n"): 6}, across=False)
    assert suppress(table).shown == {("b", "n"): 6, ("city", "n"): 6}


def test_a_year_after_its_half_keeps_hidden_what_was_hidden_and_does_not_give_it_away() -> None:
    for seed in range(12):
        draw = random.Random(seed)
        parents = {"city": None} | dict.fromkeys("abcdef", "city")
        half = {(ward, "H1"): draw.choice([0, 1, 3, 6, 14]) for ward in "abcdef"}
        first = suppress(CountTable(parents, half, across=False))
        year = CountTable(parents, half | {(ward, "H2"): draw.choice([0, 2, 7, 20]) for ward in "abcdef"})
        both = suppress(year, earlier=first)
        assert first.hidden <= both.hidden and first.shown.items() <= both.shown.items()
        _assert_nothing_leaks(year, both)


def test_a_table_that_earlier_figures_give_away_is_not_published() -> None:
    table = CountTable({"city": None, "a": "city", "b": "city"}, {("a", "n"): 2, ("b", "n"): 9}, across=False)
    careless = Suppressed({("b", "n"): 9, ("city", "n"): 11}, frozenset({("a", "n")}))
    with pytest.raises(CannotHide):
        suppress(table, earlier=careless)


@pytest.mark.parametrize(
    ("parents", "cells"),
    [
        ({"city": None, "a": "city"}, {("a", "n"): -1}),
        ({"city": None, "a": "city"}, {("a", "n"): 1.5}),
        ({"city": None, "a": "city"}, {("elsewhere", "n"): 1}),
        ({"city": None, "a": "city"}, {("city", "n"): 1}),
        ({"city": None, "a": "city"}, {("a", ALL): 1}),
        ({"a": "b", "b": "a", "c": "a"}, {("c", "n"): 1}),
    ],
)
def test_what_is_no_table_of_counts_is_refused(parents: dict, cells: dict) -> None:
    with pytest.raises(ValueError):
        suppress(CountTable(parents, cells))
