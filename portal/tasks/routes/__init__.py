"""The pages and acts of the board."""

from portal.tasks.routes import (
    batch,
    board,
    card,
    evidence,
    explaining,
    feed,
    finding,
    moves,
    overview,
    protection,
    sharing,
    steering,
    table,
    talking,
    tying,
    viewers,
    writing,
)
from portal.tasks.routes.blueprint import bp

__all__ = [
    "batch",
    "board",
    "bp",
    "card",
    "evidence",
    "explaining",
    "feed",
    "finding",
    "moves",
    "overview",
    "protection",
    "sharing",
    "steering",
    "table",
    "talking",
    "tying",
    "viewers",
    "writing",
]
