"""The crawl as the unit: every route, asked by somebody of the city, who finds no card, name or hidden number."""

import re
from datetime import UTC, date, datetime

import time_machine
from flask import Flask
from werkzeug.routing import Rule

from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.rollups.boards import give, publish
from tests.rollups.targets import announced, enter, reporter, unit_target

MARCH, JUNE = date(2026, 3, 14), date(2026, 6, 14)
WAITING, PUBLISHED = datetime(2026, 6, 20, 2, tzinfo=UTC), datetime(2026, 6, 26, 2, tzinfo=UTC)

#: Where wards write words of their own.
WORDS = {
    "card": ("title", "text", "section", "result", "reason", "asked_why", "blocked_why"),
    "contact": ("name", "title"),
    "agency": ("name", "short_name"),
    "indicator": ("text", "denominator"),
    "target": ("text", "section"),
    "plan": ("title", "filename", "added_by"),
    "reading": ("entered_by",),
    "reporter": ("set_by",),
}

CANARY = "Hoàng yến"

#: What an address may be asked with; every combination that fits a rule is tried.
VALUES = {
    "place": ("north", "south"),
    "kind": ("congan", "truong", "other"),
    "code": ("2026-quarter-1", "2026-quarter-2", "2026-half", "2026-month-06"),
    "form": ("docx", "xlsx", "pdf"),
}

#: What would end the visit.
_ENDS = {"/logout", "/account/sessions/end"}


def _number(count: int) -> str:
    return f"{count:,}".replace(",", "[.,]?")


def _plant(app: Flask, cast: Cast, behind_the_wall: Snapshot) -> None:
    """Cards and words, and a target of which March is told and June hides 3 and 4 behind large numbers."""
    target = unit_target(behind_the_wall, cast.unit)
    give(app, cast.north, cast.police, JUNE, None)
    give(app, cast.south, cast.south_police, JUNE, None)
    figures = {cast.north: (5000, 5003), cast.south: (7000, 7004)}
    for ward_id, (march, june) in figures.items():
        own = reporter(app, ward_id, sensitive=True, unit_target_id=target)
        enter(app, ward_id, own, MARCH, march, datetime(2026, 3, 17, 2, tzinfo=UTC), whole=9100 + ward_id)
        enter(app, ward_id, own, JUNE, june, datetime(2026, 6, 17, 2, tzinfo=UTC), whole=9100 + ward_id)
    for table, columns in WORDS.items():
        said = ", ".join(f"{column} = '{CANARY} ' || gen_random_uuid()" for column in columns)
        behind_the_wall.execute(f"update app.{table} set {said}")


def _addresses(rule: Rule) -> list[str]:
    found = [rule.rule.replace("<unit>", "city").replace("<ward>", "north")]
    for converter, name in re.findall(r"<(?:([^:>]+):)?(\w+)>", rule.rule):
        if name in {"unit", "ward"}:
            continue
        usual = {"int": "1", "uuid": "00000000-0000-7000-8000-000000000001"}.get(converter, "x")
        part = re.compile(rf"<(?:[^:>]+:)?{name}>")
        found = [part.sub(value, one) for one in found for value in VALUES.get(name, (usual,))]
    return found


def _read(app: Flask, who: Browser) -> tuple[str, int]:
    """All that the routes answer, and how many pages of the unit opened; what changes something is asked last."""
    said, opened = [], 0
    for method in ("GET", "POST"):
        for rule in app.url_map.iter_rules():
            asked = method in (rule.methods or set()) and (method == "GET" or rule.rule not in _ENDS)
            for address in _addresses(rule) if asked else []:
                answer = who.get(address) if method == "GET" else who.post(address)
                said.append(answer.text if answer.mimetype.startswith(("text", "application/json")) else "")
                opened += answer.status_code == 200 and "unit" in rule.arguments
    return "\n".join(said), opened


def _visit(app: Flask, now: datetime) -> str:
    with time_machine.travel(now, tick=False):
        said, opened = _read(app, Browser(app).sign_in("dung@city.example"))
    assert opened > 12
    return said


def test_the_unit_finds_no_card_no_name_and_no_number_that_is_hidden_or_not_out_yet(
    app: Flask, cast: Cast, behind_the_wall: Snapshot
) -> None:
    _plant(app, cast, behind_the_wall)
    publish(app, cast.north, cast.south, now=WAITING)
    announced(app, WAITING)
    hidden = [5003, 7004, 9100 + cast.north, 9100 + cast.south, 18200 + cast.north + cast.south]
    for now, also, told in ((WAITING, [12007], 12000), (PUBLISHED, [], 12007)):
        announced(app, now)
        publish(app, cast.north, cast.south, now=now)
        said = _visit(app, now)
        assert CANARY not in said
        for count in (*hidden, *also):
            assert not re.search(rf"\b{_number(count)}\b", said), (count, now)
        assert re.search(rf"\b{_number(told)}\b", said), told  # the crawl reads what is told
