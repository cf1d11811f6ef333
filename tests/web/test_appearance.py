"""Light or dark, Vietnamese or English: chosen with a plain form, kept by the browser or with the person."""

from tests.cast import Browser
from tests.city import Snapshot


def test_a_browser_keeps_the_theme_it_chose(nobody: Browser) -> None:
    assert 'data-theme="auto"' in nobody.get("/login").text
    assert "prefers-color-scheme" in nobody.get("/login").text
    assert nobody.post("/appearance", theme="dark", next="/reset").headers["Location"] == "/reset"
    page = nobody.get("/reset").text
    assert 'data-theme="dark"' in page
    assert 'media="screen"' in page
    nobody.post("/appearance", theme="light")
    assert "dark.css" not in nobody.get("/login").text


def test_the_pages_before_sign_in_speak_the_language_of_the_browser(nobody: Browser) -> None:
    assert '<html lang="vi"' in nobody.get("/login").text
    nobody.post("/appearance", language="en")
    page = nobody.get("/login").text
    assert '<html lang="en"' in page
    assert "Sign in" in page


def test_a_person_takes_the_language_along(bob: Browser, nobody: Browser, behind_the_wall: Snapshot) -> None:
    bob.post("/appearance", language="en")
    assert "My work" in bob.get("/w/north/mine").text
    found = behind_the_wall.query("select locale from app.person where email = 'bob@north.example'")
    assert found == [("en",)]
    assert "My work" in nobody.sign_in("bob@north.example").get("/w/north/mine").text


def test_somebody_else_keeps_their_own(bob: Browser, alice: Browser) -> None:
    bob.post("/appearance", language="en")
    assert "Việc của tôi" in alice.get("/w/north/mine").text


def test_what_is_no_choice_changes_nothing(nobody: Browser) -> None:
    answer = nobody.post("/appearance", theme="pink", language="xx", next="https://evil.example/")
    assert answer.headers["Location"] == "/"
    assert "Set-Cookie" not in answer.headers or "giao_dien" not in answer.headers["Set-Cookie"]
    assert 'data-theme="auto"' in nobody.get("/login").text


def test_agencies_keep_their_names_and_say_in_english_what_they_are(alice: Browser) -> None:
    assert "Police" not in alice.get("/w/north/people").text
    alice.post("/appearance", language="en")
    assert "Công an phường (Ward/Commune Police)" in alice.get("/w/north/people").text
