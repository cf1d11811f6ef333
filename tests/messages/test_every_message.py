"""Every kind of message, in both languages: none is missing, all are small, plain, and ask where nothing is ordered."""

import re
from pathlib import Path

import pytest
from flask import Flask

import portal
from portal.reminders.notice import Kind
from portal.reminders.texts.texts import SEGMENTS, SEGMENTS_ACCENTED, TEXTS
from tests.cast import Cast
from tests.messages.every_message import LANGUAGES, every_message
from tests.messages.message import Message
from tests.messages.people import publish_late_work

#: The letters' own words in Vietnamese, none of which an English reader may meet.
VIETNAMESE = (
    "Kính gửi",
    "Thư này",
    "Mở ",
    "Mỗi ",
    "việc",
    "hạn",
    "Ngừng",
    "Hôm nay",
    "đường dẫn",
    "mật khẩu",
)

#: Words of an order, in letters and in texts without accents.
ORDERS = ("quá hạn", "giao", "giải trình", "QUÁ HẠN", "GIAO", "GIẢI TRÌNH", "qua han", "giai trinh")

#: Which message shows each template.
TEMPLATES = {
    "message.txt": "letter-assigned",
    "digest.txt": "digest",
    "weekly.txt": "unit-weekly",
    "link.txt": "account-invitation",
    "webhook_stopped.txt": "unit-webhook-stopped",
}


@pytest.fixture
def messages(app: Flask, cast: Cast) -> dict[str, list[Message]]:
    publish_late_work(app, cast)
    return {language: every_message(app, cast, language) for language in LANGUAGES}


def test_no_kind_is_missing_and_all_are_fit_to_be_sent(messages: dict[str, list[Message]]) -> None:
    names = {one.name for one in messages["vi"]}
    texts = [one.text for one in messages["vi"] if one.name.startswith("sms-")]
    for kind in Kind:
        assert {f"letter-{kind}", f"sms-{kind}", f"{kind}"} & names, f"nobody looks at {kind}"
    for kind, body in TEXTS.items():
        said = re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(body)))
        assert any(said.fullmatch(text) for text in texts), f"nobody looks at the text {kind}"
    found = {path.name for path in Path(portal.__file__).parent.glob("*/templates/*/mail/*.txt")}
    assert found == set(TEMPLATES), "a letter with a template of its own belongs among all messages"
    assert set(TEMPLATES.values()) <= names
    for language, all_of_them in messages.items():
        for one in all_of_them:
            _is_fit(one, language)


def _is_fit(one: Message, language: str) -> None:
    assert len(one.html.encode()) <= 60_000, one.name
    for said in (one.subject, one.text, one.html.replace("<!doctype", "").replace("!important", "")):
        assert not re.search(r"!|%\(|\{|None", re.sub(r"<style>.*?</style>", "", said, flags=re.S)), one.name
    if one.size:
        assert one.size.segments <= (SEGMENTS_ACCENTED if "accented" in one.name else SEGMENTS), one.text
    if "-request" in one.name and "escalated" not in one.name:
        assert not [word for word in ORDERS if word in one.subject + one.text], one.text
    if language == "en":
        assert 'lang="en"' in one.html
        assert not [word for word in VIETNAMESE if word in one.subject + one.text], one.text
