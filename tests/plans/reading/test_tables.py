"""Assignment tables as wards draw them: two heading rows, repeated headings, groups, dittos, short dates."""

from portal.plans.reading import PlanReading
from portal.plans.reading.document import Block, Grid
from portal.plans.reading.document_reading import understood

HEAD = ["STT", "Nội dung", "Phân công", "Phân công", "Thời gian thực hiện"]
SECOND_HEAD = ["STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian thực hiện"]


def reading_of(*rows: list[str]) -> PlanReading:
    titles = [
        Block(text, gap=True) for text in ("KẾ HOẠCH", "Công tác trẻ em năm 2025", "PHỤ LỤC", "Phân công")
    ]
    return understood([*titles, Grid(tuple(tuple(row) for row in rows))])


def with_two_heading_rows(*rows: list[str]) -> PlanReading:
    return reading_of(HEAD, SECOND_HEAD, *rows)


def test_the_lower_heading_row_names_lead_and_support() -> None:
    duty = with_two_heading_rows(
        ["1", "Tổ chức hội nghị", "Phòng VH-XH\nĐoàn TN", "- Hội PN\n- Các trường", ""]
    ).duties[0]

    assert [ref.code for ref in duty.agencies] == ["p_vhxh", "doantn"]
    assert [ref.code for ref in duty.supporting] == ["hoipn", "truong"]


def test_a_heading_repeated_on_a_new_page_and_a_row_of_column_numbers_are_no_duties() -> None:
    row = ["1", "Treo băng rôn", "Công an phường", "", "Tháng 5"]
    reading = with_two_heading_rows(["(1)", "(2)", "(3)", "(4)", "(5)"], row, SECOND_HEAD)

    assert len(reading.duties) == 1
    assert [skipped.reason for skipped in reading.skipped] == ["table_header"] * 4


def test_a_sum_row_is_no_duty() -> None:
    reading = with_two_heading_rows(
        ["1", "Treo băng rôn", "Công an phường", "", ""], ["", "Cộng", "", "", ""]
    )

    assert [duty.text for duty in reading.duties] == ["Treo băng rôn"]


def test_numbers_that_start_again_in_each_group_stay_apart() -> None:
    group = ["A", "Truyền thông", "", "", ""]
    row = ["1", "Treo băng rôn", "Công an phường", "", ""]
    other = ["1", "Kiểm tra bể bơi", "Trạm Y tế", "", ""]
    reading = with_two_heading_rows(group, row, ["B", "Kiểm tra", "", "", ""], other)

    assert [duty.section for duty in reading.duties] == ["PL.1", "PL.B.1"]


def test_a_day_in_brackets_is_more_telling_than_its_month() -> None:
    duty = with_two_heading_rows(["1", "Họp", "Công an phường", "", "Trong tháng 6\n(trước 15/6)"]).duties[0]

    assert (str(duty.due.date), duty.due.exclusive) == ("2025-06-15", True)


def test_months_in_short_are_understood() -> None:
    reading = with_two_heading_rows(
        ["1", "Dạy bơi", "Đoàn TN", "", "6-8/2025"], ["2", "Rà soát", "Công an", "", "T3/2025"]
    )

    assert [str(duty.due.date) for duty in reading.duties] == ["2025-08-31", "2025-03-31"]
    assert str(reading.duties[0].due.start) == "2025-06-01"


def test_an_empty_lead_cell_is_taken_from_above_and_marked_as_doubtful() -> None:
    first, second = with_two_heading_rows(
        ["1", "Treo băng rôn", "Công an phường", "", ""], ["2", "Họp sơ kết", "", "", ""]
    ).duties

    assert second.agencies == first.agencies
    assert second.confidence["agency"] < first.confidence["agency"]


def test_one_column_may_hold_lead_and_support() -> None:
    rows = (
        ["STT", "Nhiệm vụ", "Cơ quan chủ trì, phối hợp", "Thời gian"],
        ["1", "Rà soát trẻ bỏ học", "Chủ trì: Các trường học. Phối hợp: tổ dân phố", "Quý III"],
    )
    duty = reading_of(*rows).duties[0]

    assert [ref.code for ref in duty.agencies] == ["truong"]
    assert [ref.code for ref in duty.supporting] == ["tdp"]


def test_a_table_of_figures_gives_no_work_and_is_listed() -> None:
    reading = reading_of(["STT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch"], ["1", "Tiêm chủng", "%", "98"])

    assert reading.duties == []
    assert [skipped.reason for skipped in reading.skipped] == ["table_other", "table_other"]
