"""On the first working day of a week those who lead read where the board stands: counts, and nothing typed."""

from datetime import UTC, date, datetime, timedelta

from tests.reminders.conftest import TODAY, CardMaker, Post, body

#: Monday 2026-03-16, 07:31 in Vietnam.
MONDAY = datetime(2026, 3, 16, 0, 31, tzinfo=UTC)


def digests(post: Post) -> list[str]:
    return [
        str(address)
        for (address,) in post.wall.query(
            "select d.address from app.delivery d join app.delivery_notice l on l.delivery_id = d.id "
            "join app.notice n on n.id = l.notice_id where n.kind = 'digest' order by 1"
        )
    ]


def test_leaders_and_coordinators_get_one_each_however_often_it_is_planned(
    post: Post, due: CardMaker
) -> None:
    due(TODAY - timedelta(days=20))
    post.plan(MONDAY - timedelta(days=3))
    assert digests(post) == []
    for _again in range(3):
        post.plan(MONDAY)
    assert digests(post) == ["alice@north.example", "lan@north.example"]


def test_it_shows_counts_and_agencies_and_nothing_that_was_typed(post: Post, due: CardMaker) -> None:
    due(TODAY - timedelta(days=20), title="Thăm cháu Nguyễn Thị Bé Canary")
    waiting = due(date(2026, 6, 1))
    post.change(waiting, state="review", blocked_why="Canary")
    post.plan(MONDAY - timedelta(days=3))
    post.plan(MONDAY)
    post.drain(MONDAY)
    letters = [letter for letter in post.letters() if "lan@north.example" in str(letter["To"])]
    [letter] = [letter for letter in letters if "Đầu tuần" in str(letter["Subject"])]
    assert letter["Subject"] == "Đầu tuần: 1 việc quá hạn, 1 việc chờ duyệt"
    for text in (body(letter), body(letter, "html")):
        assert "Canary" not in text
        assert "Công an" in text
        assert "/w/north/" in text


def test_in_a_week_that_begins_with_a_holiday_it_comes_on_the_first_working_day(
    post: Post, due: CardMaker
) -> None:
    due(TODAY)
    # Friday 2026-04-24, then Monday 27 April 2026 is the day off for the Hùng Kings' festival.
    post.plan(datetime(2026, 4, 24, 2, 0, tzinfo=UTC))
    post.plan(datetime(2026, 4, 27, 2, 0, tzinfo=UTC))
    assert digests(post) == []
    post.plan(datetime(2026, 4, 28, 0, 31, tzinfo=UTC))
    assert len(digests(post)) == 2


def test_a_ward_without_a_board_gets_none(post: Post) -> None:
    post.plan(MONDAY - timedelta(days=3))
    post.plan(MONDAY)
    assert digests(post) == []
