"""A card is split where a sentence or a half-sentence of its own words ends; the pieces know where they came from."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal.plans.splitting import parts
from tests.cast import Browser
from tests.city import Snapshot
from tests.plans.reviewed import PLAN, everything, last_change, proposed, refused_to_strangers
from tests.plans.walking import plan_under_review


@pytest.fixture
def address(alice: Browser, app: Flask) -> str:
    """A small plan under review."""
    return plan_under_review(alice, app, PLAN.format(year=2026).encode(), "a.txt")


def _long(behind_the_wall: Snapshot) -> tuple[str, str]:
    """A card whose words can be split, and its words: what the reader already split is merged first."""
    first = proposed(behind_the_wall)[0]
    return first.id, first.text


@pytest.fixture
def card(alice: Browser, address: str, behind_the_wall: Snapshot) -> tuple[str, str]:
    """The police's two duties in one card, so that there is something to split."""
    first, second, *_others = proposed(behind_the_wall)
    alice.post(f"{address}/cards/{second.id}/union", into=first.id)
    return _long(behind_the_wall)


def test_words_part_at_semicolons_and_sentence_ends_not_at_numbers() -> None:
    text = "Chi 1.500.000 đồng cho trẻ; mời BS. Lan dự. Báo cáo trước ngày 15.5.2026"
    assert [part.text for part in parts(text)] == [
        "Chi 1.500.000 đồng cho trẻ;",
        "mời BS.",
        "Lan dự.",
        "Báo cáo trước ngày 15.5.2026",
    ]


@given(st.text())
def test_the_parts_of_any_words_are_those_words(text: str) -> None:
    found = parts(text)
    assert found[0].at == 0
    assert all(text.startswith(part.text, part.at) for part in found)
    assert "".join("".join(part.text.split()) for part in found) == "".join(text.split())


def test_the_pieces_are_the_words_and_keep_place_agency_and_date(
    alice: Browser, address: str, card: tuple[str, str], behind_the_wall: Snapshot
) -> None:
    key, text = card
    at = parts(text)[-1].at
    assert alice.post(f"{address}/cards/{key}/pieces", at=str(at)).status_code == 303
    upper, lower, *_others = proposed(behind_the_wall)
    assert (upper.text, lower.text) == (text[:at].rstrip(), text[at:])
    same = "select count(distinct {}) from app.proposed_card where position < 2"
    for kept in ("locator", "agency_id", "due_on", "section"):
        assert behind_the_wall.query(same.format(kept)) == [(1,)], kept
    assert behind_the_wall.query(same.format("sha256")) == [(2,)]


def test_the_spans_of_the_pieces_hold_exactly_their_words(
    alice: Browser, address: str, card: tuple[str, str], behind_the_wall: Snapshot
) -> None:
    key, text = card
    for part in reversed(parts(text)[1:]):
        assert alice.post(f"{address}/cards/{key}/pieces", at=str(part.at)).status_code == 303
    paragraphs: dict[Any, Any] = dict(behind_the_wall.query("select position, text from app.plan_paragraph"))  # type: ignore[arg-type]
    rows = behind_the_wall.query("select text, spans from app.proposed_card order by position")
    assert [row[0] for row in rows][: len(parts(text))] == [part.text for part in parts(text)]
    for words, spans in rows:
        marked = [paragraphs[place][start:end] for place, start, end in spans]  # type: ignore[attr-defined]
        assert " ".join(marked) == words


def test_a_date_that_a_piece_does_not_say_is_to_be_looked_at(
    alice: Browser, address: str, card: tuple[str, str], behind_the_wall: Snapshot
) -> None:
    key, text = card
    alice.post(f"{address}/cards/{key}/pieces", at=str(parts(text)[-1].at))
    unsure = behind_the_wall.query("select unsure from app.proposed_card order by position")
    assert "due" not in unsure[0][0]  # type: ignore[operator]
    assert "due" in unsure[1][0]  # type: ignore[operator]
    assert "Xem lại: hạn" in alice.get(f"{address}?only=unsure").text


def test_taking_it_back_leaves_everything_as_it_was(
    alice: Browser, address: str, card: tuple[str, str], behind_the_wall: Snapshot
) -> None:
    before = everything(behind_the_wall)
    alice.post(f"{address}/cards/{card[0]}/pieces", at=str(parts(card[1])[1].at))
    assert len(everything(behind_the_wall)) == len(before) + 1
    alice.post(f"{address}/undo", change=last_change(behind_the_wall))
    assert everything(behind_the_wall) == before


@pytest.mark.parametrize("at", ["0", "1", "99999", "-3", "x", ""])
def test_a_place_where_nothing_ends_is_refused(
    alice: Browser, address: str, card: tuple[str, str], behind_the_wall: Snapshot, at: str
) -> None:
    before = everything(behind_the_wall)
    assert alice.post(f"{address}/cards/{card[0]}/pieces", at=at).status_code == 409
    assert everything(behind_the_wall) == before


def test_the_open_row_offers_every_place(alice: Browser, address: str, card: tuple[str, str]) -> None:
    page = alice.get(f"{address}?open={card[0]}").text
    assert page.count('name="at"') == len(parts(card[1])) - 1


def test_splitting_is_for_those_who_manage_plans_of_this_ward(
    alice: Browser, bob: Browser, charlie: Browser, address: str, card: tuple[str, str]
) -> None:
    refused_to_strangers(f"{address}/cards/{card[0]}/pieces", bob, charlie, at=str(parts(card[1])[1].at))
