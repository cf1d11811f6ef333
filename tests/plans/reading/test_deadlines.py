"""Every phrase about time that plans use, and what it means."""

from datetime import date

import pytest

from portal.plans.reading.deadlines.deadline import read_deadline
from portal.plans.reading.deadlines.timeframe import Timeframe

FRAME = Timeframe(2024, date(2024, 2, 5))

DATES = [
    ("báo cáo trước ngày 15/11", "2024-11-15", "day"),
    ("xong trước 31/10", "2024-10-31", "day"),
    ("trước ngày 15 tháng 8 năm 2025", "2025-08-15", "day"),
    ("chậm nhất ngày 20/5/2024", "2024-05-20", "day"),
    ("đến hết ngày 30/9", "2024-09-30", "day"),
    ("tổ chức vào ngày 28/5/2024", "2024-05-28", "day"),
    ("trước ngày 15/01 năm sau", "2025-01-15", "day"),
    ("hoàn thành trong tháng 6", "2024-06-30", "month"),
    ("trong tháng 6 và tháng 7", "2024-07-31", "month"),
    ("hoàn thành trong Quý I/2024", "2024-03-31", "quarter"),
    ("trong Quý II", "2024-06-30", "quarter"),
    ("trong 6 tháng cuối năm", "2024-12-31", "half"),
    ("trong năm 2024", "2024-12-31", "year"),
    ("từ ngày 01/6 đến ngày 30/6/2024", "2024-06-30", "range"),
    ("từ ngày 15 đến ngày 30/6", "2024-06-30", "range"),
    ("từ tháng 5 đến tháng 8/2024", "2024-08-31", "range"),
    ("trước ngày 05 hằng tháng", "2024-03-05", "day"),
    ("hàng tháng trước ngày 25", "2024-02-25", "day"),
    ("ngày cuối cùng của tháng", "2024-02-29", "day"),
    ("trước ngày 20 của tháng cuối quý", "2024-03-20", "day"),
    ("thứ Sáu hằng tuần", "2024-02-09", "day"),
    ("vào ngày đầu tiên của tháng", "2024-03-01", "day"),
    ("uống Vitamin A ngày 01/6 và 02/6/2024", "2024-06-02", "range"),
    ("trực các bãi biển vào ngày nghỉ lễ 30/4 - 01/5", "2024-05-01", "range"),
]
CELLS = [
    ("Tháng 4/2024", "2024-04-30", "month"),
    ("Quý II", "2024-06-30", "quarter"),
    ("05/9/2024", "2024-09-05", "day"),
    ("Trước 31/10/2024", "2024-10-31", "day"),
    ("Tháng 5 - tháng 8/2024", "2024-08-31", "range"),
    ("01/11 - 15/11/2024", "2024-11-15", "range"),
    ("Năm 2024", "2024-12-31", "year"),
    ("Cả năm", "2024-12-31", "year"),
    ("6 tháng đầu năm", "2024-06-30", "half"),
    ("Tháng 6 và tháng 12/2024", "2024-06-30", "month"),
]
RHYTHMS = [
    ("báo cáo tại giao ban tháng", "monthly"),
    ("báo cáo tại hội nghị giao ban quý", "quarterly"),
    ("tuyên truyền trong buổi chào cờ đầu tuần", "weekly"),
    ("mỗi quý một lần", "quarterly"),
    ("định kỳ hằng quý tổng hợp", "quarterly"),
    ("Hằng tháng", "monthly"),
    ("02 buổi/tuần", "weekly"),
    ("định kỳ 6 tháng, năm", "semiannual_and_annual"),
    ("mỗi năm 2 lần", "semiannual"),
    ("hằng năm", "annual"),
    ("cập nhật thường xuyên", "continuous"),
    ("thực hiện ngay", "on_event"),
    ("can thiệp kịp thời", "on_event"),
    ("đột xuất khi có yêu cầu", "on_demand"),
    ("chế độ báo cáo định kỳ theo quy định", "periodic_unspecified"),
]
SILENT = [
    "đưa tiêu chí vào bình xét Gia đình văn hóa cuối năm",
    "duy trì mô hình trong suốt năm học",
    "nhắc nhở trong tiết sinh hoạt cuối tuần cuối cùng của năm học",
    "Nghị định số 80/2017/NĐ-CP ngày 17/7/2017 của Chính phủ",
    "kế hoạch phổ biến giáo dục pháp luật năm 2024",
    "tuyên truyền Ngày Quốc tế thiếu nhi 01/6 và sự kiện khác",
    "tuyên truyền Luật trẻ em năm 2016",
    "Khám sức khỏe định kỳ cho học sinh",
    "trực cấp cứu 24/24",
    "trẻ em từ 01 tháng tuổi đến dưới 16 tuổi",
]


@pytest.mark.parametrize(("phrase", "day", "precision"), DATES)
def test_a_phrase_in_running_text_gives_its_date(phrase: str, day: str, precision: str) -> None:
    due, _ = read_deadline(f"Tổng hợp số liệu, {phrase}.", FRAME)

    assert (str(due.date), due.precision) == (day, precision)


@pytest.mark.parametrize(("cell", "day", "precision"), CELLS)
def test_a_table_cell_gives_its_date(cell: str, day: str, precision: str) -> None:
    due, _ = read_deadline(cell, FRAME, cell=True)

    assert (str(due.date), due.precision) == (day, precision)


@pytest.mark.parametrize(("phrase", "freq"), RHYTHMS)
def test_a_rhythm_without_a_day_is_a_recurrence_without_a_date(phrase: str, freq: str) -> None:
    due, recurrence = read_deadline(phrase, FRAME)

    assert due.date is None
    assert recurrence is not None
    assert recurrence.freq == freq


@pytest.mark.parametrize("phrase", SILENT)
def test_dates_that_are_no_deadlines_are_left_alone(phrase: str) -> None:
    due, recurrence = read_deadline(phrase, FRAME)

    assert (due.date, recurrence) == (None, None)


def test_before_is_remembered_as_before() -> None:
    assert read_deadline("trước ngày 15/11", FRAME)[0].exclusive
    assert not read_deadline("chậm nhất ngày 15/11", FRAME)[0].exclusive


def test_the_hour_is_kept() -> None:
    due, _ = read_deadline("hoàn thành trước 17 giờ 00 ngày 20/6/2024", FRAME)

    assert (str(due.date), due.time, due.exclusive) == ("2024-06-20", "17:00", True)


def test_two_reports_a_year_are_one_duty_that_comes_back() -> None:
    due, recurrence = read_deadline("báo cáo 6 tháng trước 15/6, năm trước 15/11", FRAME)

    assert str(due.date) == "2024-06-15"
    assert recurrence is not None
    assert recurrence.freq == "semiannual_and_annual"
    assert [str(day) for day in recurrence.occurrences] == ["2024-06-15", "2024-11-15"]


def test_two_rounds_come_back_twice() -> None:
    due, recurrence = read_deadline("đợt 1 vào tháng 4, đợt 2 vào tháng 9 năm 2024", FRAME)

    assert str(due.date) == "2024-04-30"
    assert recurrence is not None
    assert [str(day) for day in recurrence.occurrences] == ["2024-04-30", "2024-09-30"]


def test_a_deadline_that_hangs_on_something_else_has_no_date() -> None:
    due, _ = read_deadline("báo cáo chậm nhất sau 15 ngày kể từ ngày kết thúc diễn đàn", FRAME)

    assert due.date is None
    assert due.relative == "chậm nhất sau 15 ngày kể từ ngày kết thúc diễn đàn"


def test_a_festival_is_an_event_and_no_date() -> None:
    due, _ = read_deadline("tặng quà trẻ em dịp Tết Trung thu", FRAME)

    assert (due.date, due.event) == (None, "dịp Tết Trung thu")


def test_a_day_that_does_not_exist_is_shown_and_not_guessed() -> None:
    due, _ = read_deadline("xong trước 31/6", FRAME)

    assert (due.date, due.raw) == (None, "trước 31/6")


def test_text_without_accents_keeps_its_dates() -> None:
    due, _ = read_deadline("Bao cao ket qua truoc ngay 10/7/2024", FRAME)

    assert str(due.date) == "2024-07-10"
