"""After any history of a board the published figures are those of counting afresh, correct to the card."""

from datetime import date, datetime, timedelta

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.db import db, keep, session_as
from portal.rollups.figures import Figures
from portal.rollups.publishing import publish_changed
from portal.rollups.queries import corrections, figures_by_kind, figures_on
from portal.tasks.card import Card
from portal.tasks.commenting import block
from portal.tasks.dating import set_due
from portal.tasks.doer import SYSTEM
from portal.tasks.moving import accept, move_to
from portal.tasks.state import State, move_between
from portal.tasks.timeliness import bucket, last_day
from portal.tenants.boundary import inside_ward
from portal.tenants.overseeing import enter_wards
from portal.wording import local_day
from tests.cast import Cast
from tests.city import Snapshot
from tests.rollups.boards import give

BEGIN = datetime.fromisoformat("2026-03-10T02:00:00+00:00")
CLOSE = date(2026, 3, 14)

STEPS = st.one_of(
    st.tuples(st.just("give"), st.integers(0, 1), st.none() | st.integers(-2, 8)),
    # Three times as likely as the others: states are what most figures are made of.
    *[st.tuples(st.just("move"), st.integers(0, 9), st.integers(0, 9))] * 3,
    st.tuples(st.just("date"), st.integers(0, 9), st.integers(-2, 12)),
    st.tuples(st.just("accept"), st.integers(0, 9), st.none()),
    st.tuples(st.just("block"), st.integers(0, 9), st.sampled_from(["Thiếu kinh phí", ""])),
    st.tuples(st.just("publish"), st.none(), st.none()),
    st.tuples(st.just("wait"), st.integers(1, 20), st.none()),
)
HISTORIES = st.lists(STEPS, min_size=4, max_size=14)


class _Board:
    """Carries out a history by the real acts, at the moment it has come to."""

    def __init__(self, app: Flask, cast: Cast) -> None:
        self.app, self.cast, self.now = app, cast, BEGIN
        self.frozen: dict[str, Figures] | None = None

    def do(self, step: tuple[str, object, object]) -> None:
        kind, which, what = step
        if kind == "wait":
            self.now += timedelta(hours=int(str(which)))
        elif kind == "publish":
            self.publish()
        elif kind == "give":
            due = None if what is None else local_day(self.now) + timedelta(days=int(str(what)))
            agency = (self.cast.police, self.cast.schools)[int(str(which))]
            give(self.app, self.cast.north, agency, due, now=self.now)
        else:
            self._change(kind, int(str(which)), what)

    def publish(self) -> None:
        with self.app.app_context():
            assert publish_changed(self.now) == []
        if self.frozen is None and local_day(self.now) > CLOSE:
            self.frozen = self.ask(lambda city, ids: figures_by_kind(city, ids, period_end=CLOSE))

    def _change(self, kind: str, which: int, what: object) -> None:
        with self.app.app_context(), inside_ward(self.cast.north):
            cards = db.session.query(Card).order_by(Card.number).all()
            if not cards:
                return
            card = cards[which % len(cards)]
            if kind == "move":
                allowed = [one for one in State if move_between(card.standing, one)]
                move_to(card, allowed[int(str(what)) % len(allowed)], SYSTEM, self.now, reason="thử")
            elif kind == "accept":
                accept(card, SYSTEM, self.now)
            elif kind == "block":
                block(card, str(what), SYSTEM, self.now)
            else:
                set_due(card, local_day(self.now) + timedelta(days=int(str(what))), SYSTEM, self.now)
            keep()

    def ask(self, question):  # type: ignore[no-untyped-def]
        with self.app.app_context():
            city = session_as("city")
            enter_wards(city, [self.cast.north])
            return question(city, [self.cast.north]).get(self.cast.north, {})

    def cards(self) -> list[tuple[str, Card]]:
        kinds = {self.cast.police: "congan", self.cast.schools: "truong"}
        with self.app.app_context(), inside_ward(self.cast.north):
            return [(kinds[card.agency_id], card) for card in db.session.query(Card) if card.agency_id]


def _now(board: _Board) -> dict[str, Figures]:
    today, found = local_day(board.now), dict[str, Figures]()
    for kind, card in board.cards():
        where = bucket(card.standing, card.due_on, card.due_exclusive, card.submitted_on, today)
        if where is not None:
            answered = card.accepted_at is not None
            one = Figures(
                **{where.value: 1},
                awaiting_approval=card.standing is State.REVIEW,
                without_date=card.due_on is None,
                extensions=card.extensions,
                with_evidence=card.evidence_count > 0,
                not_accepted=card.standing is State.TODO and not answered,
                blocked=bool(card.blocked_why) and card.standing is not State.DONE,
                answered=answered,
                answer_minutes=(card.accepted_at - card.assigned_at) // timedelta(minutes=1)
                if card.accepted_at and card.assigned_at
                else 0,
            )
            found[kind] = Figures.together([found.get(kind, Figures()), one])
    return found


def _at_close(board: _Board) -> dict[str, list[int]]:
    """The four counts at the end of the day of the close, told from the cards' own moments, one by one."""
    found: dict[str, list[int]] = {}
    for kind, card in board.cards():
        closed = card.closed_at is None or local_day(card.closed_at) <= CLOSE
        given = card.assigned_at is not None and local_day(card.assigned_at) <= CLOSE
        if not given or (card.standing is State.CANCELLED and closed):
            continue
        done = card.standing is State.DONE and closed
        handed_in = card.submitted_on is not None and card.submitted_on <= CLOSE
        judged = card.submitted_on if handed_in and card.standing in {State.REVIEW, State.DONE} else CLOSE
        late = card.due_on is not None and judged is not None and judged > last_day(card.due_on, False)
        where = 2 * (not done) + late
        found.setdefault(kind, [0, 0, 0, 0])[where] += 1
    return found


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(before=HISTORIES, after=HISTORIES)
def test_after_any_history_what_is_published_is_what_counting_afresh_gives(
    app: Flask,
    cast: Cast,
    behind_the_wall: Snapshot,
    before: list[tuple[str, object, object]],
    after: list[tuple[str, object, object]],
) -> None:
    behind_the_wall.restore()
    board = _Board(app, cast)
    give(app, cast.north, cast.police, CLOSE, CLOSE - timedelta(days=2), CLOSE + timedelta(days=9), now=BEGIN)
    board.publish()
    for step in before:
        board.do(step)
    _check_the_board(board)
    board.now = max(board.now, BEGIN + timedelta(days=5))
    board.publish()
    for step in after:
        board.do(step)
    _check_the_board(board)
    board.now += timedelta(days=1)
    board.publish()
    _check_the_closed_period(board)


def _check_the_board(board: _Board) -> None:
    board.publish()
    now, today = _now(board), local_day(board.now)
    assert board.ask(figures_by_kind) == now
    history = board.ask(lambda city, ids: figures_on(city, ids, [today]))
    assert history == {today: Figures.together(now.values()) if now else Figures()}


def _check_the_closed_period(board: _Board) -> None:
    """What was frozen is as it was, and with its corrections it is how the cards say that the day ended."""
    frozen = board.ask(lambda city, ids: figures_by_kind(city, ids, period_end=CLOSE))
    assert frozen == board.frozen
    now = {kind: list(figures[:4]) for kind, figures in frozen.items()}
    with board.app.app_context():
        city = session_as("city")
        enter_wards(city, [board.cast.north])
        for correction in corrections(city, [board.cast.north], CLOSE):
            assert correction.frozen[:5] != correction.now[:5]
            now[correction.agency_kind] = list(correction.now[:4])
    assert {kind: four for kind, four in now.items() if any(four)} == _at_close(board)
