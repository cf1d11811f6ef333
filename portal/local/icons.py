"""The icon sprite: one SVG file with only the Tabler icons that our templates and code name."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import quoteattr

#: `icon('bell')` in a template; `icon="bell"` where code says which icon shows a state or a page.
_NAMED = re.compile(r"""\bicon\s*(?:\(\s*|=\s*)["']([a-z0-9]+(?:-[a-z0-9]+)*)["']""")

#: Icons whose name comes out of data, where no scan can see it: states and timeliness of a card, what happened
#: to it, kinds of files, ways to look at the board, the bar on top.
ALSO_USED = (
    "alert-triangle",
    "arrow-back-up",
    "bell",
    "bell-ringing",
    "calendar-event",
    "calendar-off",
    "calendar-plus",
    "chart-bar",
    "checks",
    "circle-check",
    "circle-dashed",
    "circle-off",
    "clipboard-list",
    "clock",
    "file-text",
    "file-type-pdf",
    "hourglass",
    "layout-columns",
    "layout-kanban",
    "layout-rows",
    "list-check",
    "list-details",
    "message",
    "paperclip",
    "pencil",
    "photo",
    "player-pause",
    "point",
    "progress",
    "send",
    "square",
    "square-check",
    "trash",
    "users",
)

Drawing = list[tuple[str, dict[str, str]]]


class UnknownIcon(Exception):
    """A file names an icon that Tabler does not have; the message says which and where."""


def icons_named_in(folder: Path) -> dict[str, Path | None]:
    """The icons that templates and modules under `folder` name, each with a file that does."""
    found: dict[str, Path | None] = dict.fromkeys(ALSO_USED)
    for path in sorted([*folder.rglob("*.html"), *folder.rglob("*.py"), *folder.rglob("*.svg")]):
        if "static" not in path.parts:
            found.update(dict.fromkeys(_NAMED.findall(path.read_text(encoding="utf-8")), path))
    return found


def tabler_drawings(node_modules: Path) -> dict[str, Drawing]:
    """Every outline icon of the installed @tabler/icons: its elements with their attributes."""
    source = node_modules / "@tabler" / "icons" / "tabler-nodes-outline.json"
    drawings: dict[str, Drawing] = json.loads(source.read_text(encoding="utf-8"))
    return drawings


def sprite(named: Mapping[str, Path | None], drawings: Mapping[str, Drawing]) -> str:
    """One SVG document; icon `bell` is its symbol `i-bell`. Raises UnknownIcon."""
    for name, where in named.items():
        if name not in drawings:
            raise UnknownIcon(f"{where or 'ALSO_USED'} names the icon {name!r}, which Tabler does not have")
    symbols = "\n".join(_symbol(name, drawings[name]) for name in sorted(named))
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


def _symbol(name: str, drawing: Drawing) -> str:
    shapes = "".join(
        f"<{element} {' '.join(f'{key}={quoteattr(value)}' for key, value in attributes.items())}/>"
        for element, attributes in drawing
    )
    return f'<symbol id="i-{name}" viewBox="0 0 24 24">{shapes}</symbol>'
