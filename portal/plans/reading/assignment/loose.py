"""Duties outside any agency's item: named in the sentence itself, in brackets behind it, or nobody's but dated."""

import re
from dataclasses import replace

from portal.plans.reading.agencies.assignments import Assignment, assignment_in
from portal.plans.reading.agencies.names import agency_ref
from portal.plans.reading.assignment.context import joint_name, make_duty
from portal.plans.reading.assignment.lead_cells import lead_and_supporting, mode_for
from portal.plans.reading.assignment.places import place_of
from portal.plans.reading.assignment.sentences import sentence_spans
from portal.plans.reading.assignment.wording import is_closing, nothing_asked, without_own_name
from portal.plans.reading.deadlines.deadline import read_deadline
from portal.plans.reading.deadlines.timeframe import Timeframe
from portal.plans.reading.duty import Duty, Skipped
from portal.plans.reading.structure.joining import Passage
from portal.plans.reading.structure.outline import Entry

# A dated duty that names nobody ("Báo cáo kết quả trước ngày …") is everybody's.
_EVERYBODY = Assignment((agency_ref("Các cơ quan, đơn vị"),), (), "assign", "sentence", "", 0, True, False)
_BEHIND = re.compile(
    r"(?i)[(;.,]\s*(?:(?:đơn vị|cơ quan|bộ phận)\s+)?(?:chủ trì|thực hiện|phụ trách|phân công|giao|trách nhiệm)"
    r"(?:\s+thực hiện)?\s*:\s*(?P<who>[^()]{3,160}?)\s*\)?\s*[.;]?$"
    r"|\((?P<lead>[^():]{3,120}?)\s+(?:chủ trì|thực hiện|phụ trách)(?P<rest>[^()]{0,120})\)\s*[.;]?$"
)


def named_behind(text: str) -> Assignment | None:
    """Return the assignment behind a duty: "… (Công an phường chủ trì)", "… Đơn vị thực hiện: Trạm Y tế."."""
    match = _BEHIND.search(text)
    if match is None:
        return None
    written = match["who"] or f"{match['lead']}{match['rest']}"
    leads, supporting = lead_and_supporting(written)
    if not leads or not all(ref.code for ref in leads):
        return None
    return Assignment(leads, supporting, mode_for(leads), "label", written, 0, True, False)


class LooseReader:
    """Reads sentences that stand in nobody's item."""

    def __init__(self, frame: Timeframe, duties: list[Duty], skipped: list[Skipped]) -> None:
        self._frame = frame
        self._duties = duties
        self._skipped = skipped

    def read(self, entry: Entry, words: Passage, number: str, *, only_dated: bool = False) -> None:
        """Keep the sentences that name somebody or state a date; skip the others with a reason."""
        last: Assignment | None = None
        spans = sentence_spans(words.text)
        for position, (start, end) in enumerate(spans, start=1):
            passage = words.part(start, end)
            named = self._named(passage.text)
            reason = self._reason(entry, passage.text, named, only_dated=only_dated)
            if reason:
                self._skip(passage, reason)
                continue
            last = named or last or _EVERYBODY
            self._keep(entry, passage, last, (position, len(spans)), number, named=named is not None)

    def hidden(self, entry: Entry, *, dated_too: bool) -> None:
        """Keep only what is plainly a duty in a section that gives no work away (funding, reporting, …)."""
        spans = sentence_spans(entry.text)
        for position, (start, end) in enumerate(spans, start=1):
            passage = entry.words.part(start, end)
            named = self._named(passage.text)
            dated = self._is_dated(passage.text)
            plain = named is not None and named.known and (named.asked or named.form == "label" or dated)
            empty = nothing_asked(passage.text) is not None
            if (plain and (dated or not empty)) or (dated_too and dated and not empty):
                chosen = named or _EVERYBODY
                self._keep(entry, passage, chosen, (position, len(spans)), "", named=named is not None)

    def _named(self, text: str) -> Assignment | None:
        named = assignment_in(text)
        return named if named and named.form == "sentence" else named_behind(text)

    def _is_dated(self, text: str) -> bool:
        return read_deadline(without_own_name(text), self._frame)[0].date is not None

    def _reason(self, entry: Entry, text: str, named: Assignment | None, *, only_dated: bool) -> str | None:
        if self._is_dated(text):
            return None
        if only_dated:
            return "closing"
        if named and entry.marker:
            return None
        return nothing_asked(text) or (None if named else "no_agency")

    def _keep(
        self,
        entry: Entry,
        passage: Passage,
        assignment: Assignment,
        sentence: tuple[int, int],
        number: str,
        *,
        named: bool,
    ) -> None:
        action = passage.text[assignment.action :].strip(" ,") if assignment.form == "sentence" else None
        if ";" in passage.text and is_closing(passage.text):
            # What a farewell asks stands last: "…, đề nghị các đơn vị thực hiện; gửi báo cáo trước ngày …".
            action = passage.text.rpartition(";")[2].strip() or action
        certainty = 0.9 if named else 0.6
        path = (joint_name(assignment.leads),)
        place = place_of(entry, number, sentence)
        duty = make_duty(passage, assignment, place, self._frame, path, action=action, certainty=certainty)
        self._duties.append(duty if named else replace(duty, confidence={**duty.confidence, "agency": 0.4}))

    def _skip(self, passage: Passage, reason: str) -> None:
        self._skipped += skipped_passage(passage, reason)


def skipped_passage(passage: Passage, reason: str) -> list[Skipped]:
    """Return a passage as skipped, once for each paragraph it lies on."""
    paragraphs = [paragraph for paragraph, _, _ in passage.pieces]
    return [Skipped(p, passage.text if p == paragraphs[0] else "", reason) for p in paragraphs]
