"""How much a review asks of the database: little, and the same with 23 and with 323 cards (performance.md)."""

from flask import Flask

from portal.plans.sample import sample_plan
from tests.cast import Browser
from tests.city import Snapshot
from tests.plans.reviewed import proposed, row_of, save
from tests.plans.walking import address_of_plan, plan_under_review
from tests.statements import counted_statements


def _long_plan() -> bytes:
    duty = "\n\n- Kiểm tra điểm nước sâu số {n}, báo cáo UBND phường trước ngày 15/5/2026.".format
    more = "".join(duty(n=n) for n in range(300))
    return sample_plan(2026).replace(b"\n\n### 6.", more.encode() + b"\n\n### 6.")


def test_a_review_of_323_cards_asks_no_more_than_one_of_23(
    alice: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    few = plan_under_review(alice, app)
    alice.get(few)
    with counted_statements(app) as small:
        alice.get(few)
    alice.post(f"{few}/removal")
    many = plan_under_review(alice, app, _long_plan(), "dai.md")
    assert len(proposed(behind_the_wall)) == 323
    with counted_statements(app) as large:
        assert alice.get(many).status_code == 200
    assert len(large) == len(small) <= 11, large


def test_acts_of_a_review_ask_the_same_of_many_cards(
    alice: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    address = plan_under_review(alice, app, _long_plan(), "dai.md")
    row = row_of(alice.get(address).text, 5)
    with counted_statements(app) as saving:
        assert save(alice, row, htmx=True, title="Tên khác")[0] == 200
    assert len(saving) <= 14, saving
    cards = [card for card in proposed(behind_the_wall) if card.agency == "Công an phường"]
    with counted_statements(app) as merging:
        alice.post(f"{address}/cards/{cards[1].id}/union", htmx=True, into=cards[0].id)
    assert len(merging) <= 18, merging


def test_waiting_for_a_reading_asks_little(alice: Browser, app: Flask) -> None:
    address = address_of_plan(alice.post("/w/north/plans/new", sample="1"))
    with counted_statements(app) as polling:
        assert alice.get(address, HX_Request="true").status_code == 200
    assert len(polling) <= 8, polling
