"""The history of a card: every event a sentence, by kind, with who, from where and the way back."""

import re

import pytest
from flask import Flask

from portal.tasks.card_event import KINDS, CardEvent
from portal.tasks.history import tell
from portal.tasks.history_groups import GROUPS, group_of
from tests.cards import MARCH, CardMaker
from tests.cast import Browser


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("via", ["web", "link", "system"])
def test_every_kind_of_event_is_a_sentence(app: Flask, kind: str, via: str) -> None:
    detail = {"source": "todo", "target": "doing", "agency": "Công an", "what": ["assigned"], "number": 7}
    detail |= {
        "done": 1,
        "total": 2,
        "how": "related" if kind == "linked" else "",
        "label": "Hè",
        "rhythm": "hằng quý",
    }
    if kind.startswith(("due", "extended", "extension")):
        detail |= {"source": "2026-03-01", "target": "2026-04-01"}
    event = CardEvent(ward_id=1, kind=kind, via=via, actor_name="Bob", detail=detail, occurred_at=MARCH)
    with app.test_request_context():
        line = tell(event)
    assert line.what
    assert not re.search(r"[a-z]_[a-z]", line.what), line.what
    assert line.what != kind
    assert line.icon
    assert line.icon != "point"
    assert bool(line.via) is (via == "link")


def test_every_group_has_its_kinds() -> None:
    assert {group_of(kind) for kind in KINDS} == set(GROUPS)


def test_the_history_can_be_narrowed_to_one_group(bob: Browser, a_card: CardMaker) -> None:
    number = a_card()
    here = f"/w/north/cards/{number}"
    bob.post(f"{here}/state", state="doing")
    bob.post(f"{here}/comments", text="Đã nhận")
    talk = bob.get(f"{here}/history?only=talk", HX_Request="true").text
    assert "viết trao đổi" in talk
    assert "chuyển sang" not in talk
    whole = bob.get(f"{here}/history", HX_Request="true").text
    assert "viết trao đổi" in whole
    assert "chuyển sang" in whole
    assert "chuyển sang" not in bob.get(f"{here}?only=talk").text.split('id="lich-su"')[1]


def test_without_htmx_the_card_s_page_shows_it(bob: Browser, a_card: CardMaker) -> None:
    number = a_card()
    answer = bob.get(f"/w/north/cards/{number}/history?only=talk")
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"/cards/{number}?only=talk#lich-su")


def test_strangers_do_not_read_it(mai: Browser, charlie: Browser, a_card: CardMaker) -> None:
    here = f"/w/north/cards/{a_card()}/history"
    assert mai.get(here, HX_Request="true").status_code == 403
    assert charlie.get(here, HX_Request="true").status_code == 404


def test_what_was_done_is_taken_back_from_the_history(bob: Browser, a_card: CardMaker) -> None:
    here = f"/w/north/cards/{a_card()}"
    bob.post(f"{here}/state", state="doing")
    history = bob.get(f"{here}/history", HX_Request="true").text
    event = re.search(r'name="event" value="([^"]+)"', history)
    assert event is not None
    bob.post(f"{here}/undo", event=event[1])
    assert "hoàn tác" in bob.get(f"{here}/history", HX_Request="true").text
