"""Damaged text: old encodings, decomposed letters, broken lines, missing accents."""

import unicodedata

import pytest

from portal.plans.reading import read_text
from portal.plans.reading.damage.legacy import decoded
from portal.plans.reading.damage.suggestions import repaired

PLAN = """KẾ HOẠCH
Công tác trẻ em năm 2024

UBND phường Tân An xây dựng Kế hoạch công tác trẻ em năm 2024 trên địa bàn phường như sau:

I. TỔ CHỨC THỰC HIỆN
1. Công chức Văn hóa - Xã hội:
- Tham mưu tổ chức Diễn đàn trẻ em, hoàn thành trước ngày 15/8/2024.
2. Trạm Y tế phường: Khám sức khỏe cho trẻ em
dưới 6 tuổi trong Quý II.
"""


def test_tcvn3_is_decoded() -> None:
    assert decoded("t¨ng c\u00adêng nhµ tr\u00adêng") == "tăng cường nhà trường"


def test_tcvn3_that_lost_its_soft_hyphens_is_mended() -> None:
    assert decoded("t¨ng cêng nhµ trêng, ph¸t hiÖn") == "tăng cường nhà trường, phát hiện"


def test_vni_is_decoded() -> None:
    assert (
        decoded("Keá hoaïch baûo veä treû em phöôøng, Coâng an") == "Kế hoạch bảo vệ trẻ em phường, Công an"
    )


@pytest.mark.parametrize(
    "text", ["Kế hoạch bảo vệ trẻ em", "“Mẹ đỡ đầu” – 100%", "Bộ LĐ-TB&XH", "Số: 19/KH-UBND", "café, naïve"]
)
def test_unicode_is_left_alone(text: str) -> None:
    assert decoded(text) is None


def test_decomposed_letters_give_the_same_reading() -> None:
    decomposed = read_text(unicodedata.normalize("NFD", PLAN))

    assert decomposed.duties == read_text(PLAN).duties
    assert len(decomposed.duties) == 2


def test_a_line_broken_inside_a_sentence_is_joined() -> None:
    duty = read_text(PLAN).duties[1]

    assert duty.text == "Khám sức khỏe cho trẻ em dưới 6 tuổi trong Quý II."
    assert str(duty.due.date) == "2024-06-30"


def test_a_page_break_inside_a_sentence_keeps_both_places() -> None:
    broken = PLAN.replace("Diễn đàn trẻ em, hoàn thành", "Diễn đàn\n\nTrang 2\n\ntrẻ em, hoàn thành")

    duty = read_text(broken).duties[0]

    assert duty.text == "Tham mưu tổ chức Diễn đàn trẻ em, hoàn thành trước ngày 15/8/2024."
    assert len(duty.spans) == 2


def test_decoded_text_remembers_what_stood_in_the_file() -> None:
    reading = read_text(
        "KẾ HOẠCH\n\nI. TỔ CHỨC THỰC HIỆN\n1. Công an phường:\n- T¨ng c\u00adêng tuÇn tra trong th¸ng 6.\n"
    )

    paragraph = reading.paragraphs[-1]
    assert paragraph.text == "Tăng cường tuần tra trong tháng 6."
    assert paragraph.source is not None


def test_a_repair_stands_beside_the_official_text() -> None:
    assert repaired("Chỉ thị số 18/CTTTg") == "Chỉ thị số 18/CT-TTg"
    assert repaired("Thực hiện cơng tác trẻ em") == "Thực hiện công tác trẻ em"
    assert repaired("Thực hiện công tác trẻ em") is None
