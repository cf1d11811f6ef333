"""The entrance: takes the ward off the address, checks who is asking, opens the wall, or says it is not there."""

import logging
from typing import Any

from flask import Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.db import session_as, utc_now
from portal.errors import NotFound, Refused
from portal.permits import PUBLIC, SIGNED_IN, needed_by
from portal.tenants.access import TABLE, Actor, Permission, Role
from portal.tenants.boundary import enter_ward, leave_ward
from portal.tenants.oversight_unit import OversightUnit, UnitMembership
from portal.tenants.queries import places_of, unit_places_of
from portal.tenants.ward import Ward
from portal.wording import local_day

log = logging.getLogger(__name__)


def attach(app: Flask) -> None:
    """Hang the entrance on the app, before any view."""
    app.url_value_preprocessor(_take_place_off_address)
    app.before_request(_check)
    app.teardown_request(leave_ward)


def current_ward() -> Ward:
    """The ward of this request."""
    ward: Ward = g.ward
    return ward


def current_unit() -> OversightUnit:
    """The oversight unit of this request."""
    unit: OversightUnit = g.unit
    return unit


def current_unit_place() -> UnitMembership:
    """The place of whoever is asking, in this request's unit."""
    place: UnitMembership = g.unit_place
    return place


def current_actor() -> Actor:
    """Who is asking, in this request's ward."""
    actor: Actor = g.actor
    return actor


def _take_place_off_address(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values is not None:
        g.ward_slug = values.pop("ward", None)
        g.unit_slug = values.pop("unit", None)


def _check() -> ResponseReturnValue | None:
    """Runs before every view: 404, sign-in, or 403 before any of its code."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    needed = needed_by(current_app.view_functions[request.endpoint])
    if needed == PUBLIC:
        return None
    if not current_user.is_authenticated:
        return _ask_to_sign_in()
    if g.get("ward_slug"):
        _enter_named_ward()
    elif g.get("unit_slug"):
        _enter_named_unit()
    if needed != SIGNED_IN and not _allowed(needed):
        raise Refused(
            _("Vai của anh/chị không làm được việc này. Hỏi người điều phối của phường."), status=403
        )
    return None


def _allowed(needed: str | None) -> bool:
    if needed is None:
        log.error("route %s declares no permission", request.endpoint)
        return False
    permission = Permission(needed)
    if "actor" in g:
        return current_actor().may(permission)
    if "unit" in g:
        return permission in TABLE[Role.CITY_VIEWER]
    return bool(current_user.is_operator) and permission in TABLE[Role.OPERATOR]


def _enter_named_ward() -> None:
    g.places = places_of(session_as("auth"), current_user.id)
    here = next((place for place in g.places if place.ward.slug == g.ward_slug), None)
    if here is None:
        raise NotFound
    g.ward, g.actor = here.ward, here.actor
    _refuse_writing_after_the_end(here.ward)
    enter_ward(g.ward.id)


def _refuse_writing_after_the_end(ward: Ward) -> None:
    """A ward that was merged into another is there to be read (tenancy.md 1.2). Raises Refused."""
    over = ward.valid_to is not None and ward.valid_to <= local_day(utc_now())
    if over and request.method not in {"GET", "HEAD", "OPTIONS"}:
        raise Refused(
            _("%(ward)s đã sáp nhập, ở đây chỉ còn xem. Làm tiếp ở phường mới.", ward=ward.full_name),
            status=403,
        )


def _enter_named_unit() -> None:
    found = unit_places_of(session_as("auth"), current_user.id)
    here = next((place for place in found if place[0].slug == g.unit_slug), None)
    if here is None:
        raise NotFound
    g.unit, g.unit_place = here


def _ask_to_sign_in() -> ResponseReturnValue:
    """Send a browser to the sign-in page, and back here afterwards; htmx is told to go there as a whole page."""
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    address = url_for("accounts.sign_in_page", next=back)
    if request.headers.get("HX-Request"):
        return "", 401, {"HX-Redirect": url_for("accounts.sign_in_page")}
    return redirect(address, 303)
