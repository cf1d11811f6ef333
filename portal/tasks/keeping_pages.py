"""The middle of a page of the board, kept as it was drawn until anything in the ward changes.

Kept by the ward's version, the address, and all that decides what this person sees; what is one browser's or one
answer's alone (tokens, the nonce, the ticket) is taken out and put in again each time.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass

from flask import Flask, Response, current_app, request
from flask_babel import get_locale
from flask_wtf.csrf import generate_csrf
from jinja2.runtime import Context

from portal.pages import today
from portal.security import nonce
from portal.tenants.entrance import current_actor
from portal.unchanged import Watch

#: Characters one process keeps, about 40,000 a page; and seconds until the truth is asked all the same, so that what
#: somebody changes in the database past the product is seen.
ROOM, SECONDS = 8_000_000, 60.0

#: Stand for what is put in anew. No text that people type holds NUL (portal/security.py).
_TOKEN, _NONCE, _TICKET = "\0token\0", "\0nonce\0", "\0ticket\0"


#: How Jinja draws a block.
Block = Callable[[Context], Iterator[str]]


@dataclass(frozen=True)
class KeptPage:
    """`shown` stands for its cards (watching.py); `title` is what a page is called that is not called always alike."""

    template: str
    title: str
    shown: str
    middle: str
    until: float

    def around(self, watch: Watch) -> str:
        """The whole page with its middle as it was drawn, for whoever asks now."""
        filled = self.middle.replace(_TOKEN, generate_csrf()).replace(_NONCE, nonce())
        filled = filled.replace(_TICKET, watch.ticket(self.shown))
        return _render(self.template, {"title": self.title}, lambda _draw: lambda _context: iter([filled]))


class KeptPages:
    """Pages by their keys, the latest used last."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Hashable, KeptPage] = OrderedDict()
        self._size = 0

    def find(self, key: Hashable) -> KeptPage | None:
        """The page, unless it was kept too long."""
        page = self._pages.get(key)
        if page is None or page.until < time.monotonic():
            return None
        self._pages.move_to_end(key)
        return page

    def keep(self, key: Hashable, page: KeptPage) -> None:
        """Keep it, and give up those that nobody asked for longest."""
        older = self._pages.pop(key, None)
        self._pages[key] = page
        self._size += len(page.middle) - (len(older.middle) if older else 0)
        while self._size > ROOM:
            self._size -= len(self._pages.popitem(last=False)[1].middle)


def attach(app: Flask) -> None:
    """Give the app its pages."""
    app.extensions["kept_pages"] = KeptPages()


def kept_answer(watch: Watch) -> str | Response | None:
    """The page of this request as it was drawn last, if it is certain that nothing in the ward changed since."""
    pages: KeptPages = current_app.extensions["kept_pages"]
    page = pages.find(_key(watch)) if watch.version else None
    return (watch.not_modified(page.shown) or page.around(watch)) if page else None


def draw_page(template: str, watch: Watch, shown: str, *, title: str = "", **values: object) -> str:
    """Draw the page, and keep its middle if the ward's version is certain."""
    drawn: list[str] = []

    def listen(draw: Block) -> Block:
        def content(context: Context) -> Iterator[str]:
            drawn.append("".join(draw(context)))
            return iter(drawn)

        return content

    html = _render(template, {**values, "title": title, "ticket": _TICKET}, listen)
    if watch.version and drawn:
        middle = drawn[0].replace(generate_csrf(), _TOKEN).replace(nonce(), _NONCE)
        pages: KeptPages = current_app.extensions["kept_pages"]
        pages.keep(_key(watch), KeptPage(template, title, shown, middle, time.monotonic() + SECONDS))
    return html.replace(_TICKET, watch.ticket(shown))


def _key(watch: Watch) -> Hashable:
    actor = current_actor()
    who = (actor.contact_id, actor.name, actor.roles, actor.agency_ids)
    return watch.version, request.full_path, who, today(), str(get_locale())


def _render(template: str, values: Mapping[str, object], change: Callable[[Block], Block]) -> str:
    """As Flask's `render_template`, with another way to draw the block `content`."""
    found, shared = current_app.jinja_env.get_template(template), dict(values)
    current_app.update_template_context(shared)
    context = found.new_context(shared)
    context.blocks["content"][0] = change(context.blocks["content"][0])
    return "".join(found.root_render_func(context))
