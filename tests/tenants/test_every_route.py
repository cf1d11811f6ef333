"""Every route of a ward, replayed by people who do not belong to it: the same answer as for what was never there."""

import re
import uuid

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.cards import CardMaker
from tests.cast import Browser

#: What a nonce leaves behind: pages without scripts have none, so nothing needs to be masked in an error page.
_SAMPLE = {"int": "1", "uuid": str(uuid.UUID(int=7)), "default": "x", "string": "x", "path": "x"}

#: What somebody keeps for themselves alone changes nothing of the ward.
_OWN = {"tasks.save_view", "tasks.remove_view", "tasks.answer_mention", "reminder_wishes.save_own"}


def _address(rule: Rule, place: str) -> str:
    address = re.sub(r"<(?:\w+:)?(?:ward|unit)>", place, rule.rule)
    return re.sub(r"<(?:(\w+)(?:\([^)]*\))?:)?\w+>", lambda found: _SAMPLE[found[1] or "default"], address)


def _routes(app: Flask, prefix: str) -> list[tuple[str, Rule]]:
    return [
        (method, rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(prefix)
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
    ]


def _ask(who: Browser, method: str, address: str) -> tuple[int, bytes, dict[str, str]]:
    answer = who.get(address) if method == "GET" else who.post(address)
    headers = {name: value for name, value in answer.headers.items() if name not in {"Set-Cookie", "Date"}}
    headers["Content-Security-Policy"] = re.sub(r"nonce-[\w-]+", "nonce", headers["Content-Security-Policy"])
    return answer.status_code, answer.data.replace(address.encode(), b""), headers


@pytest.mark.parametrize("stranger", ["charlie", "dung", "olga"])
def test_a_strangers_answer_is_that_of_a_missing_ward(
    app: Flask, a_card: CardMaker, stranger: str, request: pytest.FixtureRequest
) -> None:
    a_card()
    who: Browser = request.getfixturevalue(stranger)
    for method, rule in _routes(app, "/w/<ward>"):
        foreign = _ask(who, method, _address(rule, "north"))
        missing = _ask(who, method, _address(rule, "nihil"))
        assert foreign[0] == 404, (method, rule.rule, foreign[0])
        assert foreign == missing, (method, rule.rule)


def test_nobody_is_asked_to_sign_in_whether_the_ward_exists_or_not(app: Flask, nobody: Browser) -> None:
    for method, rule in [*_routes(app, "/w/<ward>"), *_routes(app, "/o/<unit>")]:
        for place in ("north", "nihil", "city"):
            answer = _ask(nobody, method, _address(rule, place))
            assert answer[0] == 303, (method, rule.rule)
            assert answer[2]["Location"].startswith("/login"), (method, rule.rule)


@pytest.mark.parametrize("stranger", ["alice", "bob", "charlie"])
def test_the_citys_pages_are_not_there_for_people_of_wards(
    app: Flask, stranger: str, request: pytest.FixtureRequest
) -> None:
    who: Browser = request.getfixturevalue(stranger)
    for method, rule in _routes(app, "/o/<unit>"):
        assert _ask(who, method, _address(rule, "city"))[0] == 404, (method, rule.rule)


def test_a_viewer_of_the_ward_can_open_pages_and_change_nothing(
    app: Flask, a_card: CardMaker, request: pytest.FixtureRequest, cast: object
) -> None:
    number = a_card()
    vy = Browser(app).sign_in("vy@north.example")
    assert vy.get("/w/north/board").status_code == 200
    assert vy.get(f"/w/north/cards/{number}").status_code == 200
    for method, rule in _routes(app, "/w/<ward>"):
        if method == "POST" and rule.endpoint not in _OWN:
            assert _ask(vy, method, _address(rule, "north"))[0] == 403, rule.rule
