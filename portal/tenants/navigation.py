"""What the bar on top of every page shows: where we are, where one can go, who is signed in."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, request
from flask_login import current_user

from portal.tenants.access import ROLE_TEXTS, Actor, Permission, Role
from portal.tenants.addresses import address_of
from portal.tenants.gloss import gloss
from portal.translating import say as _


@dataclass(frozen=True)
class Item:
    """One place to go. `short` is what fits under an icon on a phone."""

    address: str
    words: str
    short: str
    icon: str
    current: bool = False
    count: int = 0


#: Where the help of this place is.
_HELP = {"actor": "help.of_ward", "unit": "help.of_unit", "": "help.of_everybody"}


def attach(app: Flask) -> None:
    """Give every page the bar."""
    app.context_processor(_bar)
    app.jinja_env.filters["gloss"] = gloss


def _bar() -> dict[str, Any]:
    shown: dict[str, Any] = {
        "place_name": "Chung Tay",
        "navigation": [],
        "search_address": None,
        "other_places": [],
        "help_address": address_of(_HELP["actor" if "actor" in g else "unit" if "unit" in g else ""]),
        "Permission": Permission,
    }
    if current_user and current_user.is_authenticated:
        shown.update(_person())
    if "actor" in g:
        shown.update(_ward_bar(g.actor))
    elif "unit" in g:
        shown.update(_unit_bar())
    return shown


def _person() -> dict[str, Any]:
    name = g.actor.name if "actor" in g else current_user.name
    roles = g.actor.roles if "actor" in g else ({Role.OPERATOR} if current_user.is_operator else set())
    return {
        "person_name": name,
        "initials": "".join(word[0] for word in name.split()[-2:]).upper(),
        "role_words": ", ".join(str(ROLE_TEXTS[role]) for role in Role if role in roles),
    }


def _ward_bar(actor: Actor) -> dict[str, Any]:
    decides = (Permission.DECIDE_CARDS, "tasks.home", _("Cần quyết định"), _("Quyết định"), "checks")
    own = (Permission.WORK_CARDS, "tasks.mine", _("Việc của tôi"), _("Của tôi"), "clipboard-list")
    offered = [
        (Permission.SEE_OWN_CARDS, "tasks.board", _("Bảng việc"), _("Bảng việc"), "layout-kanban"),
        decides if actor.steers and not actor.agency_ids else own,
        (Permission.SEE_PLANS, "plans.plans_page", _("Kế hoạch"), _("Kế hoạch"), "file-text"),
        (Permission.SEE_PLANS, "plans.indicators_page", _("Chỉ tiêu"), _("Chỉ tiêu"), "target"),
        (Permission.SEE_OUTBOX, "reminders.outbox", _("Tin nhắc"), _("Tin nhắc"), "bell"),
        (Permission.MAKE_REPORTS, "reports.reports_page", _("Báo cáo"), _("Báo cáo"), "report"),
        (Permission.MANAGE_PEOPLE, "tenants.people_page", _("Người và cơ quan"), _("Cơ quan"), "users"),
    ]
    return {
        "actor": actor,
        "place_name": g.ward.office,
        "navigation": [
            _item(endpoint, words, short, icon)
            for permission, endpoint, words, short, icon in offered
            if actor.may(permission) and endpoint in current_app.view_functions
        ],
        "search_address": address_of("tasks.search"),
        "other_places": [
            {"address": address_of("tenants.ward_home", ward=place.ward.slug), "words": place.ward.office}
            for place in g.places
            if place.ward.id != g.ward.id
        ],
    }


def _unit_bar() -> dict[str, Any]:
    return {
        "place_name": g.unit.short_name,
        "navigation": [
            _item("rollups.overview", _("Tổng hợp"), _("Tổng hợp"), "chart-bar"),
            _item("rollups.targets_page", _("Chỉ tiêu"), _("Chỉ tiêu"), "target"),
            _item("plans.unit_plans_page", _("Kế hoạch"), _("Kế hoạch"), "file-text"),
            _item("rollups.asks_page", _("Nhắc và yêu cầu"), _("Yêu cầu"), "message-question"),
            _item("reports.unit_reports", _("Báo cáo"), _("Báo cáo"), "report"),
        ],
    }


def _item(endpoint: str, words: str, short: str, icon: str) -> Item:
    """The item is current on every page of its view's file: the board on a card, the plans on a review."""
    return Item(
        address_of(endpoint), words, short, icon, current=_family(endpoint) == _family(request.endpoint or "")
    )


def _family(endpoint: str) -> str:
    """Endpoints that belong under one item of the bar: `tasks.mine` stands for itself, the rest by blueprint."""
    view = current_app.view_functions.get(endpoint)
    return getattr(view, "bar_item", None) or endpoint.split(".")[0]
