"""A ward sets its account for SMS: kept sealed, shown without its secrets, with what every text costs."""

import re
from dataclasses import replace

import pytest
import time_machine
from flask import Flask
from markupsafe import escape

from portal.db import db, utc_now
from portal.reminders.texts.account import ChannelAccount
from portal.reminders.texts.sealed_settings import settings_of
from portal.reminders.texts.texts import TEXTS
from portal.sealing import MasterKeys
from portal.tasks.commands import evidence
from portal.tenants.boundary import inside_ward
from tests.cast import Browser
from tests.city import Snapshot
from tests.reminders.conftest import CardMaker
from tests.reminders.texting import Texts

PAGE = "/w/north/reminders/channels"
FORM = {
    "shape": "esms",
    "sender": "UBNDBACPHO",
    "set-api_key": "khoa-rieng-1",
    "set-secret_key": "khoa-rieng-2",
}


def test_the_account_is_kept_sealed_and_its_secrets_are_never_shown(
    alice: Browser, behind_the_wall: Snapshot
) -> None:
    assert alice.post(PAGE, **FORM).status_code == 303
    page = alice.get(PAGE).text
    assert "UBNDBACPHO" in page
    assert "Đang gửi thử" in page
    assert "khoa-rieng" not in page
    [(sealed,)] = behind_the_wall.query("select sealed from app.channel_account")
    assert b"khoa-rieng" not in bytes(sealed)  # type: ignore[arg-type]


def test_secrets_left_empty_stay_and_the_rest_changes(alice: Browser, behind_the_wall: Snapshot) -> None:
    alice.post(PAGE, **FORM)
    before = behind_the_wall.query("select sealed from app.channel_account")
    alice.post(PAGE, shape="esms", sender="PHUONGBAC", live=1)
    assert behind_the_wall.query("select sealed from app.channel_account") == before
    assert behind_the_wall.query("select sender, live from app.channel_account") == [("PHUONGBAC", True)]


def test_what_is_missing_is_named(alice: Browser) -> None:
    refused = alice.post(PAGE, **{**FORM, "set-secret_key": ""})
    assert refused.status_code == 422
    assert "SecretKey" in refused.text
    assert "brandname" in alice.post(PAGE, **{**FORM, "sender": "một tên rất dài"}).text


def test_what_was_typed_stays_but_for_the_secrets(alice: Browser) -> None:
    form = {
        **FORM,
        "sender": "một tên dài",
        "price": "850",
        "accented": "1",
        "live": "1",
        "shape": "speedsms",
    }
    page = alice.post(PAGE, **form).text
    assert 'value="một tên dài"' in page
    assert 'value="850"' in page
    assert page.count('value="1" checked') == 2
    assert "khoa-rieng" not in page
    assert re.search(r'shape=speedsms" aria-current="page"', page)


def test_an_account_is_forgotten_with_its_secrets(alice: Browser, behind_the_wall: Snapshot) -> None:
    alice.post(PAGE, **FORM)
    assert alice.post(PAGE, close=1).status_code == 303
    assert behind_the_wall.query("select 1 from app.channel_account") == []


def test_every_default_text_is_one_segment_at_its_longest(alice: Browser) -> None:
    page = alice.get(PAGE).text
    assert page.count("1 đoạn") == len(TEXTS)
    assert page.count("&#34;") == 2 * sum("{task}" in body for body in TEXTS.values())


def test_every_provider_has_its_fields(alice: Browser) -> None:
    for shape, field in (("viettel", "set-cp_code"), ("fpt", "set-session_id"), ("speedsms", "set-token")):
        assert f'name="{field}"' in alice.get(f"{PAGE}?shape={shape}").text


def test_who_may_not_set_reminders_is_refused_and_strangers_find_nothing(
    bob: Browser, charlie: Browser
) -> None:
    assert bob.get(PAGE).status_code == 403
    assert bob.post(PAGE, **FORM).status_code == 403
    assert charlie.get(PAGE).status_code == 404


def test_a_trial_goes_to_ones_own_number_once_a_minute(
    alice: Browser, bob: Browser, charlie: Browser, texts: Texts
) -> None:
    trial = f"{PAGE}/trial"
    assert alice.post(trial).status_code == 422
    texts.account(live=False)
    texts.phone("Alice Điều Phối", None)
    assert "số di động" in alice.post(trial).text
    texts.phone("Alice Điều Phối")
    with time_machine.travel(utc_now(), tick=False):
        assert alice.post(trial).status_code == 303
        assert alice.post(trial).status_code == 409
        texts.drain(utc_now())
    [sent] = texts.taken()
    assert sent["Content"] == "UBND P.Bac: tin thu cua he thong nhac viec. Khong phai lam gi."
    assert bob.post(trial).status_code == 403
    assert charlie.post(trial).status_code == 404


def test_the_page_names_the_address_a_gateway_reports_to(alice: Browser, texts: Texts) -> None:
    texts.account()
    assert texts.address() in alice.get(PAGE).text


def test_secrets_are_sealed_again_when_the_master_key_changes(app: Flask, texts: Texts) -> None:
    texts.account()
    settings = app.config["PORTAL"]
    old = settings.file_keys
    new = MasterKeys("second", {"second": bytes(range(32)), **old.keys})
    app.config["PORTAL"] = replace(settings, file_keys=new)
    assert "1 phường" in app.test_cli_runner().invoke(evidence, ["rewrap"]).output
    app.config["PORTAL"] = replace(settings, file_keys=MasterKeys("second", {"second": bytes(range(32))}))
    with app.app_context(), inside_ward(texts.cast.north):
        account = db.session.query(ChannelAccount).one()
        assert settings_of(account, texts.cast.north)["api_key"] == "khoa-cong"
    app.config["PORTAL"] = settings


OWN = "{office} nhac viec: {task} qua han {days} ngay. Bao tai {link}"


def test_a_ward_keeps_the_text_it_has_registered_and_that_is_what_leaves(
    alice: Browser, bob: Browser, charlie: Browser, texts: Texts, due: CardMaker
) -> None:
    address = f"{PAGE}/texts/overdue"
    assert alice.post(address, body=OWN, code="M-12").status_code == 303
    assert "M-12" in alice.get(PAGE).text
    texts.late_for_bob(due)
    texts.send()
    [sent] = texts.taken()
    assert sent["Content"].startswith("UBND P.Bac nhac viec: ")
    assert alice.post(address, default=1).status_code == 303
    assert "M-12" not in alice.get(PAGE).text
    assert bob.post(address, body=OWN).status_code == 403
    assert charlie.post(address, body=OWN).status_code == 404
    assert alice.post(f"{PAGE}/texts/khong-co", body=OWN).status_code == 404


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("Viec {task} qua han. {link}", "{office}"),
        ("{office}: viec {task} qua han {days} ngay", "{link}"),
        ("{office}: {child} qua han {link}", "child"),
        ("{office}: {task} {day} {days} {late} {link}", "nhiều nhất 3"),
        ("{office}: viec {task} & qua han {link}", "ký tự"),
    ],
)
def test_a_text_no_carrier_would_take_is_refused_with_the_reason(alice: Browser, body: str, why: str) -> None:
    refused = alice.post(f"{PAGE}/texts/overdue", body=body)
    assert refused.status_code == 422
    assert why in refused.text
    assert f">{escape(body)}</textarea>" in refused.text
    assert alice.get(PAGE).text.count("<details") == refused.text.count("<details")
