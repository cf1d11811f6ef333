"""The interface for programs (`/api/v1`): a unit's published figures by token, read-only, limited, with ETags."""

import hashlib
import json

from flask import Response, current_app, make_response, request

from portal.db import session_as, utc_now
from portal.errors import NotFound
from portal.pages import today
from portal.permits import PUBLIC, needs
from portal.reports.choosing import offered
from portal.reports.open_data.openapi import openapi
from portal.reports.open_data.read_token import unit_read_with
from portal.reports.open_data.records import DATASETS
from portal.reports.open_data.serialising import MEDIA_TYPES, serialised
from portal.reports.routes.blueprint import bp
from portal.reports.routes.unit_report import begun_period
from portal.reports.unit.gathering import gather
from portal.security import limiter
from portal.tenants.oversight_unit import OversightUnit

#: Each token counts by itself; those who guess tokens count by where they are.
EACH, FROM_ONE_PLACE = "60 per minute", "300 per minute"


def _by_token() -> str:
    return "api:" + hashlib.sha256(_token().encode("utf-8", "replace")).hexdigest()


def _token() -> str:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


@bp.get("/api/v1/openapi.json")
@needs(PUBLIC)
@limiter.limit(FROM_ONE_PLACE)
def open_data_document() -> Response:
    """What there is to read, for programs and their writers; it holds no figures, and needs no token."""
    return _answer(_json(openapi(current_app.config["PORTAL"].public_url)), "json")


@bp.get("/api/v1/periods.json")
@needs(PUBLIC)
@limiter.limit(FROM_ONE_PLACE)
@limiter.limit(EACH, key_func=_by_token)
def open_data_periods() -> Response:
    """The periods that have begun."""
    if _unit() is None:
        return _refused()
    periods = [
        {"code": one.code, "start": one.start.isoformat(), "end": one.end.isoformat()}
        for one in offered(today())
    ]
    return _answer(_json({"periods": periods}), "json")


@bp.get("/api/v1/periods/<code>/<name>.<ending>")
@needs(PUBLIC)
@limiter.limit(FROM_ONE_PLACE)
@limiter.limit(EACH, key_func=_by_token)
def open_data(code: str, name: str, ending: str) -> Response:
    """A dataset of a period, of the wards of the token's unit."""
    unit = _unit()
    if unit is None:
        return _refused()
    if name not in DATASETS or ending not in MEDIA_TYPES:
        raise NotFound
    figures = gather(session_as("city"), unit, begun_period(code), today())
    return _answer(serialised(figures, DATASETS[name], ending), ending)


def _unit() -> OversightUnit | None:
    token = _token()
    return unit_read_with(session_as("auth"), token, utc_now()) if token else None


def _refused() -> Response:
    answer = make_response(_json({"error": "a valid token is needed: Authorization: Bearer …"}), 401)
    answer.headers["Content-Type"] = MEDIA_TYPES["json"]
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _json(said: dict[str, object]) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode()


def _answer(content: bytes, ending: str) -> Response:
    """Asked again with the ETag, the same content is not sent again."""
    answer = make_response(content)
    answer.headers["Content-Type"] = MEDIA_TYPES[ending]
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Vary"] = "Authorization"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.set_etag(hashlib.sha256(content).hexdigest()[:32])
    answer.make_conditional(request)
    return answer
