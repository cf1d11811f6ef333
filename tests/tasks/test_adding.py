"""A card is added by hand, and its title mended."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from tests.cards import CardMaker
from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.tasks.conftest import Kinds, Look, turned_away


def _cards(behind_the_wall: Snapshot) -> object:
    return behind_the_wall.query("select count(*) from app.card")[0][0]


def test_with_an_agency_it_is_handed_over_at_once(
    alice: Browser, bob: Browser, cast: Cast, look: Look, kinds: Kinds
) -> None:
    answer = alice.post(
        "/w/north/cards", title="  Tuần tra   cổng trường ", agency=cast.police, due_on="24/5/2030"
    )
    assert answer.headers["Location"] == "/w/north/cards/1"
    card = look(1)
    assert (card["title"], card["due_on"]) == ("Tuần tra cổng trường", date(2030, 5, 24))
    assert card["original_due_on"] == date(2030, 5, 24)
    assert kinds(1) == ["created", "assigned"]
    assert "Tuần tra cổng trường" in bob.get("/w/north/board").text


def test_without_an_agency_it_waits_and_agencies_do_not_see_it(
    alice: Browser, bob: Browser, cast: Cast, kinds: Kinds
) -> None:
    alice.post("/w/north/cards", title="Việc chưa giao")
    assert kinds(1) == ["created"]
    assert "Việc chưa giao" not in bob.get("/w/north/board").text


def test_cards_are_numbered_in_each_ward_on_its_own(alice: Browser, charlie: Browser, cast: Cast) -> None:
    for n in (1, 2):
        assert alice.post("/w/north/cards", title="Việc").headers["Location"] == f"/w/north/cards/{n}"
    assert charlie.post("/w/south/cards", title="Việc").headers["Location"] == "/w/south/cards/1"


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"title": "  "}, "Ghi tên việc."),
        ({"title": "a" * 301}, "Tên việc quá dài."),
        ({"title": "Tuần tra cổng trường", "due_on": "31/4"}, "Ngày “31/4” chưa đúng"),
    ],
)
def test_what_cannot_be_added_is_said_and_the_words_kept(
    alice: Browser, behind_the_wall: Snapshot, cast: Cast, fields: dict[str, str], why: str
) -> None:
    answer = alice.post("/w/north/cards", **fields)
    assert answer.status_code == 422
    assert why in answer.text
    assert fields["title"].strip() in answer.text
    assert _cards(behind_the_wall) == 0


def test_a_refused_card_uses_up_no_number(alice: Browser, cast: Cast) -> None:
    alice.post("/w/north/cards", title="")
    assert alice.post("/w/north/cards", title="Việc").headers["Location"] == "/w/north/cards/1"


def test_an_agency_of_another_ward_is_no_agency(alice: Browser, cast: Cast, look: Look) -> None:
    alice.post("/w/north/cards", title="Việc", agency=cast.south_police)
    assert look(1)["agency_id"] is None


def test_only_those_who_steer_add(
    bob: Browser, mai: Browser, charlie: Browser, behind_the_wall: Snapshot, cast: Cast
) -> None:
    assert bob.post("/w/north/cards", title="Việc").status_code == 403
    assert mai.post("/w/north/cards", title="Việc").status_code == 403
    assert charlie.post("/w/north/cards", title="Việc").status_code == 404
    assert _cards(behind_the_wall) == 0


def test_nothing_but_what_the_form_holds_can_be_set(alice: Browser, cast: Cast, look: Look) -> None:
    alice.post(
        "/w/north/cards",
        title="Việc",
        agency=cast.police,
        state="done",
        ward_id=cast.south,
        number=77,
        version=9,
        mode="request",
        closed_at="2020-01-01",
    )
    card = look(1)
    assert (card["state"], card["ward_id"], card["mode"]) == ("todo", cast.north, "assign")
    assert card["closed_at"] is None


def test_a_title_is_mended_found_by_its_new_words_and_the_plans_words_stay(
    alice: Browser, a_card: CardMaker, look: Look, kinds: Kinds
) -> None:
    number = a_card("Tuần tra", text="Công an phường tuần tra quanh trường học")
    alice.post(f"/w/north/cards/{number}/title", title="Giữ trật tự buổi tối")
    card = look(number)
    assert (card["title"], card["text"]) == (
        "Giữ trật tự buổi tối",
        "Công an phường tuần tra quanh trường học",
    )
    assert kinds(number)[-1] == "edited"
    for words in ("trat tu", "truong hoc"):
        assert "Giữ trật tự buổi tối" in alice.get(f"/w/north/board?q={words}").text


def test_the_same_title_again_changes_nothing(alice: Browser, a_card: CardMaker, kinds: Kinds) -> None:
    number = a_card("Tuần tra")
    alice.post(f"/w/north/cards/{number}/title", title=" Tuần  tra ")
    assert "edited" not in kinds(number)


def test_strangers_and_the_agency_itself_do_not_mend_titles(
    bob: Browser, mai: Browser, charlie: Browser, nobody: Browser, a_card: CardMaker, look: Look
) -> None:
    number = a_card("Tuần tra")
    turned_away("title", number, mai=mai, charlie=charlie, nobody=nobody, title="x")
    assert bob.post(f"/w/north/cards/{number}/title", title="x").status_code == 403
    assert look(number)["title"] == "Tuần tra"


def _form_key(alice: Browser) -> str:
    found = re.search(r'name="key" value="([^"]+)"', alice.get("/w/north/board").text)
    assert found is not None
    return found[1]


def test_a_form_sent_twice_makes_one_card_also_at_the_same_moment(
    alice: Browser, behind_the_wall: Snapshot
) -> None:
    key = _form_key(alice)
    with ThreadPoolExecutor(3) as pool:
        sent = [pool.submit(alice.post, "/w/north/cards", title="Họp tổ dân phố", key=key) for _ in range(3)]
    places = {one.result().headers["Location"] for one in sent}
    assert len(places) == 1
    assert behind_the_wall.query("select count(*) from app.card") == [(1,)]


def test_a_form_that_was_gone_back_to_and_filled_in_anew_makes_another(
    alice: Browser, behind_the_wall: Snapshot
) -> None:
    key = _form_key(alice)
    for title in ("Họp tổ dân phố", "Họp chi bộ", "Họp tổ dân phố"):
        assert alice.post("/w/north/cards", title=title, key=key).status_code == 303
    for _ in range(2):
        alice.post("/w/north/cards", title="Không có khóa", key="x")
    assert behind_the_wall.query("select count(*) from app.card") == [(4,)]
