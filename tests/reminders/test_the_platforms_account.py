"""A ward without an account of its own sends by the platform's, whose secrets it never sees."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from portal.config import ConfigError, load
from portal.local.settings import local_settings
from tests.cards import CardMaker
from tests.cast import Browser
from tests.city import Snapshot
from tests.reminders.conftest import TODAY
from tests.reminders.texting import Texts

PAGE = "/w/north/reminders/channels"
SHARED: dict[str, Any] = {
    "shape": "esms",
    "sender": "TPTHU",
    "price": 350,
    "settings": {"api_key": "khoa-chung", "secret_key": "kin-chung"},
}


@pytest.fixture
def shared(texts: Texts, app: Flask) -> None:
    app.config["PORTAL"] = replace(app.config["PORTAL"], sms_account=SHARED)


def test_a_text_goes_by_the_platforms_account_and_no_secret_is_in_the_ward(
    alice: Browser, texts: Texts, shared: None, due: CardMaker, behind_the_wall: Snapshot
) -> None:
    page = alice.get(PAGE).text
    assert "TPTHU" in page
    assert "khoa-chung" not in page
    assert alice.post(PAGE, channel="sms", shape="platform", live="1").status_code == 303
    texts.phone("Bob Công An", email=None)
    due(TODAY)
    texts.send()
    [sent] = texts.taken()
    assert sent["Brandname"] == "TPTHU"
    assert texts.states() == [("accepted", "")]
    assert "kin-chung" not in str(behind_the_wall.query("select * from app.channel_account"))
    assert 'aria-current="page">Tài khoản chung' in alice.get(PAGE).text


def test_when_the_operator_takes_it_away_nothing_leaves_and_nothing_is_lost(
    alice: Browser, texts: Texts, shared: None, due: CardMaker, app: Flask
) -> None:
    alice.post(PAGE, channel="sms", shape="platform", live="1")
    app.config["PORTAL"] = replace(app.config["PORTAL"], sms_account=None)
    texts.phone("Bob Công An", email=None)
    due(TODAY)
    texts.send()
    assert texts.taken() == []
    assert [state for state, _why in texts.states()] == ["queued"]
    assert "Tài khoản chung" not in alice.get(PAGE).text


def test_where_there_is_none_it_cannot_be_used(
    alice: Browser, bob: Browser, texts: Texts, shared: None
) -> None:
    assert alice.post(PAGE, channel="zns", shape="platform").status_code == 404
    assert bob.post(PAGE, channel="sms", shape="platform").status_code == 403


def test_an_account_that_cannot_be_read_is_refused_at_the_start(tmp_path: Any) -> None:
    with pytest.raises(ConfigError, match="PORTAL_SMS_ACCOUNT must be JSON"):
        load({**local_settings(tmp_path), "PORTAL_SMS_ACCOUNT": '{"shape": "esms"}'})
