"""A card on paper: its facts, and a code that leads to its page and holds no secret."""

from datetime import date

from portal.tasks.code_drawing import drawn_code
from tests.cards import CardMaker
from tests.cast import Browser


def test_it_prints_what_the_card_says_with_a_code(
    bob: Browser, mai: Browser, charlie: Browser, a_card: CardMaker
) -> None:
    a_card("Tuần tra", text="Tuần tra ban đêm", due_on=date(2999, 5, 24))
    page = bob.get("/w/north/cards/1/paper").text
    for words in ("Tuần tra ban đêm", "Công an phường", "24/05/2999", "http://localhost/w/north/cards/1<"):
        assert words in page
    assert str(drawn_code("http://localhost/w/north/cards/1")) in page
    assert mai.get("/w/north/cards/1/paper").status_code == 403
    assert charlie.get("/w/north/cards/1/paper").status_code == 404
    assert bob.get("/w/north/cards/9/paper").status_code == 404


def test_the_code_carries_no_style_that_the_policy_forbids() -> None:
    drawn = drawn_code("https://phuong.example/w/north/cards/1")
    assert drawn.startswith("<svg")
    assert "style" not in drawn
    assert drawn_code("https://phuong.example/w/north/cards/2") != drawn
