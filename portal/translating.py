"""What `_()` does in templates: Flask-Babel's catalogue of the reader's language, looked up once for a whole page."""

from functools import lru_cache
from gettext import NullTranslations

from flask import Flask, g
from flask_babel import get_translations
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup


def attach(app: Flask) -> None:
    """Take the place of Flask-Babel's own `_`, which asks for the language anew for each of a page's hundred words."""
    app.jinja_env.globals["_"] = _say


@pass_eval_context
def _say(context: EvalContext, words: str, **values: object) -> str:
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
