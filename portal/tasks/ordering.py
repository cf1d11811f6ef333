"""The orders of the list: by number, title, agency, place in the plan, state or date, as Vietnamese people sort."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from portal.tasks.card_face import Face
from portal.tasks.state import COLUMNS
from portal.text import CollationKey, collation_key

#: The dictionary order of a title takes longer to work out than the title to fetch, and titles seldom change.
dictionary_order: Callable[[str], CollationKey] = lru_cache(20_000)(collation_key)

_NUMBERS = re.compile(r"\d+")
_RANK = {state: rank for rank, state in enumerate(COLUMNS)}

#: Keys of the filter's ORDERS. Cards without a date, an agency or a place in the plan come last.
_KEYS: dict[str, Callable[[Face], Any]] = {
    "number": lambda face: face.number,
    "title": lambda face: dictionary_order(face.title),
    "agency": lambda face: (not face.agency, dictionary_order(face.agency)),
    "section": lambda face: (not face.section, _in_plan(face.section)),
    "state": lambda face: (_RANK[face.column], face.state),
    "due": lambda face: (face.days_left is None, face.days_left or 0),
}


def put_in_order(faces: Iterable[Face], sort: str) -> list[Face]:
    """The faces by one of the filter's ORDERS, "-" in front for the other way round; equal ones stay as they were."""
    key = _KEYS.get(sort.removeprefix("-"))
    if key is None:
        return list(faces)
    return sorted(faces, key=key, reverse=sort.startswith("-"))


def _in_plan(section: str) -> tuple[str, tuple[int, ...]]:
    """`IV.10` behind `IV.9`: the numbers count as numbers."""
    return section.split(".")[0], tuple(int(found) for found in _NUMBERS.findall(section))
