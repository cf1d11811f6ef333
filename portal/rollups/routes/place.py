"""From the unit into one ward, and from there to one kind of agency: counts all the way, never a card."""

import uuid
from collections.abc import Mapping
from datetime import timedelta

from flask import render_template, request

from portal.db import session_as
from portal.errors import NotFound
from portal.pages import today
from portal.permits import needs
from portal.rollups import wording
from portal.rollups.answering import answers_of
from portal.rollups.ask_wording import agency_said, kinds_said, said, sentences_said
from portal.rollups.asking import asks_of
from portal.rollups.choosing import Choice
from portal.rollups.place import kind_named, kind_of_place, place_of
from portal.rollups.routes.blueprint import bp
from portal.rollups.ward_rollup import NO_PLAN, OTHER_KIND
from portal.tenants.access import Permission
from portal.tenants.entrance import current_unit
from portal.wording import full_date

#: What is offered as the day to answer by.
_ANSWER_WITHIN = timedelta(days=7)


@bp.get("/o/<unit>/wards/<place>")
@needs(Permission.SEE_ROLLUP)
def place_page(place: str) -> str:
    """One ward by kind of agency, in a year, a period, a plan."""
    return place_with(place)


def place_with(place: str, why: str = "", typed: Mapping[str, str] | None = None) -> str:
    """The ward's page; with what was wrong with an ask, and what was typed."""
    choice = Choice.of(request.args, today())
    found = place_of(session_as("city"), current_unit().id, place, choice, _plan(), today())
    return render_template(
        "rollups/place.html",
        page=found,
        choice=choice,
        unit=current_unit(),
        words=wording,
        no_plan=NO_PLAN,
        other=OTHER_KIND,
        kind_named=kind_named,
        answers=answers_of(session_as("city")),
        asks=[row for row in asks_of(session_as("city"), current_unit().id) if row.ward_id == found.ward.id],
        said=said,
        sentences=sentences_said(),
        ask_kinds=kinds_said(),
        agency_said=agency_said,
        why=why,
        typed=typed
        or {"due": full_date(today() + _ANSWER_WITHIN), "agency_kind": request.args.get("about", "")},
    )


@bp.get("/o/<unit>/wards/<place>/<kind>")
@needs(Permission.SEE_ROLLUP)
def kind_page(place: str, kind: str) -> str:
    """One kind of agency of a ward, beside the same kind in the other wards."""
    choice = Choice.of(request.args, today())
    found = kind_of_place(session_as("city"), current_unit().id, place, kind, choice, today())
    return render_template(
        "rollups/kind.html",
        page=found,
        choice=choice,
        unit=current_unit(),
        words=wording,
        kind=kind_named(kind),
    )


def _plan() -> uuid.UUID | None:
    typed = request.args.get("plan", "")
    try:
        return uuid.UUID(typed) if typed else None
    except ValueError as error:
        raise NotFound from error
