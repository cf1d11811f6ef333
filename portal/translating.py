"""Words in the reader's language, where a page has a hundred of them: the catalogue is looked up once for all."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from gettext import NullTranslations

from flask import Flask, g
from flask_babel import force_locale, get_locale, get_translations, pgettext
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from portal.catalogue import WRITTEN_IN, Numbered


def attach(app: Flask) -> None:
    """Take the place of Flask-Babel's own `_` in templates, which asks for the language anew for every word.

    Letters are written outside a request, so what they need is the environment's, not a page's.
    """
    app.jinja_env.globals["_"] = _say_in_template
    app.jinja_env.globals["_in"] = pgettext
    app.jinja_env.globals["page_locale"] = lambda: str(get_locale() or WRITTEN_IN)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything said inside is said in this language, whoever asks."""
    outside = g.pop("catalogue", None)
    try:
        with force_locale(language):
            yield
    finally:
        g.pop("catalogue", None)
        if outside is not None:
            g.catalogue = outside


def say(words: str) -> str:
    """Flask-Babel's `gettext`, for code that runs on every page."""
    return _translated(_catalogue(), words, False)


@pass_eval_context
def _say_in_template(context: EvalContext, words: str, **values: object) -> str:
    """The words in the reader's language, `%(name)s` filled in (and escaped, in a page)."""
    is_page = bool(context.autoescape)
    said = _translated(_catalogue(), words, is_page)
    if not values:
        return said
    if isinstance(said, Numbered):
        said = _for_page(said.chosen(values), is_page)
    return said % values


def _catalogue() -> NullTranslations:
    if "catalogue" not in g:
        g.catalogue = get_translations()
    catalogue: NullTranslations = g.catalogue
    return catalogue


@lru_cache(maxsize=8192)
def _translated(catalogue: NullTranslations, words: str, is_page: bool) -> str:
    said = catalogue.gettext(words)
    return said if isinstance(said, Numbered) else _for_page(said, is_page)


def _for_page(words: str, is_page: bool) -> str:
    return Markup(words) if is_page else words  # noqa: S704 - the words of our own templates
