"""Reading what somebody typed into a scorecard: numbers of people here, points within what there is to have."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from portal.errors import Refused
from portal.numbers import parse_number
from portal.reports.scorecard.criteria import Part, Standard
from portal.reports.scorecard.scoring import Entries, ScoredPart
from portal.text import nfc, normalise_spaces
from portal.wording import decimal

NOTE_LETTERS = 500


def entered(standard: Standard, form: Mapping[str, str]) -> Entries:
    """The entries of a form with fields `points-6a`, …. Raises Refused, naming every field that cannot be used."""
    reader = _Reader(form)
    found = {part.key: reader.entry(part) for part in standard.parts}
    if reader.faults:
        raise Refused(_("Có ô chưa đúng. Sửa các ô được đánh dấu rồi lưu."), fields=reader.faults)
    return {key: entry for key, entry in found.items() if entry}


class _Reader:
    """Reads field by field and remembers what was wrong."""

    def __init__(self, form: Mapping[str, str]) -> None:
        self._form, self.faults = form, dict[str, str]()

    def entry(self, part: Part) -> dict[str, Any]:
        """What was typed for a part."""
        names = ["points"]
        if part.is_share:
            names += ["part", "whole"]
        elif part.most is None:
            names.append("most")
        found: dict[str, Any] = {name: self._number(f"{name}-{part.key}") for name in names}
        found["note"] = self._note(f"note-{part.key}")
        self._judge(part, found)
        return {name: value for name, value in found.items() if value not in (None, "")}

    def _judge(self, part: Part, found: dict[str, Any]) -> None:
        if part.is_share:
            some, whole = found["part"], found["whole"]
            if some is not None and whole is not None and some > whole:
                self.faults[f"part-{part.key}"] = _("Tử số không lớn hơn mẫu số.")
            if whole != 0:
                found["points"] = None  # the two numbers decide
        most, points = ScoredPart(part, found).most, found["points"]
        if points is not None and most is None:
            self.faults[f"most-{part.key}"] = _("Ghi điểm tối đa của tiêu chí này.")
        elif points is not None and most is not None and points > most:
            self.faults[f"points-{part.key}"] = _("Không quá %(most)s điểm.", most=decimal(most))

    def _number(self, name: str) -> float | None:
        typed = self._form.get(name, "").strip()
        try:
            number = parse_number(typed) if typed else None
        except ValueError:
            self.faults[name] = _("Ghi bằng chữ số, ví dụ 12 hoặc 12,5.")
            return None
        if number is not None and number > 1_000_000:
            self.faults[name] = _("Số quá lớn.")
        return number

    def _note(self, name: str) -> str:
        note = normalise_spaces(nfc(self._form.get(name, "")))
        if len(note) > NOTE_LETTERS:
            self.faults[name] = _("Dài quá %(n)s chữ. Viết ngắn lại.", n=NOTE_LETTERS)
        return note
