"""Addresses in pages: the place (ward, unit) is put back into them, and none is built twice."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g, has_request_context, request, url_for

#: How many addresses one process remembers.
REMEMBERED = 8192


def attach(app: Flask) -> None:
    """Put the place back into every address, and let templates ask for addresses here."""
    app.url_defaults(_put_place_back)
    app.extensions["addresses"] = lru_cache(REMEMBERED)(_build)
    app.jinja_env.globals["url_for"] = address_of


def address_of(endpoint: str, **values: Any) -> str:
    """Flask's `url_for`, remembered: within a place, an address is decided by its endpoint and its values."""
    if not has_request_context() or endpoint.startswith("."):
        return url_for(endpoint, **values)
    built: Callable[..., str] = current_app.extensions["addresses"]
    return built(g.get("ward_slug"), g.get("unit_slug"), request.script_root, endpoint, tuple(values.items()))


def _build(
    _ward: str | None, _unit: str | None, _root: str, endpoint: str, values: tuple[tuple[str, Any], ...]
) -> str:
    return url_for(endpoint, **dict(values))


def _put_place_back(endpoint: str, values: dict[str, Any]) -> None:
    for name in ("ward", "unit"):
        slug = g.get(f"{name}_slug")
        if slug and name not in values and current_app.url_map.is_endpoint_expecting(endpoint, name):
            values[name] = slug
