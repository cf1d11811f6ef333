"""What a view of the board needs beyond the cards themselves: the list its order, the calendar its month or year."""

from collections.abc import Collection
from datetime import date
from typing import Any

from portal.tasks.board_filter import BoardFilter
from portal.tasks.card_face import Face
from portal.tasks.month import month_of
from portal.tasks.ordering import put_in_order
from portal.tasks.year import year_of
from portal.tenants.agency import Agency


def arrange(
    faces: list[Face], agencies: Collection[Agency], wanted: BoardFilter, today: date
) -> dict[str, Any]:
    """By name, what the template of the wanted view prints besides the board."""
    first = wanted.month or today.replace(day=1)
    if wanted.view == "list":
        return {"faces": put_in_order(faces, wanted.sort)}
    if wanted.view == "calendar":
        return {"month": month_of(faces, first, today)}
    if wanted.view == "year":
        return {"year": year_of(faces, agencies, first.year, today)}
    return {}
