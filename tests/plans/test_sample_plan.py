"""The built-in sample: from one button to cards on the board."""

from flask import Flask

from tests.cast import Browser
from tests.plans.walking import address_of_plan, read_waiting


def test_the_sample_becomes_cards(alice: Browser, app: Flask) -> None:
    answer = alice.post("/w/north/plans/new", sample="1")
    address = address_of_plan(answer)
    assert "Đang đọc" in alice.get(address).text
    assert read_waiting(app) == 1
    page = alice.get(address).text
    assert "Tạo 23 việc và giao 11 cơ quan" in page
    assert "0 đoạn bị bỏ sót" in page
    assert alice.post(f"{address}/confirmation").status_code == 303
    board = alice.get("/w/north/board").text
    assert "Đã tạo 23 việc và giao 11 cơ quan." in board
    assert "Tổ chức lễ phát động Tháng hành động vì trẻ em" in board
