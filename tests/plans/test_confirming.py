"""The one button: nobody is told before it, everything is made at once, and nothing twice."""

from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from tests.cast import Browser
from tests.city import Snapshot
from tests.plans.walking import plan_under_review, real_plan


def _count(behind_the_wall: Snapshot, table: str) -> object:
    return behind_the_wall.query(f"select count(*) from app.{table}")[0][0]


def test_the_real_plan_becomes_22_cards_for_11_agencies_and_nobody_hears_before(
    alice: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    address = plan_under_review(alice, app, real_plan("lao-cai-2024.txt"), "lao-cai-2024.txt")
    page = alice.get(address).text
    assert "Tạo 22 việc và giao 11 cơ quan" in page
    assert "0 đoạn bị bỏ sót" in page
    for silent in ("card", "card_event", "board_change", "notice", "account_mail"):
        assert _count(behind_the_wall, silent) == 0, silent
    assert _count(behind_the_wall, "agency") == 3
    assert alice.post(f"{address}/confirmation").status_code == 303
    assert behind_the_wall.query(
        "select count(*), count(assigned_at), count(distinct number), count(nullif(source_sha256, '')), "
        "count(nullif(locator, '')), count(plan_id) from app.card"
    ) == [(22, 22, 22, 22, 22, 22)]
    assert behind_the_wall.query(
        "select count(*) from (select agency_id from app.card union select agency_id from app.support) led "
        "join app.agency on agency.id = led.agency_id"
    ) == [(11,)]
    assert behind_the_wall.query("select mode, count(*) from app.card group by mode order by mode") == [
        ("assign", 14),
        ("request", 8),
    ]
    assert "Đã tạo 22 việc và giao 11 cơ quan." in alice.get("/w/north/board").text


def test_an_agency_the_ward_has_is_used_and_not_added_again(
    alice: Browser, bob: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    alice.post(f"{plan_under_review(alice, app)}/confirmation")
    police = (
        "select count(*) from app.agency join app.ward on ward.id = agency.ward_id "
        "where agency.kind = 'congan' and ward.slug = 'north'"
    )
    assert behind_the_wall.query(police) == [(1,)]
    assert "Kiểm tra các điểm kinh doanh trò chơi điện tử" in bob.get("/w/north/mine").text


def test_a_second_press_creates_nothing(alice: Browser, app: Flask, behind_the_wall: Snapshot) -> None:
    address = plan_under_review(alice, app)
    assert alice.post(f"{address}/confirmation").status_code == 303
    assert alice.post(f"{address}/confirmation").status_code == 303
    assert _count(behind_the_wall, "card") == 23
    assert "không tạo thêm việc nào" in alice.get("/w/north/board").text


def test_two_people_pressing_at_once_create_nothing_twice(
    alice: Browser, lan: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    address = plan_under_review(alice, app)
    for browser in (alice, lan):
        browser.token()
    with ThreadPoolExecutor(4) as pool:
        presses = [pool.submit(browser.post, f"{address}/confirmation") for browser in (alice, lan)]
        answers = [press.result() for press in presses]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert _count(behind_the_wall, "card") == 23
    assert (
        behind_the_wall.query("select count(*) from app.agency a group by name, ward_id having count(*) > 1")
        == []
    )


def test_a_dropped_card_is_not_created(alice: Browser, app: Flask, behind_the_wall: Snapshot) -> None:
    address = plan_under_review(alice, app)
    card_id = behind_the_wall.query("select id from app.proposed_card where position = 0")[0][0]
    alice.post(f"{address}/cards/{card_id}", dropped="yes")
    alice.post(f"{address}/confirmation")
    assert _count(behind_the_wall, "card") == 22


def test_a_plan_that_is_still_being_read_cannot_be_confirmed(
    alice: Browser, behind_the_wall: Snapshot
) -> None:
    address = str(alice.post("/w/north/plans/new", sample="1").headers["Location"])
    assert alice.post(f"{address}/confirmation").status_code == 409
    assert _count(behind_the_wall, "card") == 0


def test_only_those_who_manage_plans_confirm_them(
    alice: Browser, bob: Browser, charlie: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    address = plan_under_review(alice, app)
    assert bob.post(f"{address}/confirmation").status_code == 403
    assert charlie.post(f"{address}/confirmation").status_code == 404
    assert charlie.post(f"{address.replace('/north/', '/south/')}/confirmation").status_code == 404
    assert _count(behind_the_wall, "card") == 0


def test_the_plans_activities_are_offered_as_labels_from_then_on(
    alice: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    address = plan_under_review(alice, app)
    headings = behind_the_wall.query("select distinct heading from app.activity where heading <> ''")
    assert headings
    assert _count(behind_the_wall, "label") == 0
    alice.post(f"{address}/confirmation")
    names = [str(row[0]) for row in behind_the_wall.query("select name from app.label")]
    assert len(names) == len(headings)
    assert all(any(str(heading[0]).startswith(name) for heading in headings) for name in names)
    page = alice.get("/w/north/cards/1").text
    assert f'<option value="{names[0]}">' in page
