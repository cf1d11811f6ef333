"""Vietnamese text: one form, search without accents, dictionary order."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from portal.text import collation_key, fold, nfc, normalise_spaces, person_key, spelling, unmarked


def test_search_ignores_accents_and_where_the_tone_stands() -> None:
    assert fold("Hòa") == fold("Hoà") == fold("hoa") == "hoa"
    assert fold("ĐƯỜNG  Đặng") == "duong dang"


def test_two_spellings_of_one_word_are_equal_and_quy_keeps_its_tone() -> None:
    assert spelling("Uỷ ban hoá khoẻ") == spelling("Ủy ban hóa khỏe")
    assert spelling("quý quỹ") == "quý quỹ"


def test_all_white_space_becomes_one_space() -> None:
    assert normalise_spaces(" a\u00a0\n\tb ") == "a b"


def test_words_sort_as_in_a_vietnamese_dictionary() -> None:
    words = ["bà", "ba", "bá", "bạ", "bả", "bã", "băng", "bâng", "bang", "đa", "da", "ca", "Ca"]

    assert sorted(words, key=collation_key) == [
        "ba", "bà", "bả", "bã", "bá", "bạ", "bang", "băng", "bâng", "ca", "Ca", "da", "đa",
    ]  # fmt: skip


def test_numbers_come_before_letters_and_in_order() -> None:
    assert sorted(["Tổ b", "Tổ 2", "Tổ 1"], key=collation_key) == ["Tổ 1", "Tổ 2", "Tổ b"]


@given(st.text())
def test_positions_survive_the_removal_of_accents(text: str) -> None:
    assert len(unmarked(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_both_unicode_forms_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(nfc(text))


def test_people_stand_by_their_given_names() -> None:
    names = ["Trần Văn Bình", "Lê Thị Ánh", "Đỗ An", "Nguyễn Văn An", "Bùi Đức", "Vàng A Dí"]
    assert sorted(names, key=person_key) == [
        "Đỗ An",
        "Nguyễn Văn An",
        "Lê Thị Ánh",
        "Trần Văn Bình",
        "Vàng A Dí",
        "Bùi Đức",
    ]
