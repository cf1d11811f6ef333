"""One tap without signing in: looking changes nothing, a tap has one effect, and a link that is over helps."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from portal.db import utc_now
from portal.reminders.token import handle_of
from portal.wording import local_day
from tests.cast import Browser
from tests.reminders.conftest import CardMaker, Post, links

Link = Callable[..., tuple[int, str]]


@pytest.fixture
def link(post: Post, due: CardMaker) -> Link:
    """A card of the police that is due today, and the link Bob got for it."""

    def make(**fields: object) -> tuple[int, str]:
        now = utc_now()
        number = due(local_day(now), **fields)
        post.plan(now, day=local_day(now))
        post.drain(utc_now())
        return number, links(post.letters()[-1])[-1]

    return make


def card(post: Post, number: int) -> tuple[object, ...]:
    [row] = post.wall.query(
        "select state, accepted_at is not null, blocked_why, comment_count, evidence_count from app.card "
        "where ward_id = %s and number = %s",
        (post.cast.north, number),
    )
    return row


def press(browser: Browser, address: str, **fields: Any) -> TestResponse:
    return browser.post(address, **fields)


def everything(post: Post) -> list[tuple[object, ...]]:
    return post.wall.query(
        "select (select count(*) from app.card_event), (select max(changed_at) from app.card), "
        "(select count(*) from app.link_use), (select sum(used_n) from app.action_link)"
    )


def test_a_link_in_a_letter_opens_a_page_with_the_three_buttons(
    post: Post, link: Link, nobody: Browser
) -> None:
    number, address = link()
    page = nobody.get(address)
    assert page.status_code == 200
    for words in ("Đã nhận việc", "Đang làm", "Đã xong", "Bob Công An", f"Việc số {number}", "Hạn hôm nay"):
        assert words in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert "<script" not in page.text


def test_a_scanner_that_opens_every_link_changes_nothing(post: Post, link: Link, nobody: Browser) -> None:
    _number, address = link()
    before = everything(post)
    for _time in range(5):
        nobody.get(address)
        nobody.get(f"{address}?d=xong", Purpose="prefetch")
        nobody.client.head(address)
        nobody.client.options(address)
        nobody.get(f"{address}/report")
    assert everything(post) == before


def test_a_tap_needs_the_page_of_this_browser(post: Post, link: Link, nobody: Browser) -> None:
    number, address = link()
    assert nobody.client.post(address, data={"to": "done"}).status_code == 400
    assert card(post, number)[0] == "todo"


@pytest.mark.parametrize(("verb", "state"), [("accepted", "todo"), ("doing", "doing"), ("done", "review")])
def test_each_button_has_its_effect_in_the_name_of_the_recipient(
    post: Post, link: Link, nobody: Browser, verb: str, state: str
) -> None:
    number, address = link()
    answer = press(nobody, address, to=verb)
    assert answer.status_code == 303
    assert card(post, number)[:2] == (state, True)
    assert post.wall.query("select actor_name, via from app.card_event order by id desc limit 1") == [
        ("Bob Công An", "link")
    ]
    assert "Đã ghi lúc" in nobody.get(answer.headers["Location"]).text


def test_a_second_tap_is_answered_with_the_first_ones_time_and_does_nothing(
    post: Post, link: Link, nobody: Browser
) -> None:
    _number, address = link()
    press(nobody, address, to="doing")
    before = everything(post)
    answer = press(nobody, address, to="doing")
    assert answer.status_code == 303
    assert everything(post) == before
    assert "Đã ghi lúc" in nobody.get(answer.headers["Location"]).text


def test_taps_at_the_same_moment_have_one_effect(app: Flask, post: Post, link: Link, nobody: Browser) -> None:
    _number, address = link()
    browsers = [Browser(app) for _each in range(6)]
    for browser in browsers:
        browser.token()
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda browser: press(browser, address, to="done"), browsers))
    assert post.wall.query("select count(*) from app.link_use") == [(1,)]
    assert post.wall.query("select count(*) from app.card_event where kind = 'moved'") == [(1,)]


def test_a_wrong_tap_can_be_taken_back_for_ten_minutes(post: Post, link: Link, nobody: Browser) -> None:
    number, address = link()
    page = nobody.get(press(nobody, address, to="done").headers["Location"])
    assert "Bấm nhầm, đổi lại" in page.text
    press(nobody, f"{address}/undo")
    assert card(post, number)[:2] == ("todo", False)
    press(nobody, address, to="done")
    post.wall.query("update app.link_use set used_at = used_at - interval '11 minutes' returning id")
    assert press(nobody, f"{address}/undo").status_code == 409
    assert card(post, number)[0] == "review"


def test_the_same_link_serves_the_next_step(post: Post, link: Link, nobody: Browser) -> None:
    number, address = link()
    for verb in ("accepted", "doing", "done"):
        press(nobody, address, to=verb)
    assert card(post, number)[0] == "review"
    assert "Không phải làm gì thêm" in nobody.get(address).text


def test_a_problem_needs_its_words_and_a_note_and_a_photo_stay_in_the_ward(
    post: Post, link: Link, nobody: Browser
) -> None:
    number, address = link()
    assert press(nobody, address, to="blocked").status_code == 422
    press(nobody, address, to="blocked", note="Chưa có kinh phí")
    assert card(post, number)[2] == "Chưa có kinh phí"
    photo = (Path(__file__).parents[2] / "tests" / "reminders" / "photo.jpg").open("rb")
    with photo:
        press(nobody, address, to="done", note="Đã làm ở 3 tổ", photo=(photo, "anh.jpg"))
    assert card(post, number)[0] == "review"
    assert card(post, number)[3:] == (1, 1)


def test_a_note_that_tells_who_a_child_is_comes_back_masked_and_nothing_is_reported(
    post: Post, link: Link, nobody: Browser
) -> None:
    number, address = link()
    before = everything(post)
    asked = press(nobody, address, to="done", note="Đã thăm cháu Vàng Thị Mỷ")
    assert asked.status_code == 422
    assert "Đã thăm cháu V.T.M.</textarea>" in asked.text
    assert "<script" not in asked.text
    assert 'data-guard="release"' not in asked.text
    assert everything(post) == before
    press(nobody, address, to="done", note="Đã thăm cháu V.T.M.")
    assert card(post, number)[0] == "review"


OVER = {
    "expired": "update app.action_link set expires_at = now() - interval '1 minute' returning id",
    "revoked": "update app.action_link set revoked_at = now() returning id",
    "given another date": "update app.card set due_version = 2 returning id",
    "taken back": "update app.card set assigned_at = null returning id",
    "done": "update app.card set state = 'done' returning id",
    "of somebody who left": "update app.contact set \"left\" = true where email = 'bob@north.example' returning id",
}


@pytest.mark.parametrize("what", OVER)
def test_a_link_that_is_over_looks_like_a_forged_one_and_does_nothing(
    post: Post, link: Link, nobody: Browser, what: str
) -> None:
    _number, address = link()
    post.wall.query(OVER[what])
    before = everything(post)
    forged = nobody.get("/a/AAAAAAAAAAAAAAAAAAAAAA")
    page = nobody.get(address)
    assert page.status_code == forged.status_code == 404
    assert without_token(page.text) == without_token(forged.text)
    assert press(nobody, address, to="done").status_code == 404
    assert press(nobody, f"{address}/undo").status_code == 404
    assert press(nobody, f"{address}/note", note="x").status_code == 404
    assert everything(post) == before


def without_token(page: str) -> str:
    return re.sub(r"/a/[\w-]+|value=\"[^\"]+\"", "", page)


def test_a_changed_token_opens_nothing(post: Post, link: Link, nobody: Browser) -> None:
    _number, address = link()
    token = address.rpartition("/")[2]
    for position in range(22):
        other = "A" if token[position] != "A" else "B"
        assert nobody.get(f"/a/{token[:position]}{other}{token[position + 1 :]}").status_code == 404
    for odd in ("x", "%00" * 22, "ế" * 22, token + "A", token[:-1]):
        assert nobody.get(f"/a/{odd}").status_code == 404
    assert nobody.get(f"/u/{token}").status_code == 404


def test_the_database_alone_gives_no_link(post: Post, link: Link) -> None:
    _number, address = link()
    token = address.rpartition("/")[2]
    rows = post.wall.query("select row_to_json(l)::text from app.action_link l")
    handle = handle_of(token)
    assert handle is not None
    assert handle.hex() in str(rows)
    assert token not in str(rows)
    dump = post.wall.query("select row_to_json(d)::text from app.delivery d")
    assert token not in str(dump)


def test_whoever_holds_a_dead_link_gets_a_new_one_at_the_address_on_file(
    post: Post, link: Link, nobody: Browser
) -> None:
    _number, address = link()
    post.wall.query("update app.action_link set expires_at = now() - interval '1 minute' returning id")
    answer = press(nobody, f"{address}/link")
    assert answer.text.replace(address, "") == press(nobody, "/a/AAAAAAAAAAAAAAAAAAAAAA/link").text.replace(
        "/a/AAAAAAAAAAAAAAAAAAAAAA", ""
    )
    press(nobody, f"{address}/link")
    post.drain(utc_now() + timedelta(seconds=1))
    letters = post.letters()
    assert len(letters) == 2
    assert letters[-1]["To"].addresses[0].addr_spec == "bob@north.example"
    assert nobody.get(links(letters[-1])[0]).status_code == 200


def test_the_address_of_a_link_names_nobody(post: Post, link: Link) -> None:
    _number, address = link()
    assert re.fullmatch(r"/a/[A-Za-z0-9_-]{22}", address)
