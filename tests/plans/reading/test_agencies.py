"""Who is told to act: labels, sentences, lists, requests."""

import pytest

from portal.plans.reading.agencies.assignments import assignment_in
from portal.plans.reading.agencies.groups import catalogue_name
from portal.plans.reading.agencies.phrases import after_support

LABELS: list[tuple[str, list[str | None]]] = [
    ("Công chức văn hóa và Xã hội:", ["vhxh"]),
    ("Công an xã, Trạm Y tế xã:", ["congan", "tramyte"]),
    ("Đề nghị UBMTTQ phường và các tổ chức chính trị - xã hội:", ["mttq", "doanthe"]),
    (
        "Hội Liên hiệp Phụ nữ phường, Đoàn Thanh niên, Hội Cựu chiến binh và Hội Nông dân:",
        ["hoipn", "doantn", "hoicb", "hoind"],
    ),
    ("Công chức Văn hóa - Xã hội (phụ trách Lao động - TB&XH):", ["vhxh"]),
    ("Trưởng các thôn, bản:", ["tdp"]),
    ("Giao Phòng VH-XH:", ["p_vhxh"]),
    ("Phòng Kinh tế, Hạ tầng và Đô thị:", ["p_kt"]),
    ("Các trường Mầm non, Tiểu học, THCS trên địa bàn:", ["truong"]),
    ("Trạm y tê phường:", ["tramyte"]),
    ("Đề nghị MTTQ và các đoàn thể:", ["mttq", "doanthe"]),
    ("Các tổ chức CT-XH:", ["doanthe"]),
    ("CA xã, TYT xã:", ["congan", "tramyte"]),
    ("Công chức ĐC-XD, VP-TK:", ["dcxd", "vptk"]),
    ("Giao Trưởng phòng Văn hóa - Xã hội:", ["p_vhxh"]),
    ("Đ/c Nguyễn Văn An - công chức Văn hóa - Xã hội:", ["vhxh"]),
    ("Thành viên Ban bảo vệ trẻ em:", [None]),
    ("Trưởng các bản:", ["tdp"]),
    ("Các thôn trưởng; các chi hội, chi đoàn:", ["tdp", None]),
    ("Các bon, tổ dân phố:", ["tdp"]),
    ("Trường MN, TH, THCS:", ["truong"]),
    ("Các trường mầm non, tiểu học, trung học cơ sở:", ["truong"]),
    ("Trưởng Ban công tác Mặt trận:", [None]),
    ("Các đồng chí Ủy viên UBND, cán bộ, công chức phụ trách thôn:", [None]),
    ("Bà Hồ Thị Giả Định - CC Văn hóa - Xã hội:", ["vhxh"]),
    ("Trạm trưởng Trạm Y tế, đồng chí Trần Văn Bịa Ra:", ["tramyte"]),
    ("Công an xã, bà Lê Thị Tưởng Tượng - công chức VH-XH:", ["congan", "vhxh"]),
    ("Công chức Tư pháp - Hộ tịch (đ/c Ngô Văn Bày Đặt):", ["tpht"]),
    ("Đề nghị Ủy ban MTTQ xã và các tổ chức thành viên:", ["mttq", "doanthe"]),
]
NOBODY = [
    "Kinh phí thực hiện:",
    "Chế độ báo cáo:",
    "Tổ chức thực hiện các mục tiêu, nhiệm vụ",
    "Các biện pháp phòng chống bạo lực, xâm hại trẻ em",
    "Hướng dẫn, kiểm tra việc đăng ký khai sinh",
    "Ban hành văn bản chỉ đạo:",
]


@pytest.mark.parametrize(("label", "codes"), LABELS)
def test_a_label_names_its_agencies(label: str, codes: list[str | None]) -> None:
    assignment = assignment_in(label)

    assert assignment is not None
    assert assignment.form == "label"
    assert [ref.code for ref in assignment.leads] == codes


@pytest.mark.parametrize("text", NOBODY)
def test_a_topic_or_a_verb_names_nobody(text: str) -> None:
    assert assignment_in(text) is None


def test_lead_and_supporting_agencies_are_told_apart() -> None:
    assignment = assignment_in(
        "Giao Trạm Y tế phường chủ trì, phối hợp với công chức VH-XH, các khu phố tổ chức khám."
    )

    assert assignment is not None
    assert [ref.code for ref in assignment.leads] == ["tramyte"]
    assert [ref.code for ref in assignment.supporting] == ["vhxh", "tdp"]
    assert assignment.mode == "assign"


def test_the_front_and_the_mass_organisations_are_only_requested() -> None:
    asked = assignment_in("Đề nghị Trạm Y tế: khám sức khỏe.")
    front = assignment_in("Giao Đoàn Thanh niên phường: tổ chức hè.")

    assert asked is not None
    assert front is not None
    assert (asked.mode, front.mode) == ("request", "request")


def test_an_agency_outside_the_catalogue_is_kept_as_written() -> None:
    assignment = assignment_in("Đài Truyền thanh xã:")

    assert assignment is not None
    assert [(ref.code, ref.name) for ref in assignment.leads] == [(None, "Đài Truyền thanh xã")]


def test_organisations_of_the_level_above_are_not_the_wards() -> None:
    assignment = assignment_in("Hội Liên hiệp Phụ nữ thành phố:")

    assert assignment is not None
    assert assignment.leads[0].code is None


def test_the_duty_starts_after_the_agencies_that_help() -> None:
    words = "Chủ trì, phối hợp với Ban CHQS, Đoàn Thanh niên tuần tra, kiểm soát"

    assert after_support("Phối hợp với Trạm Y tế khám sức khỏe") == "khám sức khỏe"
    assert after_support(words) in (words, "tuần tra, kiểm soát")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Bà Nguyễn Thị Ví Dụ - Phó Chủ tịch UBND phường:", "Phó Chủ tịch UBND phường"),
        ("Nguyễn Văn Ví Dụ - Phó Chủ tịch UBND phường:", "Phó Chủ tịch UBND phường"),
        ("Trưởng Ban công tác Mặt trận:", "Ban công tác Mặt trận"),
        ("Các chi hội, chi đoàn:", "Các chi hội, chi đoàn"),
        ("Trường Tiểu học Nguyễn Văn Trỗi:", "Trường Tiểu học Nguyễn Văn Trỗi"),
    ],
)
def test_the_post_is_the_agency_and_not_the_person_who_holds_it(label: str, name: str) -> None:
    assignment = assignment_in(label)

    assert assignment is not None
    assert [ref.name for ref in assignment.leads] == [name]


def test_a_group_of_one_place_goes_by_its_catalogue_name_where_names_are_counted() -> None:
    assignment = assignment_in("Các xóm:")

    assert assignment is not None
    assert [(ref.name, catalogue_name(ref)) for ref in assignment.leads] == [("Các xóm", "Các tổ dân phố")]
