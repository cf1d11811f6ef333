"""The operator looks at a reform before it is done, does it, takes it back; nobody else finds the pages."""

import re

import pytest
from flask import Flask

from tests.cards import CardMaker
from tests.cast import Browser, Cast
from tests.city import Snapshot

PAGE = "/operator/reforms"
MERGE = {"kind": "merge", "old": "north", "into": "south", "on": "1/7/2025", "document": "NQ 1673"}


def _look(olga: Browser, **fields: str) -> str:
    answer = olga.client.get(f"{PAGE}/preview", query_string=fields)
    assert answer.status_code == 200, answer.text
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def _open_cards(behind_the_wall: Snapshot, ward_id: int) -> int:
    asked = "select count(*) from app.card where ward_id = %s and state not in ('cancelled', 'done')"
    return int(str(behind_the_wall.query(asked, (ward_id,))[0][0]))


def test_a_merge_is_looked_at_done_and_taken_back(
    app: Flask, cast: Cast, olga: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    for _each in range(3):
        a_card()
    page = _look(olga, **MERGE)
    assert "phường Bắc → phường Nam" in page
    assert "Việc đang mở được chuyển: 3" in page
    assert "Nhập vào cơ quan cùng tên: Công an phường" in page
    assert _open_cards(behind_the_wall, cast.north) == 3, "looking changes nothing"
    assert behind_the_wall.query("select count(*) from app.succession") == [(0,)]
    assert olga.post(PAGE, **MERGE).status_code == 303
    assert _open_cards(behind_the_wall, cast.south) == 3
    assert _ended(behind_the_wall, cast.north)
    page = olga.get(PAGE).text
    assert "phường Bắc nhập vào phường Nam" in page
    (back,) = re.findall(rf'href="({PAGE}/\d+/return)"', page)
    assert "3 việc đang mở từ phường Nam trở về phường Bắc" in olga.get(back).text
    assert olga.post(back).status_code == 303
    assert _open_cards(behind_the_wall, cast.north) == 3
    assert not _ended(behind_the_wall, cast.north)
    assert olga.post(back).status_code == 409


def _ended(behind_the_wall: Snapshot, ward_id: int) -> bool:
    return behind_the_wall.query("select valid_to from app.ward where id = %s", (ward_id,)) != [(None,)]


def test_some_cards_of_a_split_ward_go_and_the_rest_stay(
    app: Flask, cast: Cast, olga: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    first, _second = a_card(), a_card()
    asked = {"kind": "split", "old": "north", "into": "south", "cards": f"{first}, 999", "on": "1/7/2025"}
    assert "Việc đang mở được chuyển: 1" in _look(olga, **asked)
    assert olga.post(PAGE, **asked).status_code == 303
    counted = [_open_cards(behind_the_wall, ward_id) for ward_id in (cast.north, cast.south)]
    assert counted == [1, 1]


def test_a_ward_gets_another_name_and_its_former_one_back(cast: Cast, olga: Browser) -> None:
    asked = {"kind": "rename", "old": "north", "name": "Bắc Sơn", "ward_kind": "xa", "on": "1/7/2025"}
    assert "phường Bắc đổi tên thành xã Bắc Sơn" in _look(olga, **asked)
    assert olga.post(PAGE, **asked).status_code == 303
    page = olga.get(PAGE).text
    assert "phường Bắc đổi tên thành xã Bắc Sơn" in page
    (back,) = re.findall(rf'href="({PAGE}/\d+/return)"', page)
    assert "xã Bắc Sơn trở lại tên Bắc" in olga.get(back).text
    assert olga.post(back).status_code == 303
    assert "UBND phường Bắc" in olga.get("/operator/wards").text


@pytest.mark.parametrize(
    ("change", "status", "why"),
    [
        ({"old": ""}, 422, "Ghi mã đường dẫn của phường"),
        ({"old": "dong"}, 422, "Không có phường nào mang mã"),
        ({"into": "north"}, 422, "không thể nhập vào chính nó"),
        ({"on": "hôm nay"}, 422, "Ghi ngày có hiệu lực"),
        ({"on": "1/7/2099"}, 422, "còn ở phía trước"),
        ({"kind": "split", "cards": "x"}, 422, "Ghi số các việc được chuyển"),
        ({"kind": "rename", "name": " "}, 422, "Ghi tên mới"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do_and_nothing_typed_is_lost(
    cast: Cast, olga: Browser, change: dict[str, str], status: int, why: str
) -> None:
    asked = MERGE | change
    for answer in (olga.client.get(f"{PAGE}/preview", query_string=asked), olga.post(PAGE, **asked)):
        assert answer.status_code == status
        assert why in answer.text
        assert 'value="NQ 1673"' in answer.text


def test_nobody_else_reforms_wards(
    cast: Cast, alice: Browser, lan: Browser, dung: Browser, olga: Browser
) -> None:
    for person in (alice, lan, dung):
        refused = person.get("/operator/wards").status_code
        assert refused in (403, 404)
        assert person.get(PAGE).status_code == refused
        assert (
            person.get(f"{PAGE}/preview?kind=merge&old=north&into=south&on=1/7/2025").status_code == refused
        )
        assert person.post(PAGE, **MERGE).status_code == refused
        assert person.post(f"{PAGE}/1/return").status_code == refused
    assert olga.get(f"{PAGE}/1/return").status_code == 404
    assert olga.get(f"{PAGE}/preview?kind=x").status_code == 404
