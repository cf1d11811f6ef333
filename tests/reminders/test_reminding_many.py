"""Reminding about chosen cards, or an agency's late ones: who gets what is shown first, then each is told once."""

from datetime import timedelta

from portal.db import utc_now
from portal.wording import local_day
from tests.cast import Browser, Cast
from tests.reminders.conftest import CardMaker, Post

REMINDERS = "/w/north/reminders"


def people_written_to(post: Post) -> set[str]:
    return {str(address) for (address,) in post.wall.query("select address from app.delivery")}


def test_the_chosen_cards_are_shown_and_only_they_are_told(
    post: Post, due: CardMaker, alice: Browser, cast: Cast
) -> None:
    late = local_day(utc_now()) - timedelta(days=3)
    police, other = due(late), due(late, title="Việc khác của công an")
    schools = due(None, agency_id=cast.schools, title="Việc của trường")
    page = alice.get(f"{REMINDERS}?card={police}&card={schools}").text
    assert "Việc của trường" in page
    assert "Việc khác của công an" not in page
    assert f'name="card" value="{schools}"' in page
    assert alice.post(REMINDERS, card=[police, schools]).status_code == 303
    assert people_written_to(post) == {"bob@north.example", "mai@north.example"}
    assert (
        post.wall.query(
            f"select c.number from app.notice n join app.card c on c.id = n.card_id where c.number = {other}"
        )
        == []
    )


def test_an_agencys_late_cards_are_told_to_that_agency_alone(
    post: Post, due: CardMaker, alice: Browser, cast: Cast
) -> None:
    late = local_day(utc_now()) - timedelta(days=3)
    due(late)
    due(late, agency_id=cast.schools)
    assert alice.post(REMINDERS, agency=str(cast.schools)).status_code == 303
    assert people_written_to(post) == {"mai@north.example"}


def test_cards_nobody_works_on_are_refused_with_the_reason(
    due: CardMaker, alice: Browser, post: Post
) -> None:
    number = due(None)
    post.change(number, state="review")
    answer = alice.post(REMINDERS, card=number)
    assert answer.status_code == 409
    assert "không có việc nào đang chờ" in answer.text


def test_an_officer_is_refused_and_another_ward_finds_nothing(bob: Browser, charlie: Browser) -> None:
    assert bob.post(REMINDERS, card=1).status_code == 403
    assert charlie.post(REMINDERS, card=1).status_code == 404
