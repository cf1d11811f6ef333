"""Every sentence for people has its English words, with the same things to fill in; numbers come in the right form."""

import pytest
from flask import Flask
from flask_babel import force_locale, gettext

from portal.catalogue import words_in
from portal.local.strings import faults, said_in_the_code
from portal.tasks.state import STATE_TEXTS, State


def test_nothing_is_missing_fuzzy_or_left_over_and_placeholders_agree() -> None:
    """Left over or missing: `make strings`, then write the words into portal/translations/en."""
    assert faults("en") == []


def test_the_sentences_are_found_at_all() -> None:
    said = {str(message.id) for message in said_in_the_code() if message.id}
    assert len(said) > 1000
    assert {"Bảng việc", "Lưu số liệu", "Lãnh đạo phường"} <= said


@pytest.mark.parametrize(("count", "said"), [(1, "1 task"), ("1", "1 task"), (2, "2 tasks"), (0, "0 tasks")])
def test_english_counts_as_english_does(app: Flask, count: object, said: str) -> None:
    with app.test_request_context(), force_locale("en"):
        assert gettext("%(n)s việc", n=count) == said
        page = app.jinja_env.from_string("{{ _('%(n)s việc', n=n) }}")
        assert page.render(n=count) == said


def test_what_is_filled_into_a_page_is_escaped_in_either_language(app: Flask) -> None:
    for language in ("vi", "en"):
        with app.test_request_context(), force_locale(language):
            page = app.jinja_env.from_string(
                "{% autoescape true %}{{ _('%(n)s việc', n=n) }}{% endautoescape %}"
            )
            assert "&lt;b&gt;" in page.render(n="<b>")


def test_vietnamese_is_said_as_it_is_written() -> None:
    assert words_in("vi").gettext("%(n)s việc") == "%(n)s việc"


def test_a_word_that_names_a_state_and_a_button_is_two_words_in_english(app: Flask) -> None:
    with app.test_request_context(), force_locale("en"):
        assert (str(STATE_TEXTS[State.RETURNED]), gettext("Trả lại")) == ("Returned", "Return")
    with app.test_request_context(), force_locale("vi"):
        assert str(STATE_TEXTS[State.RETURNED]) == "Trả lại"
