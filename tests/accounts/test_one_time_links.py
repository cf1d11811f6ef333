"""Links of invitations and new passwords: once, for a while, replaced by a newer one (security.md C14, C15)."""

import unicodedata
from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.inviting import issue_link
from portal.db import session_as, utc_now
from tests.accounts.conftest import LinkMaker
from tests.cast import Browser, Cast
from tests.city import Snapshot

ALICE, NEW = "alice@north.example", "thuyen-giay-mua-ha-28"


def _not_invited(behind_the_wall: Snapshot) -> None:
    behind_the_wall.execute(f"update app.person set password_hash = null where email = '{ALICE}'")


def test_a_new_password_is_set_and_signs_in(nobody: Browser, app: Flask, a_link: LinkMaker) -> None:
    address = a_link(ALICE)
    page = nobody.get(address)
    assert page.status_code == 200
    assert ALICE in page.text
    done = nobody.post(address, password=NEW)
    assert (done.status_code, done.headers["Location"]) == (303, "/")
    assert nobody.get("/w/north/board").status_code == 200
    Browser(app).sign_in(ALICE, NEW)


def test_the_old_password_is_over(nobody: Browser, app: Flask, a_link: LinkMaker) -> None:
    nobody.post(a_link(ALICE), password=NEW)
    with pytest.raises(AssertionError):
        Browser(app).sign_in(ALICE)


def test_every_session_of_the_person_ends(
    alice: Browser, nobody: Browser, a_link: LinkMaker, live_sessions: Callable[[str], int]
) -> None:
    nobody.post(a_link(ALICE), password=NEW)
    assert alice.get("/w/north/board").status_code == 303
    assert live_sessions(ALICE) == 1


def test_somebody_elses_session_in_this_browser_ends_too(
    bob: Browser, a_link: LinkMaker, live_sessions: Callable[[str], int]
) -> None:
    bob.post(a_link(ALICE), password=NEW)
    assert live_sessions("bob@north.example") == 0
    assert "Alice" in bob.get("/account").text


def test_a_link_works_once(nobody: Browser, app: Flask, a_link: LinkMaker) -> None:
    address = a_link(ALICE)
    nobody.post(address, password=NEW)
    second = Browser(app)
    assert second.get(address).status_code == 404
    assert second.post(address, password="mot-mat-khau-khac-31").status_code == 404
    Browser(app).sign_in(ALICE, NEW)


def test_opening_a_link_does_not_use_it(nobody: Browser, a_link: LinkMaker) -> None:
    address = a_link(ALICE)
    for _ in range(3):
        assert nobody.get(address).status_code == 200
    assert nobody.client.head(address).status_code == 200
    assert nobody.post(address, password=NEW).status_code == 303


@pytest.mark.parametrize("purpose", ["reset", "invitation"])
def test_a_newer_link_replaces_the_older_one(
    nobody: Browser, behind_the_wall: Snapshot, a_link: LinkMaker, purpose: str
) -> None:
    if purpose == "invitation":
        _not_invited(behind_the_wall)
    older, newer = a_link(ALICE, purpose), a_link(ALICE, purpose)
    assert (nobody.get(older).status_code, nobody.get(newer).status_code) == (404, 200)


@pytest.mark.parametrize(("purpose", "minutes"), [("reset", 30), ("invitation", 48 * 60)])
def test_a_link_ends_by_itself(
    nobody: Browser, behind_the_wall: Snapshot, a_link: LinkMaker, purpose: str, minutes: int
) -> None:
    if purpose == "invitation":
        _not_invited(behind_the_wall)
    address = a_link(ALICE, purpose)
    age = f"interval '{minutes - 1} minutes'"
    behind_the_wall.execute(f"update app.one_time_token set expires_at = expires_at - {age}")
    assert nobody.get(address).status_code == 200
    behind_the_wall.execute("update app.one_time_token set expires_at = expires_at - interval '2 minutes'")
    answer = nobody.get(address)
    assert answer.status_code == 404
    assert "đã hết hạn" in answer.text


def test_a_link_that_never_was_looks_like_a_used_one(nobody: Browser, a_link: LinkMaker) -> None:
    used = a_link(ALICE)
    nobody.post(used, password=NEW)
    nobody.post("/logout")
    invented = "/reset/" + "A" * 43
    assert nobody.get(used).data == nobody.get(invented).data


@pytest.mark.parametrize(
    ("password", "advice"),
    [
        ("ngan-qua-1", "ít nhất 12 ký tự"),
        ("matkhau123456", "dễ đoán"),
        ("alice alice alice", "dễ đoán"),
        ("aaaaaaaaaaaaaaaa", "dễ đoán"),
        ("ữ" * 100, "quá dài"),
    ],
)
def test_a_weak_password_is_refused_with_advice_and_the_link_lives(
    nobody: Browser, a_link: LinkMaker, password: str, advice: str
) -> None:
    address = a_link(ALICE)
    answer = nobody.post(address, password=password)
    assert answer.status_code == 422
    assert advice in answer.text
    assert password not in answer.text
    assert nobody.post(address, password=NEW).status_code == 303


def test_a_password_typed_in_another_normal_form_is_the_same(
    nobody: Browser, app: Flask, a_link: LinkMaker
) -> None:
    nobody.post(a_link(ALICE), password="thuyền giấy mùa hạ 28")
    Browser(app).sign_in(ALICE, unicodedata.normalize("NFD", "thuyền giấy mùa hạ 28"))


def test_an_invitation_greets_by_name_and_leads_in(
    nobody: Browser, behind_the_wall: Snapshot, a_link: LinkMaker
) -> None:
    _not_invited(behind_the_wall)
    address = a_link(ALICE, "invitation")
    assert "Chào Alice" in nobody.get(address).text
    assert nobody.post(address, password=NEW).status_code == 303
    assert nobody.get("/w/north/board").status_code == 200


@pytest.mark.parametrize(
    ("email", "purpose"),
    [("zzzzz@north.example", "reset"), (ALICE, "invitation"), ("zzzzz@north.example", "invitation")],
)
def test_no_link_is_made_for_nobody_nor_for_the_wrong_purpose(
    app: Flask, cast: Cast, email: str, purpose: str
) -> None:
    with app.app_context():
        assert issue_link(session_as("auth"), email, purpose, utc_now()) is None


def test_no_link_is_made_for_somebody_disabled(app: Flask, cast: Cast, behind_the_wall: Snapshot) -> None:
    behind_the_wall.execute(f"update app.person set disabled_at = now() where email = '{ALICE}'")
    with app.app_context():
        assert issue_link(session_as("auth"), ALICE, "reset", utc_now()) is None


def test_the_database_holds_only_a_hash_of_the_link(behind_the_wall: Snapshot, a_link: LinkMaker) -> None:
    token = a_link(ALICE).rsplit("/", 1)[1]
    row = behind_the_wall.query("select token_hash from app.one_time_token")[0][0]
    assert isinstance(row, bytes)
    assert len(row) == 32
    assert token.encode() not in row
