"""Faces remembered from one view to the next: a card that has not changed is neither judged nor drawn again."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import Flask, current_app

from portal.tasks.card_face import Face, face_of
from portal.tenants.access import Actor
from portal.tenants.agency import Agency
from portal.tenants.boundary import entered_ward

#: How many faces are remembered in one process; about 2 kB each with their drawing.
REMEMBERED = 15_000


class FaceMemory:
    """Faces by ward, day and kind of person, then by card; each is good for one version of its card."""

    def __init__(self) -> None:
        self._views: dict[tuple[object, ...], dict[uuid.UUID, Face]] = {}
        self._size = 0

    def view(self, actor: Actor, today: date) -> dict[uuid.UUID, Face]:
        """What is remembered of the entered ward, for everybody with the same roles and agencies, on this day."""
        if self._size > REMEMBERED:
            self._views.clear()
            self._size = 0
        return self._views.setdefault((entered_ward(), today, actor.roles, actor.agency_ids), {})

    def grow(self, faces: int) -> None:
        """Say how many faces were added to a view."""
        self._size += faces


def attach(app: Flask) -> None:
    """Give the app its memory."""
    app.extensions["faces"] = FaceMemory()


def faces_of(rows: Iterable[Any], agencies: Iterable[Agency], actor: Actor, today: date) -> list[Face]:
    """The faces of rows that are committed, in their order. A row about to be written is not for here: `face_of`."""
    memory: FaceMemory = current_app.extensions["faces"]
    seen, by_id = memory.view(actor, today), {agency.id: agency for agency in agencies}
    before, faces = len(seen), []
    for row in rows:
        face = seen.get(row.id)
        if face is None or _has_changed(face, row, by_id.get(row.agency_id)):
            face = seen[row.id] = face_of(row, by_id, actor, today)
        faces.append(face)
    memory.grow(len(seen) - before)
    return faces


def _has_changed(face: Face, row: Any, agency: Agency | None) -> bool:
    return (
        face.version != row.version
        or face.changed_at != row.changed_at
        or face.agency != (agency.short_name if agency else "")
    )
