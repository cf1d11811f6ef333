"""Every answer carries the headers of security.md C35, and a policy whose nonce is new each time (C30)."""

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.cards import CardMaker
from tests.cast import Browser

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def _answers(who: Browser, number: int) -> dict[str, TestResponse]:
    return {
        "page": who.get("/w/north/board"),
        "sign-in page": who.get("/login"),
        "redirect": who.get("/"),
        "slash redirect": who.get("/w/north"),
        "missing": who.get("/w/north/cards/999"),
        "not a route": who.get("/wp-login.php"),
        "wrong method": who.get(f"/w/north/cards/{number}/state"),
        "no token": who.client.post(f"/w/north/cards/{number}/comments"),
        "too much": who.post(f"/w/north/cards/{number}/comments", text="a" * 1_200_000),
        "refused": who.post(f"/w/north/cards/{number}/comments", text=""),
        "fragment": who.get(f"/w/north/cards/{number}", HX_Request="true"),
        "fragment refused": who.post(f"/w/north/cards/{number}/comments", htmx=True, text=""),
        "static": who.get("/static/theme.css"),
        "static missing": who.get("/static/nope.css"),
        "health": who.get("/healthz"),
    }


@pytest.fixture
def answers(alice: Browser, a_card: CardMaker) -> dict[str, TestResponse]:
    return _answers(alice, a_card())


def test_every_kind_of_answer_carries_every_header(answers: dict[str, TestResponse]) -> None:
    for kind, answer in answers.items():
        for name, value in _FIXED.items():
            assert answer.headers.getlist(name) == [value], (kind, name)
        assert "geolocation=()" in answer.headers["Permissions-Policy"], kind
        assert len(answer.headers.getlist("Content-Security-Policy")) == 1, kind


def test_the_kinds_are_what_they_are_called(answers: dict[str, TestResponse]) -> None:
    statuses = {kind: answer.status_code for kind, answer in answers.items()}
    assert statuses == {
        "page": 200,
        "sign-in page": 303,
        "redirect": 303,
        "slash redirect": 308,
        "missing": 404,
        "not a route": 404,
        "wrong method": 405,
        "no token": 400,
        "too much": 413,
        "refused": 422,
        "fragment": 200,
        "fragment refused": 422,
        "static": 200,
        "static missing": 404,
        "health": 200,
    }


def test_the_policy_allows_nothing_by_default_and_nothing_unsafe(answers: dict[str, TestResponse]) -> None:
    for kind, answer in answers.items():
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'nonce-"), kind
        for never in ("unsafe", "strict-dynamic", "*", "http:", "https:", "data: 'self'"):
            assert never not in policy, (kind, never)
        for always in (
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "object-src 'none'",
            "form-action 'self'",
        ):
            assert always in policy, (kind, always)


def test_the_nonce_is_new_each_time_and_is_that_of_the_page(alice: Browser) -> None:
    seen = set()
    for _ in range(3):
        answer = alice.get("/w/north/board")
        nonce = re.search(r"'nonce-([\w-]+)'", answer.headers["Content-Security-Policy"])
        assert nonce is not None
        assert set(re.findall(r'nonce="([^"]*)"', answer.text)) == {nonce[1]}
        seen.add(nonce[1])
    assert len(seen) == 3


def test_nothing_of_a_person_is_cached_and_everything_static_is(answers: dict[str, TestResponse]) -> None:
    for kind, answer in answers.items():
        if kind == "static":
            assert "max-age=31536000" in answer.headers["Cache-Control"]
        elif kind != "static missing":
            assert answer.headers["Cache-Control"] == "no-store", kind
            assert "Cookie" in answer.headers["Vary"], kind
            assert "HX-Request" in answer.headers["Vary"], kind


def test_nobody_else_may_read_our_answers_and_nobody_learns_our_versions(
    answers: dict[str, TestResponse],
) -> None:
    for kind, answer in answers.items():
        assert not [name for name in dict(answer.headers) if name.startswith("Access-Control")], kind
        assert "Server" not in answer.headers, kind


def test_over_tls_browsers_are_told_to_stay_there(https_app: Flask, app: Flask) -> None:
    secure = https_app.test_client().get("/login", base_url="https://portal.phuong.example")
    assert secure.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert "Strict-Transport-Security" not in app.test_client().get("/login").headers


def test_over_tls_cookies_are_secure_and_bound_to_the_host(https_app: Flask) -> None:
    answer = https_app.test_client().get("/login", base_url="https://portal.phuong.example")
    for cookie in answer.headers.getlist("Set-Cookie"):
        assert cookie.startswith("__Host-")
        for attribute in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
            assert attribute in cookie
