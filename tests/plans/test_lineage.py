"""A ward's plan and the plan it carries out: linked, compared, begun from, and never seen by the city itself."""

import re

import psycopg
import pytest
from flask import Flask

from portal.plans.copying import copied, leftover
from portal.plans.linking import linked
from tests.cast import Browser, Cast
from tests.city import City, Snapshot
from tests.plans.upper import UPPER, WARD, publish, sent
from tests.plans.walking import plan_under_review, read_waiting, real_plan
from tests.statements import counted_statements
from worker.unit_jobs import carry_out_units


def _confirmed(alice: Browser, app: Flask, text: str = WARD) -> str:
    address = plan_under_review(alice, app, text.encode(), "ke-hoach-bac.txt")
    assert alice.post(f"{address}/confirmation").status_code == 303
    read_waiting(app)
    return address


def test_a_plan_that_cites_the_units_is_linked_to_it(
    dung: Browser, alice: Browser, bob: Browser, app: Flask
) -> None:
    upper = publish(dung, app).replace("/o/city/plans", "/w/north/upper-plans")
    address = _confirmed(alice, app)
    for page in ("/w/north/plans", f"{address}/document", f"{address}/targets"):
        assert f'href="{upper}"' in bob.get(page).text, page
    assert "Bảo vệ, chăm sóc trẻ em thành phố Thử năm 2026" in bob.get(upper).text


@pytest.mark.parametrize(
    "change",
    [
        ("Số: 90/KH-UBND", "Số: 91/KH-UBND"),
        ("ngày 27 tháng 02", "ngày 28 tháng 02"),
    ],
)
def test_another_number_or_day_is_another_plan(
    dung: Browser, alice: Browser, app: Flask, change: tuple[str, str]
) -> None:
    publish(dung, app, UPPER.replace(*change))
    page = alice.get(f"{_confirmed(alice, app)}/document").text
    assert "Theo kế hoạch số 90/KH-UBND" in page
    assert "cấp trên chưa công bố ở đây" in page
    assert "upper-plans" not in page


def test_a_plan_published_later_by_an_office_further_up_is_found_as_well(
    dung: Browser, alice: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    address = _confirmed(alice, app)
    upper = publish(dung, app)
    behind_the_wall.execute(
        "insert into app.oversight_unit (slug, name, short_name) values ('tinh', 'T', 'T')"
    )
    behind_the_wall.execute(
        "update app.oversight_unit set parent_id = (select id from app.oversight_unit where slug = 'tinh') "
        "where slug = 'city'"
    )
    behind_the_wall.execute(
        "update app.unit_plan set unit_id = (select id from app.oversight_unit where slug = 'tinh')"
    )
    assert upper.replace("/o/city/plans", "/w/north/upper-plans") in alice.get(f"{address}/document").text


def test_a_unit_that_does_not_oversee_the_ward_is_not_looked_at(
    dung: Browser, alice: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    upper = publish(dung, app).replace("/o/city/plans", "/w/north/upper-plans")
    behind_the_wall.execute("update app.ward set oversight_unit_id = null where slug = 'north'")
    assert alice.get(upper).status_code == 404
    assert "upper-plans" not in alice.get(f"{_confirmed(alice, app)}/document").text


def test_copied_paragraphs_and_words_of_the_level_above_are_marked(
    dung: Browser, alice: Browser, app: Flask
) -> None:
    publish(dung, app)
    page = alice.get(f"{_confirmed(alice, app)}/document").text
    assert page.count("Chép từ kế hoạch cấp trên") == 4
    assert "4 đoạn chép từ kế hoạch cấp trên" in page
    assert page.count("Còn chữ của cấp trên: “trên địa bàn thành phố”") == 1


def test_an_activity_leads_to_the_card_it_clearly_became_and_nowhere_else(
    alice: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    address = _confirmed(alice, app)
    page = alice.get(f"{address}/document").text
    assert re.findall(r"Hoạt động này ứng với việc số (\d+)", page) == ["1"]
    assert behind_the_wall.query("select section, text from app.activity order by position") == [
        ("III", "Tổ chức kiểm tra, cắm biển cảnh báo ở các điểm nước sâu nguy hiểm."),
        ("III", "Tổ chức gặp mặt cuối năm."),
    ]


def test_targets_stand_beside_the_units(dung: Browser, alice: Browser, vy: Browser, app: Flask) -> None:
    publish(dung, app)
    address = _confirmed(alice, app)
    page = vy.get(f"{address}/targets").text
    assert "1 chỉ tiêu nhẹ hơn, 1 chỉ tiêu chưa có" in page
    found = re.findall(r"(Bằng|Cao hơn|Nhẹ hơn) cấp trên", page)
    assert found == ["Bằng", "Nhẹ hơn", "Cao hơn"]
    assert "Trên 95% trẻ em dưới 1 tuổi được tiêm chủng đầy đủ" in page
    assert "nằm ngoài phần chỉ tiêu" in page
    assert "≥ 70%" in page


def test_targets_are_shown_without_a_plan_above_too(alice: Browser, app: Flask) -> None:
    page = alice.get(f"{_confirmed(alice, app)}/targets").text
    assert "≥ 80%" in page
    assert "So với cấp trên" not in page


def test_the_city_sees_which_wards_ask_less_and_no_word_of_theirs(
    dung: Browser, alice: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    upper = publish(dung, app)
    _confirmed(alice, app)
    page = dung.get(upper).text
    assert "1/2 xã, phường có kế hoạch dẫn chiếu bản này" in page
    assert page.count("Nhẹ hơn cấp trên") == 1
    for words in ("Chăm lo trẻ em phường Bắc", "cắm biển cảnh báo", "80%", "12/KH-UBND"):
        assert words not in page
        assert words not in dung.get("/o/city/plans").text
    assert "1/2 xã, phường dẫn chiếu" in dung.get("/o/city/plans").text
    assert behind_the_wall.query(
        "select verdict, count(*) from app.target_verdict group by verdict order by verdict"
    ) == [("missing", 1), ("same", 1), ("softer", 1), ("stricter", 1)]


def test_wards_are_compared_when_the_unit_publishes_after_them_and_forgotten_when_it_withdraws(
    dung: Browser, alice: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    _confirmed(alice, app)
    upper = publish(dung, app)
    assert behind_the_wall.query("select count(*) from app.target_verdict") == [(4,)]
    assert carry_out_units(app) == 0
    sent(dung.post(f"{upper}/withdrawal"))
    carry_out_units(app)
    for table in ("target_verdict", "plan_citation"):
        assert behind_the_wall.query(f"select count(*) from app.{table}") == [(0,)]


def test_of_two_plans_that_cite_the_same_the_later_counts(
    dung: Browser, alice: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    publish(dung, app)
    _confirmed(alice, app)
    later = plan_under_review(
        alice, app, WARD.replace("80%", "95%").replace("12/KH", "13/KH").encode(), "b.txt"
    )
    sent(alice.post(f"{later}/separation"))
    sent(alice.post(f"{later}/confirmation"))
    read_waiting(app)
    assert behind_the_wall.query("select count(*) from app.target_verdict where verdict = 'stricter'") == [
        (2,)
    ]
    assert behind_the_wall.query("select count(*) from app.plan_citation") == [(1,)]


def test_a_ward_that_fails_does_not_stop_the_others(
    dung: Browser, alice: Browser, charlie: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    _confirmed(alice, app)
    behind_the_wall.execute(
        """update app.plan set details = jsonb_set(details, '{parent_plan,date}', '"never"')"""
    )
    south = sent(charlie.post("/w/south/plans/new", text=WARD))
    read_waiting(app)
    sent(charlie.post(f"{south}/confirmation"))
    publish(dung, app)
    assert behind_the_wall.query("select slug from app.plan_citation join app.ward on ward.id = ward_id") == [
        ("south",)
    ]


def test_the_city_finds_no_plan_of_a_ward(dung: Browser, alice: Browser, app: Flask) -> None:
    publish(dung, app)
    address = _confirmed(alice, app)
    for page in (f"{address}/document", f"{address}/targets", f"{address}/original", "/w/north/plans"):
        assert dung.get(page).status_code == 404
    assert dung.get(address.replace("/w/north", "/o/city")).status_code == 404


def test_another_ward_finds_nothing(dung: Browser, alice: Browser, charlie: Browser, app: Flask) -> None:
    publish(dung, app)
    address = _confirmed(alice, app)
    assert charlie.get(f"{address}/targets").status_code == 404
    assert charlie.get(address.replace("/north/", "/south/") + "/targets").status_code == 404


def test_targets_of_a_plan_under_review_are_for_those_who_manage_plans(
    alice: Browser, bob: Browser, app: Flask
) -> None:
    address = plan_under_review(alice, app, WARD.encode(), "a.txt")
    assert alice.get(f"{address}/targets").status_code == 200
    assert bob.get(f"{address}/targets").status_code == 404


def test_a_ward_begins_with_the_units_plan_and_confirms_it_itself(
    dung: Browser, alice: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    publish(dung, app)
    assert "Lập từ kế hoạch cấp trên" in alice.get("/w/north/plans/new").text
    plan_id = behind_the_wall.query("select id from app.unit_plan")[0][0]
    draft = sent(alice.post(f"/w/north/upper-plans/{plan_id}/draft"))
    read_waiting(app)
    page = alice.get(draft).text
    assert "Tuần tra cổng trường" in page or "tuần tra cổng trường" in page
    assert behind_the_wall.query("select state, number, issued_on from app.plan") == [("review", "", None)]
    assert behind_the_wall.query("select count(agency_id) from app.proposed_card") == [(1,)]
    assert behind_the_wall.query("select count(*) from app.card") == [(0,)]
    assert sent(alice.post(f"/w/north/upper-plans/{plan_id}/draft")) == draft
    alice.post(f"{draft}/confirmation")
    assert "Theo kế hoạch số 90/KH-UBND" in alice.get(f"{draft}/document").text


def test_a_plan_of_another_year_is_not_offered_to_begin_with(
    dung: Browser, alice: Browser, app: Flask
) -> None:
    publish(dung, app, UPPER.replace("2026", "2019"))
    assert "Lập từ kế hoạch cấp trên" not in alice.get("/w/north/plans/new").text


def test_only_those_who_manage_plans_begin_with_the_units(
    dung: Browser, bob: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    publish(dung, app)
    plan_id = behind_the_wall.query("select id from app.unit_plan")[0][0]
    assert bob.post(f"/w/north/upper-plans/{plan_id}/draft").status_code == 403
    assert behind_the_wall.query("select count(*) from app.plan") == [(0,)]


def test_what_a_ward_publishes_is_behind_its_wall(
    dung: Browser, alice: Browser, app: Flask, cast: Cast, city: City
) -> None:
    publish(dung, app)
    _confirmed(alice, app)
    with psycopg.connect(city.url("portal_app").replace("+psycopg", "")) as ward:
        ward.execute("select app.enter_ward(%s)", (cast.south,))
        for table in ("activity", "plan_citation", "target_verdict"):
            assert ward.execute(f"select count(*) from app.{table}").fetchone() == (0,)
    with psycopg.connect(city.url("portal_city").replace("+psycopg", "")) as watcher:
        watcher.execute("select app.enter_wards(%s::int[])", ([cast.south],))
        for table in ("plan_citation", "target_verdict"):
            assert watcher.execute(f"select count(*) from app.{table}").fetchone() == (0,)


def test_the_pages_ask_twelve_questions_at_most(dung: Browser, alice: Browser, app: Flask) -> None:
    upper = publish(dung, app).replace("/o/city/plans", "/w/north/upper-plans")
    address = _confirmed(alice, app)
    for page in ("/w/north/plans", f"{address}/document", f"{address}/targets", upper, "/w/north/plans/new"):
        alice.get(page)
        with counted_statements(app) as seen:
            assert alice.get(page).status_code == 200, page
        assert len(seen) <= 12, (page, seen)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Đảm bảo 100% trẻ em trên địa bàn Thành phố có thẻ bảo hiểm.", "trên địa bàn Thành phố"),
        ("Các ban, ngành, đoàn thể thành phố phối hợp.", "đoàn thể thành phố"),
        ("Theo Kế hoạch số 60/KH-UBND của UBND tỉnh về trẻ em trên địa bàn tỉnh.", ""),
        ("Báo cáo UBND thành phố.", ""),
        ("Trẻ em trên địa bàn phường.", ""),
    ],
)
def test_words_of_the_level_above_are_told_from_its_name(text: str, words: str) -> None:
    assert leftover(text) == words


def test_a_paragraph_with_two_words_changed_is_a_copy_and_one_about_the_same_is_not() -> None:
    upper = "Tăng cường sự quan tâm, chỉ đạo của cấp ủy, chính quyền các cấp đối với công tác bảo vệ trẻ em thành phố."
    ours = {
        1: upper.replace("thành phố", "phường"),
        2: "Tăng cường tuyên truyền về công tác bảo vệ trẻ em đến cấp ủy, chính quyền và nhân dân các tổ dân phố.",
        3: "Công an phường:",
    }
    assert copied(ours, [upper, "Công an phường:"]) == {1}


def test_the_activities_of_the_real_plan_are_linked_only_where_it_is_clear(
    alice: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    address = plan_under_review(alice, app, real_plan("lao-cai-2024.txt"), "lao-cai-2024.txt")
    alice.post(f"{address}/confirmation")
    assert behind_the_wall.query("select count(*) from app.activity") == [(17,)]
    page = alice.get(f"{address}/document").text
    assert len(re.findall(r"Hoạt động này ứng với việc số (\d+)", page)) == 3
    assert "Còn chữ của cấp trên: “trên địa bàn thành phố”" in page


def test_nothing_is_linked_to_nothing() -> None:
    assert linked([], ["a b c"]) == []
    assert linked(["Tổ chức hội nghị"], []) == [None]
    assert linked([""], ["", "Tổ chức hội nghị"]) == [None]
