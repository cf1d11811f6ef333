"""Short messages over SMPP: handed over once, doubts left alone, receipts kept before they are confirmed."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.db import session_as
from portal.reminders.texts.keeping_account import Wanted
from portal.reminders.texts.smpp.listening import listen
from portal.reminders.texts.smpp.server import parsed
from portal.reminders.texts.smpp.submitting import reference_of
from tests.cards import CardMaker
from tests.cast import Browser, Cast
from tests.reminders.conftest import MORNING
from tests.reminders.texting import Texts
from tests.smsc import PASSWORD, Faults, Smsc, running_smsc


@pytest.fixture
def smsc(texts: Texts, app: Flask) -> Iterator[Smsc]:
    with ExitStack() as stack:
        centre = stack.enter_context(running_smsc())
        app.config["PORTAL"] = replace(app.config["PORTAL"], smpp_servers=(f"smpp://{centre.name}",))
        yield centre


def _account(centre: Smsc, password: str = PASSWORD) -> Wanted:
    return Wanted(
        "smpp", "UBNDBACPHO", {"server": centre.name, "system_id": "bacpho", "password": password}, live=True
    )


def _sent(texts: Texts, centre: Smsc, due: CardMaker, **account: Any) -> None:
    texts.late_for_bob(due, wanted=_account(centre), **account)
    texts.send()


def _hear(texts: Texts) -> int:
    with texts.app.app_context():
        return listen(session_as("dispatch"), lambda: MORNING, quiet=0.2)


def test_a_text_is_handed_over_once_and_its_receipt_settles_it(
    texts: Texts, smsc: Smsc, due: CardMaker
) -> None:
    _sent(texts, smsc, due)
    [taken] = smsc.taken
    assert (taken["from"], taken["to"]) == ("UBNDBACPHO", "84912345678")
    assert "qua han 1 ngay" in taken["text"]
    assert texts.states() == [("accepted", "")]
    smsc.report(taken)
    smsc.report(taken)
    assert _hear(texts) == 2
    assert smsc.news == []
    assert texts.apply() == 1
    assert texts.states() == [("delivered", "")]
    assert smsc.binds == ["bind_transmitter", "bind_receiver"]


def test_accents_go_as_one_payload_that_the_centre_parts(texts: Texts, smsc: Smsc, due: CardMaker) -> None:
    _sent(texts, smsc, due, accented=True)
    [taken] = smsc.taken
    assert "quá hạn 1 ngày" in taken["text"]
    assert taken["as_payload"] == (len(taken["text"]) > 70)


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (Faults(throttle=1), "retry_wait"),
        (Faults(status=0xB), "failed"),
        (Faults(cut=1), "unknown"),
        (Faults(babble=1), "unknown"),
        (Faults(unbind=1), "accepted"),
    ],
)
def test_what_the_centre_answers_decides(
    texts: Texts, smsc: Smsc, due: CardMaker, fault: Faults, state: str
) -> None:
    smsc.faults = fault
    _sent(texts, smsc, due)
    assert [one for one, _why in texts.states()] == [state]
    smsc.faults = Faults()
    texts.drain(MORNING + timedelta(hours=2))
    assert len(smsc.taken) == (0 if state == "failed" else 1)


def test_a_receipt_that_echoes_our_reference_ends_a_doubt(texts: Texts, smsc: Smsc, due: CardMaker) -> None:
    smsc.faults = Faults(cut=1)
    _sent(texts, smsc, due)
    [taken] = smsc.taken
    smsc.report(taken, user_message_reference=taken["reference"])
    assert _hear(texts) == 1
    texts.apply()
    assert texts.states() == [("delivered", "")]


def test_a_wrong_password_leaves_the_account_alone_and_loses_nothing(
    texts: Texts, smsc: Smsc, due: CardMaker
) -> None:
    texts.late_for_bob(due, wanted=_account(smsc, password="sai"))
    texts.send()
    assert smsc.taken == []
    assert texts.held() is not None
    assert [one for one, _why in texts.states()] == ["held"]


def test_a_centre_that_is_away_is_tried_again(texts: Texts, smsc: Smsc, due: CardMaker) -> None:
    texts.late_for_bob(due, wanted=_account(smsc))
    smsc.shutdown()
    smsc.server_close()
    texts.send()
    assert [one for one, _why in texts.states()] == ["retry_wait"]


def test_somebody_who_answers_stop_gets_no_more(texts: Texts, smsc: Smsc, due: CardMaker) -> None:
    _sent(texts, smsc, due)
    smsc.say("84912345678", "TC")
    assert _hear(texts) == 1
    texts.apply()
    assert texts.post.wall.query("select channel, reason from app.suppression where channel = 'sms'") == [
        ("sms", "opted_out")
    ]


def test_what_could_not_be_kept_is_told_again(
    texts: Texts, smsc: Smsc, due: CardMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    _sent(texts, smsc, due)
    smsc.report(smsc.taken[0])
    texts.post.wall.execute("alter table app.receipt rename to receipt_away")
    try:
        assert _hear(texts) == 0
    finally:
        texts.post.wall.execute("alter table app.receipt_away rename to receipt")
    assert len(smsc.news) == 1
    assert _hear(texts) == 1


def test_a_ward_reaches_no_other_machine(alice: Browser, texts: Texts, smsc: Smsc) -> None:
    form = {
        "channel": "sms",
        "shape": "smpp",
        "sender": "UBNDBACPHO",
        "set-system_id": "a",
        "set-password": "b",
    }
    page = alice.get("/w/north/reminders/channels?shape=smpp").text
    assert f"<option>{smsc.name}</option>" in page
    refused = alice.post("/w/north/reminders/channels", **form, **{"set-server": "10.0.0.1:22"})
    assert refused.status_code == 422
    assert "Chọn máy chủ SMPP trong danh sách" in refused.text
    kept = alice.post("/w/north/reminders/channels", **form, **{"set-server": smsc.name})
    assert kept.status_code == 303


def test_where_the_operator_has_opened_no_centre_none_is_offered(alice: Browser, cast: Cast) -> None:
    assert "SMPP" not in alice.get("/w/north/reminders/channels").text


def test_addresses_of_centres_are_read_strictly() -> None:
    assert [str(one) for one in parsed(["smpps://smsc.example:3550"]).values()] == ["smsc.example:3550"]
    for wrong in ("http://smsc.example:80", "smpp://smsc.example", "smpp://:2775"):
        with pytest.raises(ValueError, match=":"):
            parsed([wrong])


def test_references_fit_sixteen_bits() -> None:
    assert all(0 <= reference_of(str(one)) < 65536 for one in range(1000))
