"""Parts of the board that are kept and shown to others: they name nothing that is one person's."""

import re

import pytest
from flask import Flask
from jinja2 import meta

from portal.tasks.board_parts import PARTS
from tests.cards import CardMaker
from tests.cast import Browser

_NAMES = {"board", "wanted", "actor", "may_add", "bar", "Permission", "icon", "url_for", "_"}
_ATTRIBUTES = {"board": {"total", "counts", "lines"}, "actor": {"may", "agency_ids"}}


@pytest.mark.parametrize("part", PARTS)
def test_a_kept_part_names_only_what_it_is_kept_by(app: Flask, part: str) -> None:
    source = app.jinja_env.loader.get_source(app.jinja_env, f"tasks/_{part}.html")[0]
    assert meta.find_undeclared_variables(app.jinja_env.parse(source)) <= _NAMES
    for name, allowed in _ATTRIBUTES.items():
        assert set(re.findall(rf"\b{name}\.(\w+)", source)) <= allowed


def test_a_kept_part_follows_the_numbers(alice: Browser, bob: Browser, a_card: CardMaker) -> None:
    number = a_card()
    assert "0/1" in alice.get("/w/north/board").text
    bob.post(f"/w/north/cards/{number}/state", state="review")
    alice.post(f"/w/north/cards/{number}/state", state="done")
    assert "1/1" in alice.get("/w/north/board").text


def test_people_with_other_rights_get_other_parts(alice: Browser, bob: Browser, a_card: CardMaker) -> None:
    a_card()
    mine = "Của cơ quan tôi"
    assert mine not in alice.get("/w/north/board").text
    assert mine in bob.get("/w/north/board").text
    assert mine not in alice.get("/w/north/board").text
