"""We answer to our own name, and send nobody to a stranger's address (security.md C36, C38)."""

import pytest
from flask import Flask

from portal.pages import safe_next
from tests.cast import PASSWORD, Browser, Cast

EVIL = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https://evil.example",
    "http://localhost@evil.example/",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "evil.example",
    "",
]


@pytest.mark.parametrize("address", EVIL)
def test_a_next_that_leads_away_is_dropped(app: Flask, cast: Cast, address: str) -> None:
    done = Browser(app).post("/login", email="alice@north.example", password=PASSWORD, next=address)
    assert done.status_code == 303
    assert done.headers["Location"] == "/"


@pytest.mark.parametrize("address", EVIL)
def test_a_signed_in_person_is_not_led_away_either(alice: Browser, address: str) -> None:
    answer = alice.client.get("/login", query_string={"next": address})
    assert answer.headers["Location"] == "/"


def test_an_address_of_ours_is_kept() -> None:
    assert safe_next("/w/north/board?q=hoa&view=list") == "/w/north/board?q=hoa&view=list"


@pytest.mark.parametrize("address", ["/w/north", "/login", "/", "/static/theme.css", "/nowhere"])
def test_a_made_up_host_is_refused_before_it_gets_into_an_address(app: Flask, address: str) -> None:
    answer = app.test_client().get(address, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.text
    assert "Location" not in answer.headers


def test_a_host_handed_on_by_a_stranger_counts_for_nothing(app: Flask, cast: Cast) -> None:
    answer = app.test_client().get("/w/north", headers={"X-Forwarded-Host": "evil.example"})
    assert answer.headers["Location"] == "http://localhost/w/north/"


@pytest.mark.parametrize("host", ["portal.phuong.example", "portal.phuong.example:8443", "127.0.0.1:8000"])
def test_our_own_names_are_served(https_app: Flask, host: str) -> None:
    assert https_app.test_client().get("/login", headers={"Host": host}).status_code == 200


def test_an_address_sent_by_the_sender_is_not_believed_without_a_proxy(
    app: Flask, cast: Cast, behind_the_wall: object
) -> None:
    who = Browser(app)
    for n in range(5):
        who.client.environ_base["HTTP_X_FORWARDED_FOR"] = f"10.9.9.{n}"
        assert who.post("/login", email="alice@north.example", password="khong-dung").status_code == 422
    assert who.post("/login", email="alice@north.example", password="khong-dung").status_code == 429
