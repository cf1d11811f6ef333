"""The confirmed document and the list of plans: every duty linked to its card, for everybody in the ward."""

import re

from flask import Flask

from tests.cast import Browser
from tests.city import Snapshot
from tests.plans.reviewed import row_of, save
from tests.plans.walking import plan_under_review


def _confirmed(alice: Browser, app: Flask) -> str:
    address = plan_under_review(alice, app)
    alice.post(f"{address}/confirmation")
    return address


def test_every_card_is_linked_from_the_words_it_came_from(alice: Browser, bob: Browser, app: Flask) -> None:
    page = bob.get(f"{_confirmed(alice, app)}/document").text
    assert re.findall(r'id="viec-(\d+)" href="/w/north/cards/(\d+)"', page) == [
        (str(n), str(n)) for n in range(1, 24)
    ]
    assert re.search(r'id="p\d+"', page)


def test_the_card_leads_back_to_its_place_in_the_document(alice: Browser, app: Flask) -> None:
    address = _confirmed(alice, app)
    assert f"{address}/document#viec-13" in alice.get("/w/north/cards/13").text


def test_the_words_of_the_document_are_whole_and_in_order(
    alice: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    page = alice.get(f"{_confirmed(alice, app)}/document").text
    shown = re.sub(r"<a [^>]*>\d+</a>|</?span[^>]*>", "", page)
    for (words,) in behind_the_wall.query("select text from app.plan_paragraph order by position"):
        assert str(words) in shown


def test_a_confirmed_plan_opens_as_its_document(alice: Browser, app: Flask) -> None:
    address = _confirmed(alice, app)
    assert alice.get(address).headers["Location"] == f"{address}/document"


def test_agencies_and_viewers_see_confirmed_plans_only(
    alice: Browser, bob: Browser, vy: Browser, app: Flask
) -> None:
    address = plan_under_review(alice, app)
    for browser in (bob, vy):
        assert "Chưa có kế hoạch nào được giao việc" in browser.get("/w/north/plans").text
        assert browser.get(f"{address}/document").status_code == 404
        assert browser.get(f"{address}/original").status_code == 404
    alice.post(f"{address}/confirmation")
    for browser in (bob, vy):
        assert "Chăm lo và bảo vệ trẻ em" in browser.get("/w/north/plans").text
        assert browser.get(f"{address}/original").status_code == 200


def test_another_ward_finds_nothing(alice: Browser, charlie: Browser, app: Flask) -> None:
    address = _confirmed(alice, app)
    for part in ("", "/document", "/original"):
        assert charlie.get(address + part).status_code == 404
        assert charlie.get(address.replace("/north/", "/south/") + part).status_code == 404
    assert "Chăm lo và bảo vệ trẻ em" not in charlie.get("/w/south/plans").text


def test_the_document_lists_what_the_plan_promises_and_what_of_it_is_no_card(
    alice: Browser, bob: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    address = plan_under_review(alice, app)
    row = row_of(alice.get(address).text, 3)
    save(alice, row, dropped="yes")
    assert "5 chỉ tiêu" in alice.get(address).text
    alice.post(f"{address}/confirmation")
    page = bob.get(f"{address}/document").text
    for (text,) in behind_the_wall.query("select text from app.indicator"):
        assert str(text) in page
    for (stretch,) in behind_the_wall.query(
        "select s->>'text' from app.plan_paragraph, jsonb_array_elements(skipped) s"
    ):
        assert str(stretch) in page
    assert "1 việc đã bỏ khi kiểm tra" in page
    assert "0 đoạn bị bỏ sót" in page
