"""A corrected plan uploaded again: what is new, changed, gone; only what is ticked is applied, and once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from flask import Flask

from portal.db import keep
from portal.tasks.repeating import make_periods
from portal.tenants.boundary import inside_ward
from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.plans.walking import plan_under_review
from tests.statements import counted_statements

PATROL = "Tổ chức tuần tra cổng trường vào giờ tan học của các trường trên địa bàn trước ngày 15/5/2026."
SLIDES = "Kiểm tra các điểm nước sâu, cắm biển cảnh báo nguy hiểm trước ngày 30/6/2026."
GAMES = "Kiểm tra các điểm kinh doanh trò chơi điện tử gần trường học trong tháng 9/2026."
NEW_PATROL = PATROL.replace("giờ tan học", "giờ đến trường và giờ tan học")
HOTLINE = "Công khai số điện thoại 111 tại trụ sở tổ dân phố trước ngày 20/7/2026."


def plan(*duties: str, title: str = "Chăm lo trẻ em năm 2026") -> bytes:
    said = "\n\n".join(f"- {duty}" for duty in duties)
    return f"KẾ HOẠCH\n{title}\n\nI. TỔ CHỨC THỰC HIỆN\n\n1. Công an phường\n\n{said}\n".encode()


@pytest.fixture
def first(alice: Browser, app: Flask) -> str:
    """North's plan of 2026, confirmed: three cards."""
    address = plan_under_review(alice, app, plan(PATROL, SLIDES, GAMES), "ke-hoach.txt")
    assert alice.post(f"{address}/confirmation").status_code == 303
    return address


@pytest.fixture
def second(alice: Browser, app: Flask, first: str) -> str:
    """Its corrected version: one duty in other words, one gone, one new, one as it was."""
    return plan_under_review(alice, app, plan(NEW_PATROL, GAMES, HOTLINE), "ke-hoach-sua.txt")


def _fields(page: str) -> dict[str, object]:
    """What the page's form would send as it stands."""
    fields: dict[str, object] = {}
    for name in ("stamp", "earlier", "reason"):
        if found := re.search(rf'name="{name}"[^>]*value="([^"]*)"', page):
            fields[name] = found[1]
    for name in ("added", "words", "dues", "agencies", "gone"):
        fields[name] = re.findall(rf'name="{name}" value="(\d+)" checked', page)
    return fields


def _apply(browser: Browser, address: str, **more: object) -> int:
    fields = _fields(browser.get(f"{address}/comparison").text)
    return browser.post(f"{address}/comparison", **{**fields, **more}).status_code


def _cards(behind_the_wall: Snapshot) -> list[tuple[object, ...]]:
    return behind_the_wall.query("select number, text, state, due_on::text from app.card order by number")


def test_confirming_a_corrected_plan_leads_to_the_comparison_and_doubles_nothing(
    alice: Browser, second: str, behind_the_wall: Snapshot
) -> None:
    answer = alice.post(f"{second}/confirmation")
    assert answer.headers["Location"] == f"{second}/comparison"
    assert len(_cards(behind_the_wall)) == 3


def test_the_page_shows_old_and_new_words_and_changes_nothing(
    alice: Browser, second: str, behind_the_wall: Snapshot
) -> None:
    before = _cards(behind_the_wall)
    page = alice.get(f"{second}/comparison").text
    assert "1 việc mới, 1 việc đổi, 1 việc không còn, 1 việc giữ nguyên." in page
    for words in (PATROL, NEW_PATROL, SLIDES, HOTLINE):
        assert words in page
    assert _cards(behind_the_wall) == before


def test_what_is_ticked_is_applied_and_what_people_did_stays(
    alice: Browser, bob: Browser, second: str, behind_the_wall: Snapshot
) -> None:
    bob.post("/w/north/cards/1/comments", text="Đã đi một buổi")
    bob.post("/w/north/cards/1/state", state="doing")
    assert _apply(alice, second, gone="2", reason="Đã gộp với phường bên") == 303
    assert _cards(behind_the_wall) == [
        (1, NEW_PATROL, "doing", "2026-05-15"),
        (2, SLIDES, "cancelled", "2026-06-30"),
        (3, GAMES, "todo", "2026-09-30"),
        (4, HOTLINE, "todo", "2026-07-20"),
    ]
    assert behind_the_wall.query("select reason from app.card where number = 2") == [
        ("Đã gộp với phường bên",)
    ]
    page = alice.get("/w/north/cards/1").text
    assert "Đã đi một buổi" in page
    assert f"lời cũ: “{PATROL}”" in page
    assert behind_the_wall.query(
        "select count(distinct plan_id) from app.card where number in (1, 3, 4)"
    ) == [(1,)]


def test_nothing_ticked_changes_no_words_and_cancels_nothing(
    alice: Browser, second: str, behind_the_wall: Snapshot
) -> None:
    before = _cards(behind_the_wall)
    assert _apply(alice, second, added=[], words=[]) == 303
    assert _cards(behind_the_wall) == before


def test_a_cancellation_needs_a_reason_and_then_nothing_of_it_happened(
    alice: Browser, second: str, behind_the_wall: Snapshot
) -> None:
    before = _cards(behind_the_wall)
    assert _apply(alice, second, gone="2", reason=" ") == 422
    assert _cards(behind_the_wall) == before


def test_a_second_press_changes_nothing(alice: Browser, second: str, behind_the_wall: Snapshot) -> None:
    fields = _fields(alice.get(f"{second}/comparison").text)
    for _press in range(2):
        assert alice.post(f"{second}/comparison", **fields).status_code == 303
    assert len(_cards(behind_the_wall)) == 4
    assert "không đổi gì thêm" in alice.get("/w/north/board").text


def test_two_people_pressing_at_once_apply_once(
    alice: Browser, lan: Browser, second: str, behind_the_wall: Snapshot
) -> None:
    fields = _fields(alice.get(f"{second}/comparison").text)
    lan.token()
    with ThreadPoolExecutor(2) as pool:
        presses = [pool.submit(who.post, f"{second}/comparison", **fields) for who in (alice, lan)]
        assert [press.result().status_code for press in presses] == [303, 303]
    assert len(_cards(behind_the_wall)) == 4
    corrected = "select count(*) from app.card_event where kind = 'plan_corrected'"
    assert behind_the_wall.query(corrected) == [(2,)]


def test_a_board_that_changed_since_is_shown_again_with_the_ticks(
    alice: Browser, lan: Browser, second: str, behind_the_wall: Snapshot
) -> None:
    fields = _fields(alice.get(f"{second}/comparison").text)
    lan.post("/w/north/cards/2/state", state="cancelled", reason="Thôi")
    before = _cards(behind_the_wall)
    answer = alice.post(f"{second}/comparison", **{**fields, "added": []})
    assert answer.status_code == 409
    assert "vừa thay đổi" in answer.text
    assert 'name="added" value="3">' in answer.text
    assert _cards(behind_the_wall) == before


def test_a_title_somebody_edited_stays_and_another_follows_the_words(
    alice: Browser, app: Flask, first: str, behind_the_wall: Snapshot
) -> None:
    alice.post("/w/north/cards/1/title", title="Tuần tra")
    new = plan(NEW_PATROL, SLIDES.replace("cắm biển", "dựng biển"), GAMES)
    assert _apply(alice, plan_under_review(alice, app, new, "sua.txt")) == 303
    titles = [row[0] for row in behind_the_wall.query("select title from app.card order by number")]
    assert titles[0] == "Tuần tra"
    assert "dựng biển" in str(titles[1])


def test_a_date_changes_only_when_ticked(
    alice: Browser, app: Flask, first: str, behind_the_wall: Snapshot
) -> None:
    address = plan_under_review(alice, app, plan(PATROL.replace("15/5", "25/5"), SLIDES, GAMES), "sua.txt")
    page = alice.get(f"{address}/comparison").text
    assert "Đổi hạn: 15/05/2026 thành 25/05/2026" in page
    assert _fields(page)["dues"] == []
    assert _apply(alice, address, dues="1") == 303
    due = "select due_on::text, original_due_on::text, extensions from app.card where number = 1"
    assert behind_the_wall.query(due) == [("2026-05-25", "2026-05-15", 1)]


def test_a_date_people_moved_is_not_put_back(alice: Browser, app: Flask, first: str) -> None:
    alice.post("/w/north/cards/1/due", due_on="30/5/2026")
    address = plan_under_review(alice, app, plan(NEW_PATROL, SLIDES, GAMES), "sua.txt")
    assert "Đổi hạn" not in alice.get(f"{address}/comparison").text


def test_a_third_version_finds_the_cards_of_both_before(
    alice: Browser, app: Flask, second: str, behind_the_wall: Snapshot
) -> None:
    assert _apply(alice, second) == 303
    third = plan_under_review(alice, app, plan(NEW_PATROL, SLIDES, GAMES, HOTLINE), "ban-ba.txt")
    assert (
        "0 việc mới, 0 việc đổi, 0 việc không còn, 4 việc giữ nguyên."
        in alice.get(f"{third}/comparison").text
    )


def test_another_plan_of_the_same_year_stands_apart(
    alice: Browser, second: str, behind_the_wall: Snapshot
) -> None:
    assert alice.post(f"{second}/separation").status_code == 303
    assert alice.post(f"{second}/confirmation").headers["Location"] == "/w/north/board"
    assert len(_cards(behind_the_wall)) == 6


def test_a_plan_of_another_year_is_not_compared(alice: Browser, app: Flask, first: str) -> None:
    next_year = plan(PATROL.replace("2026", "2027"), title="Chăm lo trẻ em năm 2027")
    address = plan_under_review(alice, app, next_year, "2027.txt")
    assert alice.post(f"{address}/confirmation").headers["Location"] == "/w/north/board"


def test_only_those_who_manage_plans_compare(
    bob: Browser, charlie: Browser, second: str, behind_the_wall: Snapshot
) -> None:
    before = _cards(behind_the_wall)
    for act in ("comparison", "separation"):
        assert bob.post(f"{second}/{act}").status_code == 403
        assert charlie.post(f"{second}/{act}").status_code == 404
    assert bob.get(f"{second}/comparison").status_code == 403
    assert charlie.get(f"{second}/comparison").status_code == 404
    assert _cards(behind_the_wall) == before


def test_the_list_and_the_former_document_say_that_there_is_a_correction(
    alice: Browser, first: str, second: str
) -> None:
    listed = alice.get("/w/north/plans").text
    assert f'href="{second}/comparison"' in listed and "Đã có bản sửa" not in listed
    assert _apply(alice, second) == 303
    listed = alice.get("/w/north/plans").text
    assert f'href="{second}/comparison"' not in listed and "Đã có bản sửa" in listed
    assert f'href="{second}/document"' in alice.get(f"{first}/document").text
    assert "đã có bản sửa" not in alice.get(f"{second}/document").text


def test_another_agency_is_offered_and_given_only_when_ticked(
    alice: Browser, app: Flask, first: str, behind_the_wall: Snapshot
) -> None:
    moved = plan(PATROL, SLIDES).decode() + f"\n2. Trạm Y tế phường\n\n- {GAMES}\n"
    address = plan_under_review(alice, app, moved.encode(), "sua.txt")
    assert "Đổi cơ quan: Công an phường thành Trạm Y tế" in alice.get(f"{address}/comparison").text
    assert _apply(alice, address, agencies="3") == 303
    led = (
        "select agency.name from app.card join app.agency on agency.ward_id = card.ward_id "
        "and agency.id = card.agency_id order by number"
    )
    names = [str(row[0]) for row in behind_the_wall.query(led)]
    assert names[0] == names[1] and "Y tế" in names[2]


def test_a_plan_that_says_the_same_changes_nothing_but_what_cards_cite(
    alice: Browser, app: Flask, first: str, behind_the_wall: Snapshot
) -> None:
    before = _cards(behind_the_wall)
    same = plan(GAMES, PATROL, SLIDES)
    address = plan_under_review(alice, app, same, "dao-thu-tu.txt")
    assert (
        "0 việc mới, 0 việc đổi, 0 việc không còn, 3 việc giữ nguyên."
        in alice.get(f"{address}/comparison").text
    )
    assert _apply(alice, address) == 303
    assert _cards(behind_the_wall) == before
    assert "theo kế hoạch mới" in alice.get("/w/north/cards/1").text


def test_of_two_different_corrections_at_once_the_second_is_shown_the_first(
    alice: Browser, app: Flask, second: str, behind_the_wall: Snapshot
) -> None:
    other = plan_under_review(alice, app, plan(PATROL, SLIDES, GAMES, HOTLINE), "ban-khac.txt")
    fields = _fields(alice.get(f"{other}/comparison").text)
    assert _apply(alice, second) == 303
    answer = alice.post(f"{other}/comparison", **fields)
    assert answer.status_code == 409
    assert "0 việc mới" in answer.text
    assert len(_cards(behind_the_wall)) == 4


def test_two_plans_of_a_year_confirmed_at_once_do_not_both_make_cards(
    alice: Browser, lan: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    one = plan_under_review(alice, app, plan(PATROL, SLIDES), "mot.txt")
    other = plan_under_review(alice, app, plan(PATROL, GAMES), "hai.txt")
    lan.token()
    with ThreadPoolExecutor(2) as pool:
        presses = [
            pool.submit(who.post, f"{address}/confirmation") for who, address in ((alice, one), (lan, other))
        ]
        answers = [press.result() for press in presses]
    assert {answer.status_code for answer in answers} <= {303, 409}
    assert len(_cards(behind_the_wall)) == 2


def test_a_comparison_asks_the_same_of_three_duties_and_of_thirty(
    alice: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    asked = []
    for year, many in ((2024, 3), (2025, 30)):
        duties = [f"{SLIDES[:-10]} tại khu phố {at} trước ngày 30/6/{year}." for at in range(many)]
        title = f"Chăm lo trẻ em năm {year}"
        address = plan_under_review(alice, app, plan(*duties, title=title), f"{year}.txt")
        alice.post(f"{address}/confirmation")
        again = plan_under_review(alice, app, plan(*duties, HOTLINE, title=title), f"{year}-sua.txt")
        with counted_statements(app) as seen:
            assert "giữ nguyên" in alice.get(f"{again}/comparison").text
        asked.append(len(seen))
    assert asked[0] == asked[1]


def test_cards_split_and_merged_in_the_first_review_stand_once_after_the_correction(
    alice: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    duties = [PATROL, SLIDES, GAMES.rstrip(".") + "; lập danh sách trẻ em thường bỏ học đi chơi."]
    address = plan_under_review(alice, app, plan(*duties), "ke-hoach.txt")
    patrol, slides, *games = (row[0] for row in _proposed(behind_the_wall))
    assert alice.post(f"{address}/cards/{slides}/union", into=patrol).status_code == 303
    if len(games) == 1:
        at = duties[2].index("lập danh sách")
        assert alice.post(f"{address}/cards/{games[0]}/pieces", at=at).status_code == 303
    assert alice.post(f"{address}/confirmation").status_code == 303
    before = _cards(behind_the_wall)
    assert len(before) == 3
    later = plan_under_review(alice, app, plan(*duties, HOTLINE), "ke-hoach-sua.txt")
    page = alice.get(f"{later}/comparison").text
    assert "1 việc mới, 0 việc đổi, 0 việc không còn" in page
    assert "đã tách hoặc gộp khi kiểm tra bản trước" in page
    assert _apply(alice, later) == 303
    after = _cards(behind_the_wall)
    assert after[:3] == before
    assert [row[1] for row in after[3:]] == [HOTLINE]
    assert "đã bỏ khi kiểm tra" not in alice.get(f"{later}/document").text


def _proposed(behind_the_wall: Snapshot) -> list[tuple[object, ...]]:
    return behind_the_wall.query("select id, text from app.proposed_card order by position")


def test_what_was_shared_out_is_corrected_and_cancelled_with_its_parts(
    alice: Browser, cast: Cast, second: str, behind_the_wall: Snapshot
) -> None:
    among = [str(cast.police), str(cast.schools)]
    for number in (1, 2):
        assert alice.post(f"/w/north/cards/{number}/shares", among=among).status_code == 303
    fields = _fields(alice.get(f"{second}/comparison").text)
    gone = re.findall(r'name="gone" value="(\d+)"', alice.get(f"{second}/comparison").text)
    assert _apply(alice, second, gone=gone, agencies=fields["agencies"]) == 303
    rows = behind_the_wall.query(
        "select number, text, state, parent_id is not null, shared_total from app.card order by number"
    )
    assert rows == [
        (1, NEW_PATROL, "todo", False, 2),
        (2, SLIDES, "cancelled", False, 2),
        (3, GAMES, "todo", False, 0),
        (4, NEW_PATROL, "todo", True, 0),
        (5, NEW_PATROL, "todo", True, 0),
        (6, SLIDES, "cancelled", True, 0),
        (7, SLIDES, "cancelled", True, 0),
        (8, HOTLINE, "todo", False, 0),
    ]


def test_what_comes_back_is_corrected_and_ended_with_its_open_periods(
    alice: Browser, app: Flask, cast: Cast, second: str, behind_the_wall: Snapshot
) -> None:
    for number in (1, 2):
        assert alice.post(f"/w/north/cards/{number}/series", freq="monthly").status_code == 303
    with app.app_context(), inside_ward(cast.north):
        assert len(make_periods(datetime(2026, 7, 2, tzinfo=UTC))) == 2
        keep()
    gone = re.findall(r'name="gone" value="(\d+)"', alice.get(f"{second}/comparison").text)
    assert gone == ["2"]
    assert _apply(alice, second, gone=gone) == 303
    rows = behind_the_wall.query(
        "select number, text, state from app.card where series_id is not null order by number"
    )
    assert [(row[1], row[2]) for row in rows] == [
        (NEW_PATROL, "todo"),
        (SLIDES, "cancelled"),
        (NEW_PATROL, "todo"),
        (SLIDES, "cancelled"),
    ]
    with app.app_context(), inside_ward(cast.north):
        assert len(make_periods(datetime(2026, 8, 2, tzinfo=UTC))) == 1
