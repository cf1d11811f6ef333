"""One measured figure, judged against what was promised, and the table of all of them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

_HEADS = ("", "floor", "ours", "ratio", "target", "")


@dataclass(frozen=True)
class Figure:
    """`measured` in `unit`. With a `floor` the ratio is judged, without one the figure; without a `limit`, neither."""

    what: str
    measured: float
    unit: str
    limit: float | None = None
    floor: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours over the floor of the same run."""
        return self.measured / self.floor if self.floor else None

    @property
    def verdict(self) -> str:
        """`ok`, `over`, or nothing where nothing was promised."""
        if self.limit is None:
            return ""
        judged = self.ratio if self.ratio is not None else self.measured
        return "ok" if judged <= self.limit else "over"

    def as_row(self) -> tuple[str, ...]:
        """What the table prints."""
        return (
            self.what,
            f"{_short(self.floor)} {self.unit}" if self.floor is not None else "",
            f"{_short(self.measured)} {self.unit}",
            f"{self.ratio:.2f}" if self.ratio is not None else "",
            f"≤ {_short(self.limit)}{' ×' if self.floor else ''}" if self.limit is not None else "",
            self.verdict,
        )

    def as_json(self) -> dict[str, object]:
        """The same for a program."""
        return {**asdict(self), "ratio": self.ratio, "verdict": self.verdict}


def table(figures: Iterable[Figure]) -> str:
    """All figures, one a line, in columns."""
    rows = [_HEADS, *(figure.as_row() for figure in figures)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(_HEADS))]
    return "\n".join(
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))]
        )
        for row in rows
    )


def _short(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
