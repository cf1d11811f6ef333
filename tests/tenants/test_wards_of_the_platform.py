"""The operator opens wards and invites their first coordinator; nobody else finds the page."""

import pytest

from tests.cast import Browser, Cast
from tests.city import Snapshot

WARD = {
    "slug": "dong",
    "name": "Đông",
    "kind": "xa",
    "province": "Thử",
    "unit": "",
    "coordinator_name": "Dương Điều Phối",
    "coordinator_email": "duong@dong.example",
}


def test_a_ward_is_opened_with_its_first_coordinator(
    olga: Browser, cast: Cast, behind_the_wall: Snapshot
) -> None:
    answer = olga.post("/operator/wards", **(WARD | {"unit": str(cast.unit)}))
    assert answer.headers["Location"] == "/operator/wards"
    assert "UBND xã Đông" in olga.get("/operator/wards").text
    found = behind_the_wall.query(
        "select role, ward.oversight_unit_id from app.membership join app.ward on ward.id = ward_id "
        "join app.person on person.id = person_id where slug = 'dong' and email = 'duong@dong.example'"
    )
    assert found == [("coordinator", cast.unit)]
    assert behind_the_wall.query("select email, place from app.account_mail") == [
        ("duong@dong.example", "UBND xã Đông")
    ]


def test_the_operator_does_not_get_into_the_ward_they_opened(olga: Browser, cast: Cast) -> None:
    olga.post("/operator/wards", **WARD)
    assert olga.get("/w/dong/board").status_code == 404


@pytest.mark.parametrize(
    ("change", "status", "why"),
    [
        ({"slug": "north"}, 409, "đã có phường khác dùng"),
        ({"slug": "Đông"}, 422, "Mã chỉ có chữ thường không dấu"),
        ({"slug": "-x"}, 422, "Mã chỉ có chữ thường không dấu"),
        ({"slug": "x"}, 422, "Mã chỉ có chữ thường không dấu"),
        ({"name": ""}, 422, "Ghi tên phường, xã."),
        ({"coordinator_name": ""}, 422, "Ghi họ tên người điều phối."),
        ({"coordinator_email": "duong"}, 422, "Địa chỉ e-mail chưa đúng."),
        ({"unit": "99999"}, 422, "Cơ quan theo dõi này không còn."),
        ({"unit": "²"}, 422, "Cơ quan theo dõi này không còn."),
    ],
)
def test_what_cannot_be_opened_is_said_the_words_are_kept_and_nothing_remains(
    olga: Browser, behind_the_wall: Snapshot, change: dict[str, str], status: int, why: str
) -> None:
    answer = olga.post("/operator/wards", **(WARD | change))
    assert answer.status_code == status
    assert why in answer.text
    assert 'value="Thử"' in answer.text
    assert behind_the_wall.query("select count(*) from app.ward") == [(2,)]
    assert behind_the_wall.query("select count(*) from app.account_mail") == [(0,)]


@pytest.mark.parametrize("person", ["alice", "lan", "bob", "dung"])
def test_nobody_else_opens_wards(
    cast: Cast, behind_the_wall: Snapshot, person: str, request: pytest.FixtureRequest
) -> None:
    who: Browser = request.getfixturevalue(person)
    assert who.get("/operator/wards").status_code == 403
    assert who.post("/operator/wards", **WARD).status_code == 403
    assert behind_the_wall.query("select count(*) from app.ward") == [(2,)]
