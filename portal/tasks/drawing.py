"""Drawing a card's face, once for each version of it: unchanged cards are not rendered again (performance.md)."""

from datetime import date
from typing import Any

from flask import Flask, current_app, g, url_for
from flask_babel import get_locale
from markupsafe import Markup

from portal.pages import today
from portal.tasks.card_face import Face

#: How many drawn faces are remembered in one process; about 1 kB each.
REMEMBERED = 20_000

_BAR = (
    '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
    '<rect width="{}" height="6"/></svg>'
)


class Drawings:
    """Faces as HTML, by everything that can change how they look to somebody."""

    def __init__(self) -> None:
        self._drawn: dict[tuple[object, ...], Markup] = {}

    def draw(self, face: Face, cards: str, day: date, language: str) -> Markup:
        """The face's HTML: kept from last time, or rendered now. It holds no token, so it may be kept."""
        key = (
            cards,
            face.id,
            face.version,
            face.agency,
            face.acts,
            face.timeliness,
            face.days_left,
            day,
            language,
        )
        found = self._drawn.get(key)
        if found is None:
            template = current_app.jinja_env.get_template("tasks/_face.html")
            found = Markup(template.render(face=face, cards=cards, today=day, movable=bool(face.acts)))  # noqa: S704 - autoescaped
            if len(self._drawn) >= REMEMBERED:
                self._drawn.clear()
            self._drawn[key] = found
        return found


def attach(app: Flask) -> None:
    """Give templates `draw(face)`, `bar(done, total)` and `cards`, the address all cards hang under."""
    drawings = Drawings()

    def shown() -> dict[str, Any]:
        if "actor" not in g:
            return {}
        cards = url_for("tasks.card_page", number=0).removesuffix("/0")
        day, language = today(), str(get_locale())
        return {
            "cards": cards,
            "bar": bar,
            "draw": lambda face: drawings.draw(face, cards, day, language),
        }

    app.context_processor(shown)


def bar(done: int, total: int) -> Markup:
    """A thin bar, done out of total."""
    return Markup(_BAR).format(round(100 * done / total) if total else 0)  # noqa: S704 - our own constant
