"""How an answer looks: the whole page or only the piece htmx asked for; toasts, icons, static addresses."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, flash, g, make_response, redirect, render_template, request
from markupsafe import Markup

from portal import translating, wording
from portal.db import utc_now

_ICON = (
    '<svg class="i{extra}" aria-hidden="true"><use href="/static/vendor/icons.svg{version}#i-{name}"/></svg>'
)


def attach(app: Flask) -> None:
    """Give templates what every page uses."""
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 31_536_000
    versions = _static_versions(Path(app.static_folder or ""))
    app.url_defaults(lambda endpoint, values: _add_version(versions, endpoint, values))
    sprite = versions.get("vendor/icons.svg")
    version = f"?v={sprite}" if sprite else ""

    @cache
    def icon(name: str, extra: str = "") -> Markup:
        """An icon of the sprite, hidden from screen readers: the words beside it carry the meaning."""
        return Markup(_ICON).format(name=name, version=version, extra=f" {extra}" if extra else "")  # noqa: S704 - our own constant

    app.jinja_env.globals.update(icon=icon, is_htmx=is_htmx)
    app.jinja_env.filters.update(
        full_date=wording.full_date,
        short_date=wording.short_date,
        weekday_date=wording.weekday_date,
        moment=wording.short_moment,
        file_size=wording.file_size,
        number=wording.number,
        decimal=wording.decimal,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    translating.attach(app)
    app.context_processor(lambda: {"today": today()})


def today() -> Any:
    """The calendar day of this request, for people here; read once, at the edge."""
    if "today" not in g:
        g.today = wording.local_day(utc_now())
    return g.today


def _static_versions(folder: Path) -> dict[str, str]:
    """Content hashes of everything static, so that addresses can be cached for a year."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in files
    }


def _add_version(versions: dict[str, str], endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static" and values.get("filename") in versions:
        values["v"] = versions[values["filename"]]


def is_htmx() -> bool:
    """Whether htmx asked for a piece of a page."""
    return bool(request.headers.get("HX-Request"))


def see_other(address: str, message: str | None = None) -> Response:
    """After a form: go and look there (303), with a sentence on top of the page."""
    if message:
        flash(message)
    if is_htmx():
        return make_response("", 200, {"HX-Redirect": address})
    return make_response(redirect(address, 303))


def said(address: str, message: str) -> Response:
    """After an act that changes nothing on the page: a toast for htmx; a plain form goes to `address`."""
    if is_htmx():
        return make_response(render_template("_toast.html", message=message))
    return see_other(address, message)


def safe_next(address: str | None) -> str | None:
    """An address of our own site to go back to, or nothing (security.md C38)."""
    if not address or not address.startswith("/") or address.startswith("//") or "\\" in address:
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address
