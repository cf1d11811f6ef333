"""Signing in."""

from flask import Flask

from tests.cast import PASSWORD, Browser, Cast


def _cookie(who: Browser) -> str:
    cookie = who.client.get_cookie("phien")
    assert cookie is not None
    return cookie.value


def test_a_person_signs_in_and_lands_at_their_place(alice: Browser) -> None:
    answer = alice.get("/")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/w/north/"


def test_the_address_is_read_as_people_write_it(app: Flask, cast: Cast) -> None:
    Browser(app).sign_in("  Alice@North.Example ")


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(nobody: Browser) -> None:
    answer = nobody.post("/login", email="alice@north.example", password=PASSWORD)
    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith("phien="))
    for attribute in ("HttpOnly", "SameSite=Lax", "Path=/"):
        assert attribute in cookie
    assert "Domain" not in cookie


def test_signing_in_again_gives_a_new_session_and_ends_the_old_one(app: Flask, alice: Browser) -> None:
    first = _cookie(alice)
    alice.sign_in("alice@north.example")
    assert _cookie(alice) != first
    thief = Browser(app)
    thief.client.set_cookie("phien", first)
    assert thief.get("/account").status_code == 303


def test_a_cookie_set_before_signing_in_is_not_the_one_after(app: Flask, cast: Cast) -> None:
    who = Browser(app)
    who.client.set_cookie("phien", "chosen-by-somebody-else")
    who.sign_in("alice@north.example")
    assert _cookie(who) != "chosen-by-somebody-else"


def test_who_is_signed_in_is_sent_home_from_the_sign_in_page(alice: Browser) -> None:
    assert alice.get("/login").headers["Location"] == "/"


def test_the_page_somebody_wanted_comes_after_signing_in(nobody: Browser) -> None:
    page = nobody.get("/w/north/board?view=list")
    assert page.headers["Location"] == "/login?next=/w/north/board?view%3Dlist"
    form = nobody.get(page.headers["Location"])
    assert 'name="next" value="/w/north/board?view=list"' in form.text
    done = nobody.post(
        "/login", email="alice@north.example", password=PASSWORD, next="/w/north/board?view=list"
    )
    assert done.headers["Location"] == "/w/north/board?view=list"


def test_a_missing_field_is_said_in_vietnamese(nobody: Browser) -> None:
    answer = nobody.post("/login", email="", password="x")
    assert answer.status_code == 422
    assert "Ghi địa chỉ e-mail." in answer.text


def test_an_endless_password_is_refused_before_it_is_hashed(nobody: Browser) -> None:
    answer = nobody.post("/login", email="alice@north.example", password="a" * 300)
    assert answer.status_code == 422
    assert "Mật khẩu quá dài." in answer.text
    assert "a" * 300 not in answer.text
