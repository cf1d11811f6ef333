"""Random acts of random people, in any order, with any words: what a card says of itself stays true."""

import io
import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.rows import dict_row

from portal.tasks.state import CLOSED, State
from tests.cards import CardMaker
from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.tasks.pictures import PDF

PEOPLE = (
    "alice@north.example",
    "lan@north.example",
    "bob@north.example",
    "mai@north.example",
    "vy@north.example",
)
WORDS = st.sampled_from(["", " ", "Tổ 1", "Tổ 2", "Vì mưa lũ", "Ho\u0300a", "x" * 5000])
#: By place in PEOPLE: those who get furthest try most.
WHO = st.sampled_from([0, 0, 1, 1, 2, 2, 2, 2, 3, 4])
DAYS = st.sampled_from(["", "24/5/2030", "24/7/2030", "1/6/2031", "31/4", "1/1/2029"])
WARD_ACTS = st.one_of(
    st.tuples(
        st.just("state"),
        st.fixed_dictionaries(
            {"state": st.sampled_from([state.value for state in State]), "reason": WORDS, "result": WORDS},
            optional={"version": st.sampled_from(["1", "2", "9"])},
        ),
    ),
    st.tuples(st.just("acceptance"), st.just({})),
    st.tuples(st.just("undo"), st.just({"event": "latest"})),
    st.tuples(st.just("comments"), st.fixed_dictionaries({"text": WORDS})),
    st.tuples(st.just("checks"), st.fixed_dictionaries({"text": WORDS})),
    st.tuples(st.just("checks/any"), st.fixed_dictionaries({"done": st.sampled_from(["0", "1"])})),
    st.tuples(st.just("obstacle"), st.fixed_dictionaries({"why": WORDS})),
    st.tuples(st.just("due"), st.fixed_dictionaries({"due_on": DAYS, "why": WORDS})),
    st.tuples(st.just("extension"), st.fixed_dictionaries({"due_on": DAYS, "why": WORDS})),
    st.tuples(st.just("extension/decision"), st.fixed_dictionaries({"granted": st.sampled_from(["0", "1"])})),
    st.tuples(
        st.just("assignment"),
        st.fixed_dictionaries(
            {"agency": st.sampled_from(["police", "schools", ""])},
            optional={"supporting": st.sampled_from(["police", "schools"])},
        ),
    ),
    st.tuples(st.just("title"), st.fixed_dictionaries({"title": WORDS})),
    st.tuples(st.just("evidence"), st.fixed_dictionaries({"files": st.sampled_from(["a", "b", "bad"])})),
    st.tuples(st.just("evidence/any/removal"), st.just({})),
)


class Walk:
    """One card, the people around it, and what its rows must say after every step."""

    def __init__(self, people: list[Browser], number: int, cast: Cast, behind: Snapshot) -> None:
        self.people, self.number, self.behind = people, number, behind
        self._agencies = {"police": str(cast.police), "schools": str(cast.schools), "": ""}
        self.card = self.look()

    def look(self) -> dict[str, Any]:
        with self.behind._connection.cursor(row_factory=dict_row) as cursor:
            found = cursor.execute("select * from app.card where number = %s", (self.number,)).fetchone()
        assert found is not None
        return found

    def _one(self, sql: str) -> Any:
        return self.behind.query(sql, (self.card["id"],))[0][0]

    def step(self, who: int, act: str, fields: dict[str, Any], *, htmx: bool) -> None:
        answer = self.people[who].post(
            f"/w/north/cards/{self.number}/{self._named(act)}", htmx=htmx, **self._filled(fields)
        )
        assert answer.status_code in {200, 303, 403, 404, 409, 422}, (act, fields, answer.text)
        before, self.card = self.card, self.look()
        if answer.status_code >= 400:
            assert self.card == before, (act, fields)
        self.check(before)

    def _named(self, act: str) -> str:
        table = {"checks/any": "check_item", "evidence/any/removal": "evidence"}.get(act)
        if table is None:
            return act
        found = self.behind.query(f"select id::text from app.{table} order by id desc limit 1")
        return act.replace("any", str(found[0][0]) if found else str(uuid.UUID(int=7)))

    def _filled(self, fields: dict[str, Any]) -> dict[str, Any]:
        filled = dict(fields)
        if fields.get("event"):
            filled["event"] = self._one(
                "select id::text from app.card_event where card_id = %s order by id desc limit 1"
            )
        if "files" in fields:
            content = b"" if fields["files"] == "bad" else PDF + fields["files"].encode()
            filled["files"] = (io.BytesIO(content), "a.pdf")
        for name in ("agency", "supporting"):
            if name in fields:
                filled[name] = self._agencies[fields[name]]
        return filled

    def check(self, before: dict[str, Any]) -> None:
        card = self.card
        events = self._one("select count(*) from app.card_event where card_id = %s")
        assert self._one("select count(*) from app.board_change where card_id = %s") == events
        assert card["version"] == events
        if card != before and {name for name in card if card[name] != before[name]} != {"position"}:
            assert card["version"] > before["version"]
        assert 0 <= card["checks_done"] <= card["checks_total"]
        counts = {
            "checks_total": "select count(*) from app.check_item where card_id = %s",
            "checks_done": "select count(*) from app.check_item where card_id = %s and done_at is not null",
            "comment_count": "select count(*) from app.comment where card_id = %s",
            "evidence_count": "select count(*) from app.evidence where card_id = %s and removed_at is null",
        }
        for name, sql in counts.items():
            assert card[name] == self._one(sql), name
        state = State(card["state"])
        assert (card["closed_at"] is not None) == (state in CLOSED)
        assert (card["submitted_at"] is not None) == (state in {State.REVIEW, State.DONE})
        assert card["extensions"] == self._one(
            "select count(*) filter (where kind = 'extended') - count(*) filter (where detail->'what' ? 'extended')"
            " from app.card_event where card_id = %s"
        )
        assert card["due_version"] >= before["due_version"]
        assert (card["asked_due_on"] is None) == (card["asked_why"] == "")


@pytest.fixture
def people(app: Flask, cast: Cast) -> Iterator[list[Browser]]:
    yield [Browser(app).sign_in(email) for email in PEOPLE]


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(st.tuples(WHO, WARD_ACTS, st.booleans()), min_size=4, max_size=14))
def test_whatever_people_do_a_card_stays_true_to_its_rows(
    people: list[Browser], a_card: CardMaker, cast: Cast, behind_the_wall: Snapshot, steps: list[Any]
) -> None:
    walk = Walk(people, a_card(due_on=date(2029, 6, 1)), cast, behind_the_wall)
    for who, (act, fields), htmx in steps:
        walk.step(who, act, fields, htmx=htmx)
    for person in people[:2]:
        for page in ("board", "board?view=lanes", "board?view=list", "mine", f"cards/{walk.number}"):
            assert person.get(f"/w/north/{page}").status_code == 200
