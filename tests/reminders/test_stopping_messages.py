"""Who wants no reminders says so with one press or one click of the mail program, and can come back."""

from portal.reminders.token import address_hash
from tests.cast import Browser
from tests.reminders.conftest import TODAY, TOMORROW_MORNING, CardMaker, Post


def stop_address(post: Post) -> str:
    header = post.letters()[-1]["List-Unsubscribe"]
    return str(header).strip("<>").removeprefix("http://localhost")


def out(post: Post) -> list[tuple[object, ...]]:
    return post.wall.query("select ward_id from app.suppression where lifted_at is null")


def test_one_click_of_a_mail_program_stops_them_without_cookie_or_redirect(
    post: Post, due: CardMaker, nobody: Browser
) -> None:
    due(TODAY)
    post.plan()
    post.drain()
    assert post.letters()[-1]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = stop_address(post)
    for _twice in range(2):
        answer = nobody.client.post(address, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert out(post) == [(post.cast.north,)]
    due(TODAY)
    post.wall.query("update app.sched_cursor set done_until = done_until - interval '1 day' returning id")
    post.plan(TOMORROW_MORNING)
    post.drain(TOMORROW_MORNING)
    assert len(post.journal()) == 1
    assert ("suppressed", "opted_out") in post.wall.query("select state, why from app.notice")


def test_looking_at_the_page_stops_nothing(post: Post, due: CardMaker, nobody: Browser) -> None:
    due(TODAY)
    post.plan()
    post.drain()
    page = nobody.get(stop_address(post))
    assert "Ngừng nhận thư nhắc" in page.text
    nobody.client.head(stop_address(post))
    assert out(post) == []


def test_one_can_come_back(post: Post, due: CardMaker, nobody: Browser) -> None:
    due(TODAY)
    post.plan()
    post.drain()
    nobody.post(stop_address(post))
    answer = nobody.post(stop_address(post), again="1")
    assert "Ngừng nhận thư nhắc" in answer.text
    assert out(post) == []


def test_an_opt_out_is_kept_as_a_digest_and_for_one_ward_only(
    post: Post, due: CardMaker, nobody: Browser
) -> None:
    due(TODAY)
    post.plan()
    post.drain()
    nobody.post(stop_address(post))
    [(row,)] = post.wall.query("select row_to_json(s)::text from app.suppression s")
    assert "bob" not in str(row)
    with post.app.app_context():
        assert address_hash("bob@north.example").hex() in str(row)
    assert nobody.get("/u/AAAAAAAAAAAAAAAAAAAAAA").status_code == 404


def test_one_category_is_stopped_and_the_others_still_come(
    post: Post, due: CardMaker, nobody: Browser
) -> None:
    due(TODAY)
    post.plan()
    post.drain()
    address = stop_address(post)
    page = nobody.get(address).text
    assert "Tình hình đầu tuần" in page
    nobody.post(address, save=1, want=["news"], opens="08:00", closes="16:00")
    assert post.wall.query("select category from app.suppression where lifted_at is null order by 1") == [
        ("digest",),
        ("reminder",),
    ]
    assert [str(opens) for (opens,) in post.wall.query("select opens from app.quiet_hours")] == ["08:00:00"]
    due(TODAY, title="Việc khác")
    post.plan(TOMORROW_MORNING)
    post.drain(TOMORROW_MORNING)
    assert len(post.letters()) == 1
    nobody.post(address, save=1, want=["news", "reminder", "digest"], opens="20:00", closes="07:00")
    assert post.wall.query("select 1 from app.suppression where lifted_at is null") == []
    assert post.wall.query("select 1 from app.quiet_hours") == []
