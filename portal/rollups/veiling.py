"""What of a sensitive target may be said: small numbers hidden by `suppress`, and no share made of a hidden one."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from portal.rollups.count_table import ALL, CountTable, Key
from portal.rollups.suppressing import CannotHide, suppress

#: The row of all wards together, and the two columns of a share: those counted, and the others.
_TOP, _PART, _REST = "all", "part", "rest"


@dataclass(frozen=True)
class Part:
    """What may be said of one ward's (or all wards') two numbers; `hidden` ones have no value here at all."""

    numerator: float | None = None
    denominator: float | None = None
    hidden: bool = False

    @property
    def is_there(self) -> bool:
        """Whether somebody reported it."""
        return self.hidden or self.numerator is not None


_HIDDEN = Part(hidden=True)


def veiled(parts: Mapping[int, Part], *, is_share: bool) -> tuple[dict[int, Part], Part]:
    """The wards' numbers and their sum as they may be said. What was never reported stays "not there".

    A share is a table of two columns that add up to the whole, so that neither number tells the other. Other measures
    are two columns that do not add up. Numbers that are no counts are all hidden: nothing can be promised of them.
    """
    there = {ward: part for ward, part in parts.items() if part.numerator is not None}
    cells = _cells(there, is_share)
    said = None if cells is None else _said(there, cells, is_share)
    hidden = dict.fromkeys(there, _HIDDEN)
    shown = {**parts, **(hidden if said is None else said[0])}
    return shown, (said[1] if said else _HIDDEN) if there else Part()


def _cells(parts: Mapping[int, Part], is_share: bool) -> dict[Key, int] | None:
    cells: dict[Key, int] = {}
    for ward, part in parts.items():
        whole = part.denominator
        if part.numerator is None or (is_share and whole is None):
            return None
        numbers: dict[str, float] = {_PART: part.numerator}
        if whole is not None:
            numbers[_REST] = whole - part.numerator if is_share else whole
        for column, number in numbers.items():
            if number < 0 or number != int(number):
                return None
            cells[ward, column] = int(number)
    return cells


def _said(
    parts: Mapping[int, Part], cells: dict[Key, int], is_share: bool
) -> tuple[dict[int, Part], Part] | None:
    tree: dict[Hashable, Hashable | None] = {**dict.fromkeys(parts, _TOP), _TOP: None}
    try:
        shown = suppress(CountTable(tree, cells, across=is_share)).shown
    except CannotHide:
        return None
    return {ward: _part(shown, ward, is_share) for ward in parts}, _part(shown, _TOP, is_share)


def _part(shown: Mapping[Key, int], row: int | str, is_share: bool) -> Part:
    """One row; a whole that is shown stays when its part is hidden."""
    whole = shown.get((row, ALL if is_share else _REST))
    return Part(shown.get((row, _PART)), whole, hidden=(row, _PART) not in shown)
