"""Search ignores accents and tone placement, looks at titles, the plan's words, agencies and numbers."""

import unicodedata

import pytest

from tests.cards import CardMaker
from tests.cast import Browser, Cast


@pytest.fixture
def board(alice: Browser, a_card: CardMaker, cast: Cast) -> Browser:
    a_card("Thăm hộ ở tổ Hòa Bình")
    a_card("Rà soát khu Hoà An", text="Lập danh sách hộ nghèo")
    a_card("Truyền thông 100% trường học", agency_id=cast.schools)
    a_card("Khám mắt cho học_sinh", agency_id=cast.schools)
    return alice


def _found(board: Browser, words: str) -> list[int]:
    page = board.client.get("/w/north/board", query_string={"q": words, "view": "list"}).text
    return [number for number in range(1, 5) if f'id="card-{number}"' in page]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("hoa", [1, 2]),
        ("Hòa", [1, 2]),
        ("HOÀ", [1, 2]),
        (unicodedata.normalize("NFD", "hòa"), [1, 2]),
        ("hoa binh", [1]),
        ("binh hoa", [1]),
        ("  hoà   bình ", [1]),
        ("ho ngheo", [2]),
        ("danh sach", [2]),
        ("cong an", [1, 2]),
        ("truong hoc tren dia ban", [3, 4]),
        ("4", [4]),
        ("100%", [3]),
        ("%", [3]),
        ("_", [4]),
        ("hoc_sinh", [4]),
        ("h_c", []),
        ("\\", []),
        ("/", []),
        ("'", []),
        ("không có từ này", []),
        ("²", []),
        ("99999999999999999999", []),
    ],
)
def test_what_is_found(board: Browser, words: str, numbers: list[int]) -> None:
    assert _found(board, words) == numbers


def test_the_words_stay_in_the_field_and_can_be_taken_off(board: Browser) -> None:
    page = board.client.get("/w/north/board", query_string={"q": "Hòa <b>"}).text
    assert 'value="Hòa &lt;b&gt;"' in page
    assert "<b>”" not in page


def test_nothing_found_says_what_to_do(board: Browser) -> None:
    assert "Không tìm thấy việc nào" in board.get("/w/north/board?q=zzz").text


def test_an_agency_finds_only_its_own(board: Browser, mai: Browser) -> None:
    assert _found(mai, "hoa") == []
    assert _found(mai, "kham") == [4]


def test_another_ward_finds_nothing(board: Browser, charlie: Browser) -> None:
    page = charlie.get("/w/south/board?q=hoa&view=list").text
    assert "Hòa Bình" not in page
