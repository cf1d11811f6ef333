"""Where a duty stands: its block in the section, and the words that lead a person to it."""

from dataclasses import dataclass, field

from portal.plans.reading.structure.markers import BULLET
from portal.plans.reading.structure.outline import Entry


@dataclass(frozen=True)
class Place:
    """A duty's section, the number of its block there, what kind of block it is, and how to find it."""

    section: str
    block: str
    shape: str
    locator: str


@dataclass
class Tally:
    """Counts the bullets of one item, and the "+" below each."""

    bullets: int = 0
    pluses: int = 0
    base: int = 0
    seen: dict[int, str] = field(default_factory=dict)

    def count(self, entry: Entry) -> str:
        """Return the number of a bullet ("2") or of a "+" below it ("2.1"); "" for other paragraphs."""
        if entry.marker is None or entry.depth < BULLET:
            return ""
        if entry.paragraph.index not in self.seen:
            self.seen[entry.paragraph.index] = self._next(entry)
        return self.seen[entry.paragraph.index]

    def _next(self, entry: Entry) -> str:
        self.base = self.base or entry.depth
        if entry.depth > self.base:
            self.pluses += 1
            return f"{self.bullets}.{self.pluses}"
        self.bullets, self.pluses = self.bullets + 1, 0
        return str(self.bullets)


def place_of(entry: Entry, number: str, sentence: tuple[int, int] | None = None) -> Place:
    """Return the place of a whole paragraph, or of one `sentence` (its position, how many there are)."""
    many = sentence is not None and sentence[1] > 1
    locator = section_name(entry.section)
    bullet, _, plus = number.partition(".")
    locator += f", gạch đầu dòng {bullet}" if bullet else ""
    locator += f", ý {plus}" if plus else ""
    locator += f", câu {sentence[0]}" if sentence and many else ""
    shape = _shape(bool(number), labelled=sentence is not None)
    return Place(
        entry.section, f"{entry.section}/{number or 'p'}", shape + ("_sentence" if many else ""), locator
    )


def section_name(section: str) -> str:
    """Return a section path as people say it: "Mục IV.1", "Phần 3, mục 1", "Phụ lục"."""
    first, _, rest = section.partition(".")
    if first.startswith("P") and first[1:]:
        named = "Phụ lục" if first == "PL" else f"Phần {first[1:]}"
        return f"{named}, mục {rest}" if rest else named
    return f"Mục {section}" if section else "Phần cuối"


def _shape(bullet: bool, *, labelled: bool) -> str:
    if not bullet:
        return "inline"
    return "labelled_bullet" if labelled else "bullet"
