"""The way of a new ward: what to do first, what is done; each room says its own steps, no room knows another's."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app
from flask_babel import gettext as _

from portal.tenants.addresses import address_of
from portal.tenants.queries import agencies_without_people


@dataclass(frozen=True, order=True)
class FirstStep:
    """`order` is its place on the way; `words` say how little it takes, or what is left of it."""

    order: int
    title: str
    words: str
    address: str
    is_done: bool


Source = Callable[[], list[FirstStep]]

_KEY = "portal.first_steps"


def offer_steps(app: Flask, source: Source) -> None:
    """Have a room asked when the way is shown."""
    app.extensions.setdefault(_KEY, []).append(source)


def first_steps() -> list[FirstStep]:
    """The whole way, in order."""
    sources: list[Source] = current_app.extensions.get(_KEY, [])
    return sorted(step for source in sources for step in source())


def people_step() -> list[FirstStep]:
    """Every agency needs somebody who gets its letters."""
    lonely = len(agencies_without_people())
    words = (
        _("%(n)s cơ quan chưa có ai nhận thư", n=lonely)
        if lonely
        else _("Mỗi cơ quan một địa chỉ e-mail là đủ để nhận việc")
    )
    title = _("Thêm người phụ trách của các cơ quan")
    return [FirstStep(3, title, words, address_of("tenants.people_page"), is_done=not lonely)]
