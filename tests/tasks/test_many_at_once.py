"""Cards chosen in the list are given, dated and reminded of together; refusals are told; one press takes it back."""

import re
from datetime import date

import pytest

from tests.cards import DUE_FAR, CardMaker
from tests.cast import Browser, Cast
from tests.tasks.conftest import Kinds, Look

BATCH = "/w/north/cards/batch"


def _words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def _said(who: Browser, answer: object) -> str:
    assert answer.status_code == 303, answer.text  # type: ignore[attr-defined]
    return who.get(answer.headers["Location"]).text  # type: ignore[attr-defined]


def test_all_are_given_to_one_agency_and_taken_back_with_one_press(
    alice: Browser, a_card: CardMaker, cast: Cast, look: Look, kinds: Kinds
) -> None:
    numbers = [a_card(), a_card(agency_id=None), a_card()]
    before = [look(number) for number in numbers]
    chosen = [f"{number}.{look(number)['version']}" for number in numbers]
    page = _said(alice, alice.post(BATCH, card=chosen, do="assign", agency=str(cast.schools)))
    assert "Đã giao 3 việc cho" in _words(page)
    assert {look(number)["agency_id"] for number in numbers} == {cast.schools}
    undo = re.search(r'action="(/w/north/acts/[^"]+)"', page)
    assert undo is not None
    page = _said(alice, alice.post(undo[1], back="/w/north/board?view=list"))
    assert "Đã hoàn tác 3 việc" in _words(page)
    kept = ("agency_id", "mode", "assigned_at", "accepted_at", "state")
    assert [{k: look(number)[k] for k in kept} for number in numbers] == [
        {k: c[k] for k in kept} for c in before
    ]
    assert [kinds(number)[-1] for number in numbers] == ["undone"] * 3


def test_a_date_for_many(alice: Browser, a_card: CardMaker, look: Look) -> None:
    numbers = [a_card(), a_card(due_on=DUE_FAR)]
    page = _said(alice, alice.post(BATCH, card=[str(n) for n in numbers], do="date", due_on="24/5/2031"))
    assert "Đã đặt hạn 2 việc" in _words(page)
    assert {look(number)["due_on"] for number in numbers} == {date(2031, 5, 24)}


def test_what_cannot_be_changed_is_told_card_by_card_and_stops_no_other(
    alice: Browser, bob: Browser, lan: Browser, a_card: CardMaker, cast: Cast, look: Look
) -> None:
    good, stale, done, same = a_card(), a_card(), a_card(), a_card(agency_id=cast.schools)
    seen = look(stale)["version"]
    bob.post(f"/w/north/cards/{stale}/state", state="doing")
    bob.post(f"/w/north/cards/{done}/state", state="review")
    lan.post(f"/w/north/cards/{done}/state", state="done")
    chosen = [str(good), f"{stale}.{seen}", str(done), str(same), "77"]
    words = _words(_said(alice, alice.post(BATCH, card=chosen, do="assign", agency=str(cast.schools))))
    assert "Đã giao 1 việc" in words
    assert f"Không đổi việc số {stale}: Bob Công An vừa sửa việc này" in words
    assert f"Không đổi việc số {done}: Việc này đã xong" in words
    assert f"Đã như vậy từ trước: việc số {same}." in words
    assert "Không đổi việc số 77: Không có việc này." in words
    assert [look(number)["agency_id"] == cast.schools for number in (good, stale, done)] == [
        True,
        False,
        False,
    ]


def test_undo_leaves_alone_what_happened_since(
    alice: Browser, mai: Browser, a_card: CardMaker, cast: Cast, look: Look
) -> None:
    left, worked = a_card(), a_card()
    page = _said(
        alice, alice.post(BATCH, card=[str(left), str(worked)], do="assign", agency=str(cast.schools))
    )
    mai.post(f"/w/north/cards/{worked}/state", state="doing")
    undo = re.search(r'action="(/w/north/acts/[^"]+)"', page)
    assert undo is not None
    words = _words(_said(alice, alice.post(undo[1])))
    assert "Đã hoàn tác 1 việc" in words
    assert f"Không đổi việc số {worked}: Đã thay đổi sau đó." in words
    assert (look(left)["agency_id"], look(worked)["agency_id"]) == (cast.police, cast.schools)


def test_a_reminder_goes_by_its_preview(alice: Browser, a_card: CardMaker) -> None:
    first, second = a_card(), a_card()
    answer = alice.post(BATCH, card=[f"{first}.2", f"{second}.2"], do="remind")
    assert answer.headers["Location"].endswith(f"/w/north/reminders?card={first}&card={second}")
    assert alice.get(answer.headers["Location"]).status_code == 200


def test_nothing_chosen_no_agency_no_date_and_nonsense_are_refused(
    alice: Browser, a_card: CardMaker, look: Look
) -> None:
    number = a_card()
    before = look(number)
    for fields in (
        {"do": "assign"},
        {"do": "assign", "card": "x"},
        {"do": "assign", "card": str(number)},
        {"do": "date", "card": str(number)},
        {"do": "date", "card": str(number), "due_on": "31/4"},
        {"do": "dance", "card": str(number), "due_on": "1/4"},
    ):
        assert alice.post(BATCH, **fields).status_code == 422, fields
    assert look(number) == before


def test_the_list_offers_it_to_who_assigns_only(
    alice: Browser, bob: Browser, mai: Browser, charlie: Browser, a_card: CardMaker, cast: Cast, look: Look
) -> None:
    number = a_card()
    assert f'name="card" value="{number}.2" form="batch"' in alice.get("/w/north/board?view=list").text
    assert 'form="batch"' not in bob.get("/w/north/board?view=list").text
    fields = {"card": str(number), "do": "assign", "agency": str(cast.schools)}
    for who, status in ((bob, 403), (mai, 403), (charlie, 404)):
        assert who.post(BATCH, **fields).status_code == status
        assert who.post(f"/w/north/acts/{cast.police}/undo").status_code == status
    assert alice.post(f"/w/north/acts/{cast.police}/undo").status_code == 404
    assert look(number)["agency_id"] == cast.police


@pytest.mark.parametrize("view", ["columns", "lanes"])
def test_columns_and_lanes_offer_their_open_cards_to_be_chosen_to_those_who_steer(
    alice: Browser, lan: Browser, mai: Browser, bob: Browser, a_card: CardMaker, view: str
) -> None:
    opened, done = a_card(), a_card()
    bob.post(f"/w/north/cards/{done}/state", state="doing")
    bob.post(f"/w/north/cards/{done}/state", state="review")
    lan.post(f"/w/north/cards/{done}/state", state="done")
    address = f"/w/north/board?view={view}&pick=1"
    for page in (alice.get(address).text, alice.get(address).text):  # drawn, and as it was kept
        assert re.findall(r'name="card" value="(\d+)\.', page) == [str(opened)]
        assert 'id="batch"' in page
        assert "batch.js" in page
        assert f"cards/{opened}/reminder" not in page
    assert 'name="card"' not in alice.get(f"/w/north/board?view={view}").text
    assert "batch" not in mai.get(address).text
