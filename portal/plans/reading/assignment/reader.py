"""The assignment section paragraph by paragraph: whose item it is, and which of its words are duties."""

import re
from dataclasses import replace

from portal.plans.reading.agencies.assignments import Assignment, assignment_in
from portal.plans.reading.agencies.names import agency_ref
from portal.plans.reading.agencies.wording import opens_with
from portal.plans.reading.assignment.context import Context, joint_name, make_duty
from portal.plans.reading.assignment.loose import LooseReader, skipped_passage
from portal.plans.reading.assignment.places import Tally, place_of
from portal.plans.reading.assignment.sentences import sentence_spans
from portal.plans.reading.assignment.wording import is_closing, nothing_asked
from portal.plans.reading.deadlines.timeframe import Timeframe
from portal.plans.reading.duty import Duty, Skipped
from portal.plans.reading.structure.joining import Passage
from portal.plans.reading.structure.markers import BULLET, NO_MARKER
from portal.plans.reading.structure.outline import Entry
from portal.plans.reading.structure.roles import role_of_heading
from portal.text import spelling

_WORD = re.compile(r"[^\W\d_]")
_LONGEST_NAME = 10
# "Riêng:", "Trong đó:" behind a duty, before a list.
_BARE_LEAD_IN = re.compile(r"^(?:\S+\s+){0,3}\S+\s*:$")
_TOPIC = re.compile(r"^(?:\S+\s+){0,9}\S+:\s+(?=\S)")


class AssignmentReader:
    """Reads entries one after the other; `duties` and `skipped` together hold every word of them."""

    def __init__(self, frame: Timeframe, duties: list[Duty], skipped: list[Skipped]) -> None:
        self._duties = duties
        self._skipped = skipped
        self._frame = frame
        self._loose = LooseReader(frame, duties, skipped)
        self._contexts: list[Context] = []
        self._tally = Tally()
        self._agency_depths: set[int] = set()

    def read(self, entry: Entry, following: Entry | None) -> None:
        """Read one paragraph; `following` tells whether a list hangs on it."""
        self._leave(entry)
        if not _WORD.search(entry.text):
            self._skip(entry.words, "note")
            return
        number = self._tally.count(entry)
        if entry.marker is None and is_closing(entry.text):
            self._contexts.clear()
            entry.section = entry.section.partition(".")[0]
            self._loose.read(entry, entry.words, number, only_dated=True)
            return
        leads_in = _leads_in(entry, following)
        assignment = assignment_in(entry.text, numbered=entry.depth < BULLET) or self._like_its_siblings(
            entry
        )
        if assignment and self._accepts(entry, assignment):
            self._assigned(entry, assignment, number, leads_in=leads_in)
        elif entry.heading or leads_in:
            self._topic(entry, number)
        elif self._current and self._current.assignment:
            self._for_current(entry, self._current, number)
        else:
            self._unassigned(entry, number)

    @property
    def _current(self) -> Context | None:
        return self._contexts[-1] if self._contexts else None

    def _leave(self, entry: Entry) -> None:
        """Close the items this paragraph does not belong to; bullets are counted anew in each item."""
        while self._contexts and self._contexts[-1].depth >= entry.depth and entry.marker:
            self._contexts.pop()
        if entry.heading and entry.marker is None:
            self._contexts.clear()
        if entry.marker and entry.depth < BULLET:
            self._tally = Tally()

    def _accepts(self, entry: Entry, assignment: Assignment) -> bool:
        """Under an agency, a bullet opens another agency's item only when it surely names one."""
        if not (self._current and self._current.assignment):
            named = assignment.known or entry.depth < NO_MARKER
            return assignment.form == "sentence" or named or assignment.body < len(entry.text)
        if assignment.form == "label":
            return assignment.known or entry.depth < BULLET
        among_equals = entry.depth < NO_MARKER or self._current.depth == NO_MARKER
        # "Phân công cộng tác viên theo dõi …" is what this agency does with its own people.
        known = any(ref.code for ref in assignment.leads) or _is_everybody(self._current.assignment)
        handed_on = assignment.asked and (entry.depth < BULLET or known)
        return handed_on or (assignment.known and (among_equals or _is_everybody(assignment)))

    def _like_its_siblings(self, entry: Entry) -> Assignment | None:
        """A short heading or label among those of agencies is an agency too, though no word of it is known."""
        if entry.depth not in self._agency_depths:
            return None
        label, colon, duty = entry.text.partition(":")
        if not (entry.heading or (colon and duty.strip() and label[:1].isupper())):
            return None
        words = label.strip(" .:")
        topic = role_of_heading(words) or opens_with(spelling(words).split()[:4]) == "verb"
        if topic or (entry.heading and duty.strip()) or not 0 < len(words.split()) <= _LONGEST_NAME:
            return None
        body = len(label) + len(colon)
        return Assignment((agency_ref(words),), (), "assign", "label", words, body, False, False)

    def _assigned(self, entry: Entry, assignment: Assignment, number: str, *, leads_in: bool) -> None:
        context = self._opened(entry, assignment)
        if (
            assignment.known
            and assignment.form == "label"
            and (entry.depth < BULLET or not self._within(context))
        ):
            self._agency_depths.add(entry.depth)
        body = entry.words.part(assignment.body, len(entry.text))
        if leads_in and (assignment.form == "sentence" or not body.text):
            self._skip(entry.words, "lead_in" if assignment.form == "sentence" else "heading")
        elif not body.text:
            self._skip(entry.words, "heading")
        else:
            self._sentences(entry, body, context, number)

    def _within(self, context: Context) -> bool:
        """Whether the item stands within another agency's item."""
        return any(outer.assignment for outer in self._contexts if outer is not context)

    def _opened(self, entry: Entry, assignment: Assignment) -> Context:
        """Return the item this paragraph opens, within the item around it."""
        if entry.marker is None and _is_everybody(assignment):
            self._contexts.clear()
        outer = self._current
        path: tuple[str, ...] = ()
        if outer and outer.assignment:
            path = outer.path
            if outer.assignment.mode == "request" and not assignment.known:
                assignment = replace(assignment, mode="request")
        depth = entry.depth
        if entry.marker is None and outer:
            depth, path = outer.depth, outer.path[:-1]
            self._contexts.pop()
        context = Context(depth, entry.section, assignment, (*path, joint_name(assignment.leads)))
        self._contexts.append(context)
        return context

    def _sentences(self, entry: Entry, body: Passage, opened: Context, number: str) -> None:
        spans = sentence_spans(body.text)
        for position, (start, end) in enumerate(spans, start=1):
            passage = body.part(start, end)
            if _BARE_LEAD_IN.match(passage.text):
                self._skip(passage, "lead_in")
                continue
            action = passage.text
            context = self._asked_besides(passage.text, opened) if position > 1 else opened
            assert context.assignment is not None
            if context.assignment.form == "sentence" and (position == 1 or context is not opened):
                action = passage.text[context.assignment.action :].strip(" ,")
            place = place_of(entry, number, (position, len(spans)))
            duty = make_duty(passage, context.assignment, place, self._frame, context.path, action=action)
            self._duties.append(duty)

    def _asked_besides(self, sentence: str, context: Context) -> Context:
        """Return the context of a later sentence: it may ask others ("… Đề nghị Hội Phụ nữ …")."""
        asked = assignment_in(sentence)
        if asked is None or not (asked.asked and asked.known and asked.form == "sentence"):
            return context
        return replace(context, assignment=asked, path=(*context.path[:-1], joint_name(asked.leads)))

    def _for_current(self, entry: Entry, context: Context, number: str) -> None:
        """A paragraph under an agency: a bullet or lettered item is one duty, running text one a sentence."""
        assert context.assignment is not None
        if (reason := nothing_asked(entry.text)) and entry.marker is None:
            self._skip(entry.words, reason)
        elif entry.marker is None:
            self._sentences(entry, entry.words, context, "")
        else:
            place = place_of(entry, number)
            duty = make_duty(entry.words, context.assignment, place, self._frame, context.path)
            self._duties.append(duty)

    def _topic(self, entry: Entry, number: str) -> None:
        """A heading that names no agency, with words after its colon read on their own."""
        if entry.depth < BULLET:
            self._contexts.append(Context(entry.depth, entry.section, None))
        if not _TOPIC.match(entry.text):
            self._skip(entry.words, "heading" if entry.heading else "lead_in")
            return
        self._unassigned(entry, number)

    def _unassigned(self, entry: Entry, number: str) -> None:
        """Words in nobody's item; a topic before a colon ("Chế độ báo cáo: …") is no part of the duty."""
        topic = _TOPIC.match(entry.text) if entry.marker and entry.depth < BULLET else None
        if topic is None:
            self._loose.read(entry, entry.words, number)
            return
        self._skip(entry.words.part(0, topic.end()), "heading")
        self._loose.read(entry, entry.words.part(topic.end(), len(entry.text)), number)

    def _skip(self, passage: Passage, reason: str) -> None:
        self._skipped += skipped_passage(passage, reason)


def _is_everybody(assignment: Assignment) -> bool:
    return all(ref.code == "collective_all" for ref in assignment.leads)


def _leads_in(entry: Entry, following: Entry | None) -> bool:
    if following is None:
        return False
    if entry.heading and entry.marker and not entry.text.rstrip().endswith((".", ";")):
        return following.marker is not None and following.depth > entry.depth
    if not entry.text.rstrip().endswith(":"):
        return False
    return following.depth > entry.depth or (entry.marker is None and following.marker is not None)
