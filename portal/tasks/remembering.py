"""Faces remembered from view to view: a card that has not changed is neither fetched, judged nor drawn again."""

import uuid
from collections.abc import Collection, Iterable
from datetime import date

from flask import Flask, current_app
from flask_babel import get_locale

from portal.tasks.answering import silent_since
from portal.tasks.board_filter import BoardFilter
from portal.tasks.card_face import Face, face_of
from portal.tasks.queries import board_marks, face_rows, unreadable_ids
from portal.tenants.access import Actor
from portal.tenants.agency import Agency
from portal.tenants.boundary import entered_ward

#: How many faces are remembered in one process; about 2 kB each with their drawing.
REMEMBERED = 15_000


class FaceMemory:
    """Faces by all that decides how somebody sees a ward today, then by card, each for one version of it."""

    def __init__(self) -> None:
        self._views: dict[tuple[object, ...], dict[uuid.UUID, Face]] = {}
        self._size = 0

    def view(
        self, agencies: Iterable[Agency], actor: Actor, today: date, since: date
    ) -> dict[uuid.UUID, Face]:
        """What is remembered of the entered ward today, for everybody with the same roles, agencies and language."""
        if self._size > REMEMBERED:
            self._views.clear()
            self._size = 0
        names = tuple((agency.id, agency.short_name) for agency in agencies)
        seen_as = (entered_ward(), today, since, str(get_locale()), actor.roles, actor.agency_ids, names)
        return self._views.setdefault(seen_as, {})

    def grow(self, faces: int) -> None:
        """Say how many faces a view has taken up."""
        self._size += faces


def attach(app: Flask) -> None:
    """Give the app its memory."""
    app.extensions["faces"] = FaceMemory()


def faces_of(wanted: BoardFilter, agencies: Collection[Agency], actor: Actor, today: date) -> list[Face]:
    """The faces this filter keeps, in their order. Only for pages that show what is committed: no act may call it."""
    memory: FaceMemory = current_app.extensions["faces"]
    since = silent_since(today)
    seen = memory.view(agencies, actor, today, since)
    met = [(mark, seen.get(mark.id)) for mark in board_marks(actor, wanted)]
    changed = [mark.id for mark, face in met if face is None or face.stamp != (mark.version, mark.changed_at)]
    if not changed:
        return [face for _, face in met if face]
    before, by_id = len(seen), {agency.id: agency for agency in agencies}
    rows = face_rows(changed)
    hidden = unreadable_ids(actor, [row.id for row in rows if row.confidential])
    seen.update((row.id, face_of(row, by_id, actor, today, since, hidden=row.id in hidden)) for row in rows)
    memory.grow(len(seen) - before)
    return [seen[mark.id] for mark, _ in met if mark.id in seen]
