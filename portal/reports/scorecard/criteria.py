"""The criteria as data, a version for each decree (criteria.json): what was verified is there, the rest is left open.

Source: Decision 06/QĐ-TTg of 3 January 2019. Verified are the points of criteria 1, 6 and 7 and the three thresholds;
the points of the others are typed by whoever scores, from the guidance in force.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from portal.errors import NotFound

_FILE = Path(__file__).with_name("criteria.json")


class UnitClass(StrEnum):
    """What kind of place the ward is, which decides the points it needs."""

    CITY = "city"
    HARD = "hard"
    OTHER = "other"


@dataclass(frozen=True)
class Part:
    """What points are given for. `most`: None where nobody verified it, so that it is typed.

    `at_least`: a share in percent that earns all the points, below it none; `words`: of the targets that measure it.
    `sensitive`: its numbers of children stay in the ward, whatever document leaves it.
    """

    key: str
    name: str
    most: float | None
    at_least: float | None = None
    words: tuple[str, ...] = ()
    sensitive: bool = False

    @property
    def is_share(self) -> bool:
        """Whether two numbers decide it."""
        return self.at_least is not None


@dataclass(frozen=True)
class Criterion:
    """One of the thirteen."""

    number: int
    name: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Standard:
    """A version of the criteria; `until_year`: its last year, None while it holds."""

    key: str
    source: str
    note: str
    from_year: int
    until_year: int | None
    thresholds: dict[UnitClass, float]
    criteria: tuple[Criterion, ...]

    @property
    def parts(self) -> list[Part]:
        """All parts, in order."""
        return [part for criterion in self.criteria for part in criterion.parts]


@cache
def standards() -> dict[str, Standard]:
    """Every version by its key."""
    return {key: _standard(key, said) for key, said in json.loads(_FILE.read_text("utf-8")).items()}


def standard_of(year: int) -> Standard:
    """The version that holds in a year. Raises NotFound where none does."""
    for one in standards().values():
        if one.from_year <= year and (one.until_year is None or year <= one.until_year):
            return one
    raise NotFound


def _standard(key: str, said: dict[str, object]) -> Standard:
    criteria = tuple(
        Criterion(
            one["number"],
            one["name"],
            tuple(Part(**{**part, "words": tuple(part.get("words", ()))}) for part in one["parts"]),
        )
        for one in said.pop("criteria")  # type: ignore[attr-defined]
    )
    thresholds = {UnitClass(name): float(points) for name, points in said.pop("thresholds").items()}  # type: ignore[attr-defined]
    return Standard(key=key, criteria=criteria, thresholds=thresholds, **said)  # type: ignore[arg-type]
