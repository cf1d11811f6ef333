"""Addresses in pages: the place (ward, unit) is put back into them, and none is built twice."""

from functools import lru_cache
from typing import Any

import flask
from flask import Flask, current_app, g, has_request_context, request

#: How many addresses one process remembers.
REMEMBERED = 8192


def attach(app: Flask) -> None:
    """Put the place back into every address, and let templates build each address once."""
    app.url_defaults(_put_place_back)

    @lru_cache(REMEMBERED)
    def built(_asked_from: tuple[str | None, ...], endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
        return flask.url_for(endpoint, **dict(values))

    def url_for(endpoint: str, **values: Any) -> str:
        """Flask's, remembered: an address depends on where we are, its endpoint and its values, and on nothing else."""
        if not has_request_context() or endpoint.startswith("."):
            return flask.url_for(endpoint, **values)
        asked_from = (request.script_root, g.get("ward_slug"), g.get("unit_slug"))
        return built(asked_from, endpoint, tuple(values.items()))

    app.jinja_env.globals["url_for"] = url_for


def _put_place_back(endpoint: str, values: dict[str, Any]) -> None:
    for name in ("ward", "unit"):
        slug = g.get(f"{name}_slug")
        if slug and name not in values and current_app.url_map.is_endpoint_expecting(endpoint, name):
            values[name] = slug
