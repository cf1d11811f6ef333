"""The icon sprite: one SVG file with only the Tabler icons that our templates and code name."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import quoteattr

#: `icon('bell')` in a template, `icon="bell"` in code: such a name must exist.
_NAMED = re.compile(r"""\bicon\s*(?:\(\s*|=\s*)["']([a-z0-9]+(?:-[a-z0-9]+)*)["']""")

#: In a file that speaks of icons, any quoted word may come to name one: in a dictionary of states, in a menu.
_QUOTED = re.compile(r"""["']([a-z0-9]+(?:-[a-z0-9]+)*)["']""")

Drawing = list[tuple[str, dict[str, str]]]


class UnknownIcon(Exception):
    """A file names an icon that Tabler does not have; the message says which and where."""


def icons_named_in(folder: Path, drawings: Mapping[str, Drawing]) -> list[str]:
    """The icons that templates and modules under `folder` need. Raises UnknownIcon."""
    found: set[str] = set()
    for path in sorted([*folder.rglob("*.html"), *folder.rglob("*.py")]):
        text = path.read_text(encoding="utf-8")
        if "icon" in text.lower():
            found |= _named_in(text, path, drawings)
    return sorted(found)


def _named_in(text: str, path: Path, drawings: Mapping[str, Drawing]) -> set[str]:
    named = set(_NAMED.findall(text))
    if unknown := named - drawings.keys():
        raise UnknownIcon(f"{path} names what Tabler does not have: {', '.join(sorted(unknown))}")
    return named | (set(_QUOTED.findall(text)) & drawings.keys())


def tabler_drawings(node_modules: Path) -> dict[str, Drawing]:
    """Every outline icon of the installed @tabler/icons: its elements with their attributes."""
    source = node_modules / "@tabler" / "icons" / "tabler-nodes-outline.json"
    drawings: dict[str, Drawing] = json.loads(source.read_text(encoding="utf-8"))
    return drawings


def sprite(names: Iterable[str], drawings: Mapping[str, Drawing]) -> str:
    """One SVG document; icon `bell` is its symbol `i-bell`."""
    symbols = "\n".join(_symbol(name, drawings[name]) for name in names)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


def _symbol(name: str, drawing: Drawing) -> str:
    shapes = "".join(
        f"<{element} {' '.join(f'{key}={quoteattr(value)}' for key, value in attributes.items())}/>"
        for element, attributes in drawing
    )
    return f'<symbol id="i-{name}" viewBox="0 0 24 24">{shapes}</symbol>'
