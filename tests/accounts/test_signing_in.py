"""Signing in and out."""

from tests.cast import Browser


def test_a_person_signs_in_and_lands_at_their_place(alice: Browser) -> None:
    answer = alice.get("/")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/w/north/"


def test_a_wrong_password_and_an_unknown_account_look_the_same(nobody: Browser) -> None:
    wrong = nobody.post("/login", email="alice@north.example", password="khong-phai-mat-khau")
    unknown = nobody.post("/login", email="zzzzz@north.example", password="khong-phai-mat-khau")
    assert wrong.status_code == unknown.status_code == 422
    assert len(wrong.data) == len(unknown.data)
