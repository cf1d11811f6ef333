"""Forms are taken only from our own pages; what was typed is on the page that says no (security.md C34)."""

import re

import pytest
from flask import Flask

from tests.cards import CardMaker
from tests.cast import Browser
from tests.city import Snapshot

TYPED = "Đã gặp từng hộ, còn hai hộ vắng"


def _comments(behind_the_wall: Snapshot) -> object:
    return behind_the_wall.query("select count(*) from app.comment")[0][0]


@pytest.mark.parametrize("token", [None, "", "wrong", "IjEi.made.up"])
def test_a_form_without_a_good_token_is_refused_and_what_was_typed_is_kept(
    alice: Browser, a_card: CardMaker, behind_the_wall: Snapshot, token: str | None
) -> None:
    fields = {"text": TYPED} | ({} if token is None else {"csrf_token": token})
    answer = alice.client.post(f"/w/north/cards/{a_card()}/comments", data=fields)
    assert answer.status_code == 400
    assert TYPED in answer.text
    assert "Tải lại trang" in answer.text
    assert _comments(behind_the_wall) == 0


def test_htmx_gets_a_sentence_and_leaves_the_form_as_it_is(alice: Browser, a_card: CardMaker) -> None:
    answer = alice.client.post(
        f"/w/north/cards/{a_card()}/comments", data={"text": TYPED}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 400
    assert 'hx-target="#toast"' in answer.text
    assert "<html" not in answer.text


def test_the_token_of_another_browser_does_not_do(
    alice: Browser, charlie: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    fields = {"text": TYPED, "csrf_token": charlie.token()}
    assert alice.client.post(f"/w/north/cards/{a_card()}/comments", data=fields).status_code == 400
    assert _comments(behind_the_wall) == 0


def test_a_token_in_the_header_does_for_scripts(alice: Browser, a_card: CardMaker) -> None:
    answer = alice.client.post(
        f"/w/north/cards/{a_card()}/comments", data={"text": TYPED}, headers={"X-CSRFToken": alice.token()}
    )
    assert answer.status_code == 303


def test_a_browser_that_says_cross_site_is_refused_even_with_the_token(
    alice: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    answer = alice.client.post(
        f"/w/north/cards/{a_card()}/comments",
        data={"text": TYPED, "csrf_token": alice.token()},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 403
    assert TYPED in answer.text
    assert _comments(behind_the_wall) == 0


def test_what_nobody_typed_and_what_is_secret_is_not_written_back(app: Flask, alice: Browser) -> None:
    fields = {
        "password": "bi-mat-cua-toi-9",
        "email": "ai-do@north.example",
        "next": "/w/kin-dao/",
        "state": "trang-thai-an",
        "csrf_token": "the-bai-la",
    }
    page = alice.client.post("/login", data=fields).text
    for hidden in fields.values():
        assert hidden not in page


def test_what_was_typed_is_text_and_not_markup(alice: Browser, a_card: CardMaker) -> None:
    nasty = '</textarea><script>alert(1)</script><b hx-get="/x">'
    page = alice.client.post(f"/w/north/cards/{a_card()}/comments", data={"text": nasty}).text
    assert "<script>alert" not in page
    assert "<b hx-get" not in page
    assert "&lt;script&gt;" in page


def test_every_address_that_changes_something_asks_for_a_token(app: Flask, nobody: Browser) -> None:
    # RFC 8058: a mail program sends the first, a gateway the second, without cookies; their key is in the address.
    by_key = {"/u/<token>", "/r/<token>"}
    samples = {"int:": "1", "uuid:": "00000000-0000-7000-8000-000000000007"}
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or set()) and rule.rule not in by_key:
            address = re.sub(r"<(\w+:)?\w+>", lambda part: samples.get(part[1] or "", "x"), rule.rule)
            assert nobody.client.post(address).status_code == 400, rule.rule
