"""A fact takes the channels its step names, to people as they can be reached: SMS through a real HTTP gateway."""

from datetime import timedelta

import pytest

from portal.reminders.texts.counting import size_of
from tests.reminders.conftest import MORNING, TODAY, CardMaker, links
from tests.reminders.texting import Texts

YESTERDAY = TODAY - timedelta(days=1)
LATER = timedelta(minutes=3)


def test_a_late_card_goes_by_letter_and_by_sms_in_one_segment_with_its_link(
    texts: Texts, due: CardMaker
) -> None:
    texts.account()
    texts.phone("Bob Công An")
    due(YESTERDAY, title="Tuần tra cổng trường", text="Công an: Tuần tra cổng trường giờ tan học")
    texts.post.plan()
    texts.post.drain()
    texts.drain()
    assert len(texts.post.journal()) == 1
    [sent] = texts.taken()
    assert sent["Phone"] == "0912345678"
    assert sent["Brandname"] == "UBNDBACPHO"
    assert 'viec "Tuan tra cong truong" qua han 1 ngay. Bao ngay: http' in sent["Content"]
    assert size_of(sent["Content"]).segments == 1
    assert texts.states() == [("accepted", "")]
    [letter] = texts.post.letters()
    assert links(letter) == ["/a/" + sent["Content"].rpartition("/a/")[2]]


def test_what_somebody_typed_is_in_no_sms(texts: Texts, due: CardMaker) -> None:
    texts.account()
    texts.phone("Bob Công An")
    number = due(YESTERDAY, title="Thăm cháu Nguyễn Thị Bí Mật")
    texts.send()
    [sent] = texts.taken()
    assert "Bi Mat" not in sent["Content"]
    assert f"viec so {number} qua han" in sent["Content"]


def test_a_step_that_names_letters_only_sends_no_sms(texts: Texts, due: CardMaker) -> None:
    texts.account()
    texts.phone("Bob Công An")
    due(TODAY)
    texts.post.plan()
    assert texts.states() == []


def test_whoever_has_only_a_telephone_gets_everything_by_sms(texts: Texts, due: CardMaker) -> None:
    texts.account()
    texts.phone("Bob Công An", email=None)
    due(TODAY)
    assert texts.post.plan() == 1
    texts.drain()
    assert len(texts.taken()) == 1


def test_without_an_account_a_telephone_is_no_way_to_anybody(texts: Texts, due: CardMaker) -> None:
    texts.phone("Bob Công An", email=None)
    due(TODAY)
    assert texts.post.plan() == 0


def test_until_switched_live_only_those_who_steer_receive(texts: Texts, due: CardMaker) -> None:
    texts.late_for_bob(due, live=False)
    texts.send()
    assert texts.states() == [("cancelled", "trial")]
    assert texts.taken() == []


def test_nobody_gets_more_sms_a_day_than_the_ward_allows(texts: Texts, due: CardMaker) -> None:
    texts.account()
    texts.phone("Bob Công An")
    for hours in range(4):
        now = MORNING + timedelta(hours=hours)
        due(YESTERDAY)
        texts.post.wall.execute("delete from app.sched_cursor")
        texts.post.plan(now)
        texts.drain(now)
    assert len(texts.taken()) == 3


def test_an_empty_account_is_held_and_nothing_is_used_up(texts: Texts, due: CardMaker) -> None:
    texts.late_for_bob(due)
    texts.fault(refuse="103")
    texts.send()
    assert texts.states() == [("held", "text_relay")]
    assert texts.held() is not None
    texts.fault()
    texts.drain(MORNING + timedelta(minutes=6))
    assert texts.states() == [("accepted", "")]


@pytest.mark.parametrize("fault", [{"silent_every": 1}, {"status": 502}, {"babble": True}])
def test_silence_is_asked_again_with_the_same_reference_and_taken_once(
    texts: Texts, due: CardMaker, fault: dict[str, object]
) -> None:
    texts.late_for_bob(due)
    texts.fault(**fault)
    texts.send()
    assert texts.states() == [("unknown", "text_no_answer")]
    texts.fault()
    texts.drain(MORNING + LATER)
    assert texts.states() == [("accepted", "")]
    assert len(texts.taken()) == 1


def test_a_gateway_that_forgets_is_never_asked_twice(texts: Texts, due: CardMaker) -> None:
    texts.late_for_bob(due, shape="vnpt", settings=dict.fromkeys(_VNPT, "x"))
    texts.fault(status=502)
    texts.send()
    for minutes in (3, 20, 34, 60):
        texts.drain(MORNING + timedelta(minutes=minutes))
    assert texts.states() == [("parked", "nobody_knows")]
    assert len(texts.taken()) == 1


_VNPT = ("label_id", "contract_id", "template_id", "agent_id", "api_user", "api_pass", "username")


def test_a_code_nobody_explained_is_for_a_person(texts: Texts, due: CardMaker) -> None:
    texts.late_for_bob(due)
    texts.fault(refuse="777")
    texts.send()
    assert texts.states() == [("parked", "unknown_code")]


def test_a_number_that_does_not_exist_is_written_to_once(texts: Texts, due: CardMaker) -> None:
    texts.late_for_bob(due)
    texts.fault(refuse="99")
    texts.send()
    due(YESTERDAY)
    texts.post.wall.execute("delete from app.sched_cursor")
    texts.fault()
    texts.post.plan(MORNING + LATER)
    texts.drain(MORNING + LATER)
    assert texts.states() == [("failed", "text_refused"), ("cancelled", "number_gone")]
    assert texts.taken() == []
