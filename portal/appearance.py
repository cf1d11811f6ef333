"""How somebody wants the pages: light, dark or as their machine has it, and in which language; kept in two cookies."""

from flask import Flask, Response, current_app, request
from flask_login import current_user

from portal.catalogue import LANGUAGES, WRITTEN_IN

#: Two years of 365 days.
_KEPT_SECONDS = 2 * 365 * 86_400

_THEME, _LANGUAGE = "giao_dien", "ngon_ngu"

#: `auto` follows the machine.
THEMES = ("auto", "light", "dark")


def attach(app: Flask) -> None:
    """Let every page know."""
    app.context_processor(lambda: {"theme": theme(), "languages": LANGUAGES})


def theme() -> str:
    """The theme this browser asked for."""
    asked = request.cookies.get(_THEME, "") if request else ""
    return asked if asked in THEMES else "auto"


def language() -> str:
    """The language of whoever is asking: the person's own, or what this browser chose; Vietnamese for everyone else."""
    if not request:
        return WRITTEN_IN
    asked = current_user.locale if current_user and current_user.is_authenticated else _of_browser()
    return asked if asked in LANGUAGES else WRITTEN_IN


def _of_browser() -> str:
    return request.cookies.get(_LANGUAGE, WRITTEN_IN)


def keep_theme(response: Response, chosen: str) -> Response:
    """Remember a theme in this browser."""
    return _keep(response, _THEME, chosen)


def keep_language(response: Response, chosen: str) -> Response:
    """Remember a language in this browser, for the pages before sign-in."""
    return _keep(response, _LANGUAGE, chosen)


def _keep(response: Response, name: str, value: str) -> Response:
    response.set_cookie(
        name,
        value,
        max_age=_KEPT_SECONDS,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response
