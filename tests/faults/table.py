"""What a fault was, what came of it, and whether that is what was promised."""

from collections.abc import Iterable
from dataclasses import dataclass

_HEADS = ("fault", "what was done", "lost", "doubled", "seen", "target", "met")

#: Where a run is smaller than the design's, or its clock quicker.
OTHERWISE = """Messages, kills and targets are the design's, with leases of 3 to 4 s (quick.py), but for these:
F4 the broker is away while 1,000 letters and 12 pages go, not for ten minutes.
F7 400 letters; every 40th waits 2 s, not 60; 452 after 20 of a session.
F15 one ward.  F23 2,000 letters under way.  F26 a backup that forgets half of 1,000 letters.
One seed each (7) unless --seed names more."""


@dataclass(frozen=True)
class Verdict:
    """`done`: what was done to the product. `seen`: what else was measured, in words; `met`: as the target says."""

    done: str
    lost: int
    doubled: int
    seen: str
    target: str
    met: bool

    @property
    def holds(self) -> bool:
        """Nothing lost, nothing doubled, and the rest of the target as well."""
        return self.lost == 0 and self.doubled == 0 and self.met


def table(verdicts: Iterable[tuple[str, float, Verdict]]) -> str:
    """All faults, one a line, in columns."""
    rows = [_HEADS]
    for name, seconds, it in verdicts:
        rows.append(
            (
                name,
                it.done,
                str(it.lost),
                str(it.doubled),
                f"{it.seen} ({seconds:.0f} s)",
                it.target,
                "yes" if it.holds else "NO",
            )
        )
    widths = [max(len(row[i]) for row in rows) for i in range(len(_HEADS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
    )
