"""Ways of looking at the board that are kept: one's own, and the ward's by those who steer it."""

import re
import uuid

import pytest

from tests.cards import CardMaker
from tests.cast import Browser, Cast
from tests.city import Snapshot

VIEWS = "/w/north/views"


def _kept(wall: Snapshot) -> list[tuple[object, ...]]:
    return wall.query("select name, query, contact_id is null from app.saved_view order by name")


def test_a_filter_is_kept_under_a_name_and_leads_back(
    bob: Browser, mai: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    a_card()
    page = bob.get("/w/north/board?view=list&quick=late&sort=-due&nonsense=1").text
    query = re.search(r'name="query" value="([^"]*)"', page)
    assert query
    answer = bob.post(VIEWS, name=" Việc  trễ ", query=query[1].replace("&amp;", "&"))
    assert answer.headers["Location"] == "/w/north/board?view=list&quick=late&sort=-due"
    assert _kept(behind_the_wall) == [("Việc trễ", "view=list&quick=late&sort=-due", False)]
    assert "?view=list&amp;quick=late&amp;sort=-due" in bob.get("/w/north/board").text
    assert "Việc trễ" not in mai.get("/w/north/board").text


def test_the_same_name_again_replaces_it(bob: Browser, behind_the_wall: Snapshot) -> None:
    for quick in ("late", "soon"):
        bob.post(VIEWS, name="Của tôi", query=f"quick={quick}")
    assert _kept(behind_the_wall) == [("Của tôi", "quick=soon", False)]


def test_the_wards_views_are_everybodys_and_kept_by_who_steers(
    alice: Browser, bob: Browser, charlie: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    a_card()
    assert bob.post(VIEWS, name="Chung", query="", for_ward="1").status_code == 403
    alice.post(VIEWS, name="Chung", query="quick=undated", for_ward="1")
    assert _kept(behind_the_wall) == [("Chung", "quick=undated", True)]
    assert "Chung</span>" in bob.get("/w/north/board").text
    assert "Chung</span>" not in charlie.get("/w/south/board").text


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("view=nonsense&agency=x&quick=y", ""),
        ("https://evil.example/?view=list", ""),
        ("q=" + "a" * 5000, "q=" + "a" * 100),
        ("q=hòa", "q=h%C3%B2a"),
    ],
)
def test_only_what_a_filter_understands_is_kept(
    bob: Browser, behind_the_wall: Snapshot, query: str, kept: str
) -> None:
    bob.post(VIEWS, name="X", query=query)
    assert _kept(behind_the_wall) == [("X", kept, False)]


@pytest.mark.parametrize("name", ["", "   ", "a" * 61])
def test_a_name_is_needed(bob: Browser, behind_the_wall: Snapshot, name: str) -> None:
    assert bob.post(VIEWS, name=name, query="").status_code == 422
    assert _kept(behind_the_wall) == []


def test_it_is_given_up_by_its_owner_only(
    alice: Browser, bob: Browser, mai: Browser, charlie: Browser, behind_the_wall: Snapshot, cast: Cast
) -> None:
    bob.post(VIEWS, name="Của Bob", query="quick=late")
    alice.post(VIEWS, name="Chung", query="quick=soon", for_ward="1")
    ids = {str(name): view for name, view in behind_the_wall.query("select name, id from app.saved_view")}
    assert mai.post(f"{VIEWS}/{ids['Của Bob']}/removal").status_code == 404
    assert bob.post(f"{VIEWS}/{ids['Chung']}/removal").status_code == 403
    assert charlie.post(f"/w/south/views/{ids['Chung']}/removal").status_code == 404
    assert bob.post(f"{VIEWS}/{uuid.UUID(int=7)}/removal").status_code == 404
    assert bob.post(f"{VIEWS}/{ids['Của Bob']}/removal").status_code == 303
    assert alice.post(f"{VIEWS}/{ids['Chung']}/removal").status_code == 303
    assert _kept(behind_the_wall) == []


def test_nobody_keeps_more_than_can_be_found_again(bob: Browser, behind_the_wall: Snapshot) -> None:
    for n in range(30):
        bob.post(VIEWS, name=f"Cách {n}", query="")
    assert bob.post(VIEWS, name="Một nữa", query="").status_code == 422
    assert len(_kept(behind_the_wall)) == 30
