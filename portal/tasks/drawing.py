"""Drawing a card's face, once: unchanged cards are not rendered again (performance.md)."""

from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g
from flask_babel import get_locale
from markupsafe import Markup

from portal.pages import today
from portal.tasks.card_face import Face, title_for
from portal.tasks.rights import may_read
from portal.tenants.addresses import address_of

_BAR = (
    '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
    '<rect width="{}" height="6"/></svg>'
)


def attach(app: Flask) -> None:
    """Give templates `draw(face)`, `draw_all(faces)`, `bar(done, total)`, `cards` (the address above all cards), and
    `may_read(card)`, `title_of(card)`: what the reader may know of a card.
    """

    def shown() -> dict[str, Any]:
        if "actor" not in g:
            return {}
        cards, language = address_of("tasks.card_page", number=0).removesuffix("/0"), str(get_locale())
        return {
            "cards": cards,
            "bar": bar,
            "may_read": lambda card: may_read(g.actor, card),
            "title_of": lambda card: title_for(g.actor, card),
            "draw": lambda face: draw(face, cards, language),
            "draw_all": lambda faces, pick=False: Markup(  # noqa: S704 - drawn
                "".join([draw(face, cards, language, pick=pick) for face in faces])
            ),
        }

    app.context_processor(shown)


def draw(face: Face, cards: str, language: str, *, pick: bool = False) -> Markup:
    """The face's HTML: kept from last time, or rendered now. It holds no token, so it may be kept.

    `pick`: it stands to be chosen with others, and has no buttons of its own.
    """
    place = (cards, language, pick)
    found = face.drawn.get(place)
    if found is None:
        parts: Any = current_app.jinja_env.get_template("tasks/_face_parts.html").module
        found = face.drawn[place] = parts.card(face, cards, today(), pick)
    return found


@lru_cache(1000)
def bar(done: int, total: int) -> Markup:
    """A thin bar, done out of total."""
    return Markup(_BAR).format(round(100 * done / total) if total else 0)  # noqa: S704 - our own constant
