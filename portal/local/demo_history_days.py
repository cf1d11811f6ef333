"""What a ward of the simulation does on a day: agencies work on their cards, leaders decide, figures are entered."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from portal.local.demo import COORDINATOR, LEADER
from portal.local.demo_year import workers_of_agencies
from portal.plans.appointing import Choice, appoint, seats
from portal.plans.course import Course, Entry
from portal.plans.entering import Figures, enter
from portal.plans.measuring import Measure
from portal.plans.plan import Plan
from portal.plans.reading_queries import measurable, readings_of
from portal.plans.reporter import Reporter
from portal.tasks.card import Card
from portal.tasks.commenting import block
from portal.tasks.dating import answer_extension, ask_extension
from portal.tasks.doer import Doer
from portal.tasks.moving import accept, move_to
from portal.tasks.queries import counted_cards
from portal.tasks.state import CLOSED, State
from portal.tenants.periods import Rhythm
from portal.tenants.queries import agencies
from portal.wording import local_day

_LEADER, _COORDINATOR = Doer(None, LEADER), Doer(None, COORDINATOR)

_RHYTHMS = (Rhythm.MONTH, Rhythm.QUARTER, Rhythm.HALF)

#: Acts on a working day, as often as they stand here; of a hundred figures so many are left out or put right later.
_ACTS, _LEFT_OUT, _CORRECTED = (0, 0, 1, 1, 1, 2), 8, 12


@dataclass
class WardYear:
    """The simulated half-year of the entered ward. `due`: figures to enter by the day on which somebody does."""

    chance: random.Random
    due: dict[date, list[tuple[Reporter, Entry, Figures]]] = field(
        default_factory=lambda: defaultdict[date, list[tuple[Reporter, Entry, Figures]]](list)
    )

    @classmethod
    def begin(cls, plan: Plan, chance: random.Random, begun: datetime, until: datetime) -> "WardYear":
        """Settle who reports what, and when each figure will come."""
        year = cls(chance)
        found = seats(plan, agencies())
        choices = {one.indicator.id: Choice(one.agency_id, chance.choice(_RHYTHMS)) for one in found}
        appoint(plan, choices, COORDINATOR, begun, since=local_day(begun))
        for _target, indicator, reporter in measurable([plan.id]):
            if reporter is not None:
                known = readings_of([reporter.id])[reporter.id]
                year._plan_figures(
                    Course.of(Measure.of(indicator), reporter, known, local_day(until)), reporter
                )
        return year

    def _plan_figures(self, course: Course, reporter: Reporter) -> None:
        whole = self.chance.randint(12, 60) if reporter.sensitive else self.chance.randint(180, 1400)
        for entry in course.entries:
            whole += self.chance.randint(0, 9)
            part = (
                self.chance.randint(0, 9)
                if reporter.sensitive
                else round(whole * self.chance.uniform(0.8, 1))
            )
            if self.chance.randrange(100) < _LEFT_OUT:
                continue
            day = entry.period.due + timedelta(days=self.chance.randint(-4, 3))
            total = float(whole) if course.measure.needs_whole else None
            self.due[day].append((reporter, entry, Figures(part, total)))
            if self.chance.randrange(100) < _CORRECTED:
                self.due[day + timedelta(days=9)].append((reporter, entry, Figures(part + 1, total)))

    def work(self, now: datetime) -> None:
        """One day."""
        today = local_day(now)
        for reporter, entry, figures in self.due.get(today, []):
            _enter(reporter, entry, figures, now)
        if today.weekday() >= 5:
            return
        cards = [card for card in counted_cards() if not card.shared_total]
        workers = workers_of_agencies()
        for _each in range(self.chance.choice(_ACTS)):
            card = self.chance.choice(cards)
            self._act(card, workers.get(card.agency_id, _COORDINATOR), now)

    def _act(self, card: Card, worker: Doer, now: datetime) -> None:
        luck = self.chance.random()
        if card.asked_due_on is not None:
            answer_extension(card, luck < 0.8, _LEADER, now)
        elif card.standing is State.REVIEW:
            self._decide(card, luck, now)
        elif card.standing is State.DONE and luck < 0.03:
            move_to(card, State.REVIEW, _LEADER, now)
        elif card.standing is State.TODO and luck < 0.5:
            accept(card, worker, now)
        elif card.standing in {State.TODO, State.RETURNED, State.DOING}:
            self._go_on(card, luck, worker, now)

    def _decide(self, card: Card, luck: float, now: datetime) -> None:
        if luck < 0.85:
            move_to(card, State.DONE, _LEADER, now)
        else:
            move_to(card, State.RETURNED, _LEADER, now, reason="Bổ sung số liệu của hai tổ dân phố")

    def _go_on(self, card: Card, luck: float, worker: Doer, now: datetime) -> None:
        if luck < 0.08:
            block(card, "Chưa có kinh phí in tài liệu", worker, now)
        elif luck < 0.18 and card.due_on is not None and card.standing is not State.RETURNED:
            ask_extension(card, card.due_on + timedelta(days=14), worker, now, why="Chờ tổ 9 rà soát xong")
        elif luck < 0.2 and card.standing not in CLOSED:
            move_to(card, State.CANCELLED, _COORDINATOR, now, reason="Trùng với việc đã giao")
        elif card.standing is State.DOING or luck < 0.6:
            move_to(card, State.REVIEW, worker, now, result="Đã thực hiện ở 12/12 tổ dân phố.")
        else:
            move_to(card, State.DOING, worker, now)


def _enter(reporter: Reporter, entry: Entry, figures: Figures, now: datetime) -> None:
    """By whoever the product would let do it; a correction replaces what stands."""
    standing = next(
        (
            one
            for one in readings_of([reporter.id])[reporter.id]
            if one.period_end == entry.period.end and one.replaced_at is None
        ),
        None,
    )
    enter(reporter, Entry(entry.period, entry.measure, standing), figures, _COORDINATOR, now)
