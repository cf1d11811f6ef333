"""The assignment section paragraph by paragraph: whose item it is, and which of its words are duties."""

from dataclasses import replace

from portal.plans.reading.agencies.assignments import Assignment, assignment_in
from portal.plans.reading.agencies.phrases import agency_ref
from portal.plans.reading.assignment.context import Context, Place, joint_name, make_duty
from portal.plans.reading.assignment.sentences import sentence_spans
from portal.plans.reading.assignment.wording import is_closing, nothing_asked
from portal.plans.reading.deadlines.deadline import read_deadline
from portal.plans.reading.deadlines.timeframe import Timeframe
from portal.plans.reading.duty import Duty, Skipped
from portal.plans.reading.structure.joining import Passage
from portal.plans.reading.structure.markers import BULLET, NO_MARKER
from portal.plans.reading.structure.outline import Entry

# A dated duty that names nobody ("Báo cáo kết quả trước ngày …") is everybody's.
_EVERYBODY = Assignment((agency_ref("Các cơ quan, đơn vị"),), (), "assign", "sentence", "", 0, True, False)


class AssignmentReader:
    """Reads entries one after the other; `duties` and `skipped` together hold every word of them."""

    def __init__(self, frame: Timeframe, duties: list[Duty], skipped: list[Skipped]) -> None:
        self.duties = duties
        self.skipped = skipped
        self._frame = frame
        self._contexts: list[Context] = []

    def read(self, entry: Entry, following: Entry | None) -> None:
        """Read one paragraph; `following` tells whether a list hangs on it."""
        self._leave(entry)
        if entry.marker is None and is_closing(entry.text):
            self._closing(entry)
            return
        leads_in = _leads_in(entry, following)
        assignment = assignment_in(entry.text)
        if assignment and self._accepts(entry, assignment):
            self._assigned(entry, assignment, leads_in=leads_in)
        elif entry.heading or leads_in:
            self._topic(entry)
        elif self._current and self._current.assignment:
            self._for_current(entry, self._current)
        else:
            self._unassigned(entry)

    @property
    def _current(self) -> Context | None:
        return self._contexts[-1] if self._contexts else None

    def _leave(self, entry: Entry) -> None:
        while self._contexts and self._contexts[-1].depth >= entry.depth and entry.marker:
            self._contexts.pop()
        if entry.heading and entry.marker is None:
            self._contexts.clear()

    def _accepts(self, entry: Entry, assignment: Assignment) -> bool:
        """Under an agency, a bullet opens another agency's item only when it surely names one."""
        if not (self._current and self._current.assignment):
            return assignment.form == "sentence" or assignment.known or entry.depth < NO_MARKER
        if assignment.form == "label":
            return assignment.known or entry.depth < BULLET
        return assignment.asked or (assignment.known and entry.depth < NO_MARKER)

    def _assigned(self, entry: Entry, assignment: Assignment, *, leads_in: bool) -> None:
        outer = self._current
        outer_path = outer.path if outer and outer.assignment else ()
        if outer and outer.assignment and outer.assignment.mode == "request" and not assignment.known:
            assignment = replace(assignment, mode="request")
        number = self._count(entry)
        path = (*outer_path, joint_name(assignment.leads))
        context = Context(entry.depth, entry.section, assignment, path)
        if entry.marker is None and self._current:
            context.depth = self._current.depth
            self._contexts.pop()
        self._contexts.append(context)
        body = entry.words.part(assignment.body, len(entry.text))
        if leads_in and (assignment.form == "sentence" or not body.text):
            self._skip(entry.words, "lead_in" if assignment.form == "sentence" else "heading")
        elif not body.text:
            self._skip(entry.words, "heading")
        else:
            self._sentences(entry, body, context, number)

    def _sentences(self, entry: Entry, body: Passage, context: Context, number: int) -> None:
        spans = sentence_spans(body.text)
        assert context.assignment is not None
        for position, (start, end) in enumerate(spans, start=1):
            passage = body.part(start, end)
            place = _inline_place(entry, number, position, len(spans))
            action = passage.text
            if context.assignment.form == "sentence" and position == 1:
                action = _action(passage.text, context.assignment)
            self.duties.append(
                make_duty(passage, context.assignment, place, self._frame, context.path, action=action)
            )

    def _for_current(self, entry: Entry, context: Context) -> None:
        """A paragraph under an agency: a bullet or lettered item is one duty, running text one a sentence."""
        assert context.assignment is not None
        if (reason := nothing_asked(entry.text)) and entry.marker is None:
            self._skip(entry.words, reason)
        elif entry.marker is None:
            self._sentences(entry, entry.words, context, 0)
        else:
            place = _item_place(entry, self._count(entry))
            duty = make_duty(entry.words, context.assignment, place, self._frame, context.path)
            self.duties.append(duty)

    def _topic(self, entry: Entry) -> None:
        """A heading that names no agency, with words after its colon read on their own."""
        label, colon, rest = entry.text.partition(":")
        if entry.depth < BULLET:
            self._contexts.append(Context(entry.depth, entry.section, None))
        if not rest.strip() or not colon:
            self._skip(entry.words, "heading" if entry.heading else "lead_in")
            return
        self._skip(entry.words.part(0, len(label) + 1), "heading")
        self._loose_sentences(entry, entry.words.part(len(label) + 1, len(entry.text)))

    def _closing(self, entry: Entry) -> None:
        self._contexts.clear()
        self._loose_sentences(entry, entry.words, only_dated=True)

    def _unassigned(self, entry: Entry) -> None:
        self._loose_sentences(entry, entry.words)

    def _loose_sentences(self, entry: Entry, words: Passage, *, only_dated: bool = False) -> None:
        """Sentences outside any agency's item: kept when they name somebody or state a date."""
        last: Assignment | None = None
        spans = sentence_spans(words.text)
        for position, (start, end) in enumerate(spans, start=1):
            passage = words.part(start, end)
            named = assignment_in(passage.text)
            named = named if named and named.form == "sentence" else None
            dated = read_deadline(passage.text, self._frame)[0].date is not None
            generic = nothing_asked(passage.text) if entry.marker is None or only_dated else None
            if not dated and (only_dated or generic or not named):
                self._skip(passage, "closing" if only_dated else generic or "no_agency")
                continue
            last = named or last or _EVERYBODY
            self._loose_duty(entry, passage, last, named is not None, (position, len(spans)))

    def _loose_duty(
        self, entry: Entry, passage: Passage, assignment: Assignment, named: bool, position: tuple[int, int]
    ) -> None:
        place = _inline_place(entry, 0, *position)
        action = _action(passage.text, assignment) if named else None
        path = (joint_name(assignment.leads),)
        certainty = 0.9 if named else 0.6
        duty = make_duty(passage, assignment, place, self._frame, path, action=action, certainty=certainty)
        if not named:
            duty = replace(duty, confidence={**duty.confidence, "agency": 0.4})
        self.duties.append(duty)

    def _count(self, entry: Entry) -> int:
        """Number bullets and letters within the item they hang on."""
        if entry.depth < BULLET or self._current is None:
            return 0
        owner = self._current
        owner.numbers[entry.depth] = owner.numbers.get(entry.depth, 0) + 1
        return owner.numbers[entry.depth]

    def _skip(self, passage: Passage, reason: str) -> None:
        for index, (paragraph, _, _) in enumerate(passage.pieces):
            self.skipped.append(Skipped(paragraph, passage.text if index == 0 else "", reason))


def _leads_in(entry: Entry, following: Entry | None) -> bool:
    if following is None or not entry.text.rstrip().endswith(":"):
        return False
    return following.depth > entry.depth or (entry.marker is None and following.marker is not None)


def _action(text: str, assignment: Assignment) -> str:
    """Return the words after the agency's name in a sentence that opens with it."""
    position = text.find(assignment.written)
    return text[position + len(assignment.written) :].strip(" ,") if position >= 0 else text


def _item_place(entry: Entry, number: int) -> Place:
    if entry.depth < BULLET:
        return Place(entry.section, f"{entry.section}/p", "inline", f"Mục {entry.section}")
    locator = f"Mục {entry.section}, gạch đầu dòng {number}"
    return Place(entry.section, f"{entry.section}/{number}", "bullet", locator)


def _inline_place(entry: Entry, number: int, position: int, count: int) -> Place:
    bullet = entry.depth >= BULLET and entry.marker is not None
    shape = ("labelled_bullet" if bullet else "inline") + ("_sentence" if count > 1 else "")
    locator = f"Mục {entry.section}" if entry.section else "Phần kết"
    locator += f", gạch đầu dòng {number}" if bullet else ""
    locator += f", câu {position}" if count > 1 else ""
    return Place(entry.section, f"{entry.section}/{number if bullet else 'p'}", shape, locator)
