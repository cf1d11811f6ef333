"""Words in the reader's language, where a page has a hundred of them: the catalogue is looked up once for all."""

from functools import lru_cache
from gettext import NullTranslations

from flask import Flask, g
from flask_babel import get_translations
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup


def attach(app: Flask) -> None:
    """Take the place of Flask-Babel's own `_` in templates, which asks for the language anew for every word."""
    app.jinja_env.globals["_"] = _say_in_template


def say(words: str) -> str:
    """Flask-Babel's `gettext`, for code that runs on every page."""
    return _translated(_catalogue(), words, False)


@pass_eval_context
def _say_in_template(context: EvalContext, words: str, **values: object) -> str:
    """The words in the reader's language, `%(name)s` filled in (and escaped, in a page)."""
    said = _translated(_catalogue(), words, bool(context.autoescape))
    return said % values if values else said


def _catalogue() -> NullTranslations:
    if "catalogue" not in g:
        g.catalogue = get_translations()
    catalogue: NullTranslations = g.catalogue
    return catalogue


@lru_cache(maxsize=8192)
def _translated(catalogue: NullTranslations, words: str, is_page: bool) -> str:
    said = catalogue.gettext(words)
    return Markup(said) if is_page else said  # noqa: S704 - the words of our own templates
