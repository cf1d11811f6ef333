"""The help, reachable from every page: in a ward, in a unit, and before anybody has signed in."""

from flask import Blueprint, current_app, g, render_template, request
from flask_login import current_user

from portal.permits import PUBLIC, SIGNED_IN, needed_by, needs
from portal.tenants.access import TABLE, Permission, Role
from portal.tenants.addresses import address_of
from portal.tenants.entrance import current_actor
from portal.tenants.guide import Guide
from portal.tenants.guides import GUIDES, guide_for

bp = Blueprint("help", __name__, template_folder="templates")


@bp.get("/w/<ward>/help")
@needs(Permission.SEE_OWN_CARDS)
def of_ward() -> str:
    """What somebody of this ward does here, by role; field `who` asks for another role's."""
    return _drawn(current_actor().roles)


@bp.get("/o/<unit>/help")
@needs(Permission.SEE_ROLLUP)
def of_unit() -> str:
    """What the office above does here."""
    return _drawn({Role.CITY_VIEWER})


@bp.get("/help")
@needs(PUBLIC)
def of_everybody() -> str:
    """The help for whoever has only a letter, or runs the platform."""
    operates = current_user.is_authenticated and current_user.is_operator
    return _drawn({Role.OPERATOR} if operates else set())


def _drawn(roles: set[Role] | frozenset[Role]) -> str:
    guide = guide_for(roles, request.args.get("who", ""))
    own = guide_for(roles)
    return render_template("tenants/help.html", guide=guide, own=own, guides=GUIDES, ways=_ways(guide))


def _ways(guide: Guide) -> dict[str, str]:
    """Addresses of the pages a guide speaks of, as far as this person can open them from here."""
    return {
        step.endpoint: address_of(step.endpoint)
        for step in guide.steps
        if step.endpoint and _is_open(step.endpoint)
    }


def _is_open(endpoint: str) -> bool:
    needed = needed_by(current_app.view_functions[endpoint]) or ""
    if current_app.url_map.is_endpoint_expecting(endpoint, "ward"):
        return "actor" in g and g.actor.may(Permission(needed))
    if current_app.url_map.is_endpoint_expecting(endpoint, "unit"):
        return "unit" in g
    if needed == PUBLIC:
        return not current_user.is_authenticated
    return bool(current_user.is_authenticated) and (
        needed == SIGNED_IN or (current_user.is_operator and Permission(needed) in TABLE[Role.OPERATOR])
    )
