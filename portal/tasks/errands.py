"""What other rooms want done, shown on somebody's own page: the board asks them, and knows nothing of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import Flask, current_app

from portal.tenants.access import Actor


@dataclass(frozen=True)
class Errand:
    """Something to do that is no card: `words` say what, `note` until when, `address` is where."""

    words: str
    note: str
    address: str
    due: date
    is_late: bool


Source = Callable[[Actor, date], list[Errand]]

_KEY = "portal.errands"


def offer_errands(app: Flask, source: Source) -> None:
    """Have a room asked whenever somebody opens their own page."""
    app.extensions.setdefault(_KEY, []).append(source)


def errands_of(actor: Actor, today: date) -> list[Errand]:
    """Everything other rooms want of somebody, the earliest first."""
    sources: list[Source] = current_app.extensions.get(_KEY, [])
    return sorted((one for source in sources for one in source(actor, today)), key=lambda one: one.due)
