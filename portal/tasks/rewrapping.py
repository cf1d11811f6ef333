"""Everything sealed with a master key is sealed again with the one in use: the evidence, and what other rooms keep."""

from collections.abc import Callable

from flask import Flask, current_app

from portal.tasks.vault import wrap_again

#: Seals the entered ward's things again and says how many. Raises Damaged.
Rewrap = Callable[[], int]

_KEY = "portal.rewraps"


def also_rewrap(app: Flask, work: Rewrap) -> None:
    """Have a room's own secrets changed over together with the evidence."""
    app.extensions.setdefault(_KEY, []).append(work)


def rewrap_ward() -> bool:
    """Change over the entered ward. True when there was anything to do. Raises Damaged."""
    rooms: list[Rewrap] = current_app.extensions.get(_KEY, [])
    return any([wrap_again(), *(work() for work in rooms)])
