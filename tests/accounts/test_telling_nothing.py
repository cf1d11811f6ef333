"""Nobody learns from us who has an account: the same status, size and work for everybody (security.md C10)."""

import re

import pytest
from flask import Flask

from portal.accounts.account_mail import AccountMail
from portal.accounts.passwords import hash_password, verify_password
from tests.cast import PASSWORD, Browser, Cast
from tests.city import Snapshot

#: Equally long, so that the address itself, which the form shows again, makes no difference.
ALICE, NO_ONE = "alice@north.example", "zzzzz@north.example"


def _steady(page: str) -> str:
    return re.sub(r'(value|nonce)="[^"]*"', "", page)


def _answer(app: Flask, email: str, password: str) -> tuple[int, str, int]:
    answer = Browser(app).post("/login", email=email, password=password)
    return answer.status_code, _steady(answer.text), len(answer.data)


@pytest.mark.parametrize("what", ["disabled_at = now()", "password_hash = null"])
def test_a_disabled_or_invited_person_looks_like_nobody(
    app: Flask, cast: Cast, behind_the_wall: Snapshot, what: str
) -> None:
    behind_the_wall.execute(f"update app.person set {what} where email = '{ALICE}'")
    assert _answer(app, ALICE, PASSWORD) == _answer(app, NO_ONE, PASSWORD)


def test_a_wrong_password_looks_like_an_unknown_account(app: Flask, cast: Cast) -> None:
    assert _answer(app, ALICE, "khong-phai-mat-khau") == _answer(app, NO_ONE, "khong-phai-mat-khau")


def test_somebody_of_another_ward_looks_like_nobody(app: Flask, cast: Cast) -> None:
    wrong = "khong-phai-mat-khau"
    assert _answer(app, "dung@city.example", wrong) == _answer(app, "zzzz@city.example", wrong)


def test_an_unknown_account_is_verified_against_a_hash_of_the_same_cost() -> None:
    """The work is the same because the parameters in the two hashes are: memory, passes, lanes."""
    from_nobody = verify_password(None, "nobody signs in with this")
    assert from_nobody is False
    real = hash_password(PASSWORD).split("$")[1:4]
    assert real == ["argon2id", "v=19", "m=47104,t=1,p=1"]


def test_asking_for_a_new_password_answers_alike(app: Flask, cast: Cast) -> None:
    answers = [Browser(app).post("/reset", email=email) for email in (ALICE, NO_ONE)]
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert len({answer.data for answer in answers}) == 1


def test_a_letter_is_asked_for_whether_the_address_is_known(
    app: Flask, cast: Cast, behind_the_wall: Snapshot
) -> None:
    for email in (ALICE, NO_ONE):
        Browser(app).post("/reset", email=email)
    rows = behind_the_wall.query(f"select email, purpose, state from app.{AccountMail.__tablename__}")
    assert sorted(rows) == [(ALICE, "reset", "queued"), (NO_ONE, "reset", "queued")]


def test_beyond_three_an_hour_an_address_gets_no_more_letters_and_the_answer_stays(
    app: Flask, cast: Cast, behind_the_wall: Snapshot
) -> None:
    answers = {Browser(app).post("/reset", email=ALICE).data for _ in range(5)}
    assert len(answers) == 1
    assert behind_the_wall.query("select count(*) from app.account_mail") == [(3,)]


def test_a_refused_password_is_never_written_back(app: Flask, cast: Cast) -> None:
    answer = Browser(app).post("/login", email=ALICE, password="bi-mat-cua-toi-9")
    assert "bi-mat-cua-toi-9" not in answer.text
