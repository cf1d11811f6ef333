"""A card nears its day: its agency's people get one message each, through a real SMTP server."""

from datetime import date, timedelta

from tests.reminders.conftest import MORNING, TODAY, CardMaker, Post, body, links


def test_a_card_due_today_is_said_to_its_agency_in_text_and_html(post: Post, due: CardMaker) -> None:
    number = due(TODAY, title="Tuần tra cổng trường")
    assert post.plan() == 1
    post.drain()
    [letter] = post.letters()
    assert "HẠN HÔM NAY" in body(letter)
    assert letter["To"].addresses[0].addr_spec == "bob@north.example"
    assert f"Việc số {number}" in letter["Subject"]
    for kind in ("plain", "html"):
        assert "Bob Công An" in body(letter, kind)
        assert "HẠN HÔM NAY" in body(letter, kind)
    assert len(links(letter)) == 1


def test_everything_of_one_morning_is_one_message(post: Post, due: CardMaker) -> None:
    for days in (-3, 0, 1):
        due(TODAY + timedelta(days=days))
    post.plan()
    post.drain()
    assert [letter["Subject"] for letter in post.letters()] == [
        "3 việc cần xử lý: 1 quá hạn, 1 đến hạn hôm nay, 1 sắp đến hạn"
    ]


def test_before_a_day_means_the_day_before_is_the_last(post: Post, due: CardMaker) -> None:
    due(TODAY + timedelta(days=1), due_exclusive=True)
    post.plan()
    post.drain()
    assert any("HẠN HÔM NAY" in body(letter) for letter in post.letters())


def test_a_card_that_was_not_handed_over_is_nobodys_to_hear_of(post: Post, due: CardMaker) -> None:
    number = due(TODAY)
    post.change(number, assigned_at=None)
    assert post.plan() == 0


def test_planning_again_and_sending_again_says_nothing_twice(post: Post, due: CardMaker) -> None:
    due(TODAY)
    post.plan()
    post.drain()
    sent = len(post.journal())
    assert post.plan() == 0
    assert post.plan(MORNING + timedelta(hours=3)) == 0
    post.drain(MORNING + timedelta(hours=3))
    assert len(post.journal()) == sent


def test_an_operator_may_order_another_day_and_it_is_sent_at_once(post: Post, due: CardMaker) -> None:
    due(date(2026, 4, 1))
    night = MORNING + timedelta(hours=15)
    post.plan(night)
    assert post.plan(night, day=date(2026, 4, 3)) == 1
    post.drain(night)
    [letter] = [one for one in post.letters() if "QUÁ HẠN 2 NGÀY" in body(one)]
    assert "Hôm nay là Thứ Sáu, 03/04/2026" in body(letter)
    assert post.plan(night, day=date(2026, 4, 3)) == 0


def test_a_request_is_worded_as_a_request(post: Post, due: CardMaker) -> None:
    due(TODAY - timedelta(days=4), mode="request")
    post.plan()
    post.drain()
    [letter] = [one for one in post.letters() if "QUA NGÀY" in body(one)]
    assert "trân trọng đề nghị" in body(letter)
    assert "ĐÃ QUA NGÀY ĐỀ NGHỊ 4 NGÀY" in body(letter)
    assert "QUÁ HẠN" not in body(letter)
