"""What the unit asks of its wards: reminders, explanations, reports; and how far each has come."""

import uuid

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.db import drop, session_as, utc_now
from portal.doorbell import ring_after_commit
from portal.errors import Refused
from portal.pages import see_other, today
from portal.permits import needs
from portal.rollups import wording
from portal.rollups.answering import answers_of
from portal.rollups.ask_wording import kinds_said, said
from portal.rollups.asking import Asked, ask
from portal.rollups.asks_table import asks_table, request_or_404
from portal.rollups.opening import open_wards
from portal.rollups.place import ward_below
from portal.rollups.routes.blueprint import bp
from portal.rollups.routes.place import place_with
from portal.rollups.unit_ask import REMIND
from portal.tenants.access import Permission
from portal.tenants.entrance import current_unit
from portal.tenants.overseeing import wards_under
from portal.tenants.report_period import report_periods, reporting_year

#: Names that are listed of those who have not sent; the count says how many there are.
_NAMED = 60


@bp.get("/o/<unit>/asks")
@needs(Permission.ASK_WARDS)
def asks_page() -> str:
    """What was asked and how far it has come; a form to ask every ward for a report."""
    return _asks_page()


asks_page.bar_item = "rollups.asks_page"  # type: ignore[attr-defined]


def _asks_page(why: str = "") -> str:
    periods = [one for one in report_periods(reporting_year(today())) if one.window != "month"]
    closed = [one for one in periods if one.has_closed(today())]
    return render_template(
        "rollups/asks.html",
        page=asks_table(session_as("city"), current_unit().id, today()),
        answers=answers_of(session_as("city")),
        unit=current_unit(),
        words=wording,
        said=said,
        kinds=kinds_said(),
        periods=periods,
        asked_first=closed[-1].code if closed else "",
        typed=request.form,
        why=why,
        named=_NAMED,
    )


@bp.post("/o/<unit>/wards/<place>/asks")
@needs(Permission.ASK_WARDS)
def ask_ward(place: str) -> ResponseReturnValue:
    """Remind one ward, or ask it for an explanation: a sentence of the list, by a day."""
    city = session_as("city")
    ward = ward_below(city, current_unit().id, place, today())
    open_wards(city, [ward])
    try:
        chosen = request.form.get("ask", "").partition(":")
        asked = Asked.of({**request.form, "kind": chosen[0], "sentence": chosen[2]}, today())
        ask(session_as("auth"), city, current_unit().id, [ward.id], asked, utc_now())
    except Refused as refusal:
        drop()
        return place_with(place, refusal.why, request.form), refusal.status
    return _sent(url_for("rollups.place_page", place=place), 1)


@bp.post("/o/<unit>/report-requests")
@needs(Permission.ASK_WARDS)
def request_report() -> ResponseReturnValue:
    """Ask every ward of the unit for the report of a period."""
    city = session_as("city")
    opened = open_wards(city, wards_under(city, current_unit().id, today()))
    try:
        asked = Asked.report(request.form, today())
        ids = [ward.id for ward in opened.wards]
        count = ask(session_as("auth"), city, current_unit().id, ids, asked, utc_now())
    except Refused as refusal:
        drop()
        return _asks_page(refusal.why), refusal.status
    return _sent(url_for("rollups.asks_page"), count)


@bp.post("/o/<unit>/report-requests/<uuid:press_id>/reminder")
@needs(Permission.ASK_WARDS)
def remind_of_report(press_id: uuid.UUID) -> ResponseReturnValue:
    """Remind the wards that have not sent the report yet, by the day it was asked for, or today when that is over."""
    city = session_as("city")
    table = asks_table(city, current_unit().id, today())
    wanted = request_or_404(table, press_id)
    due = max(wanted.due_on, today())
    asked = Asked(REMIND, "report", due, period_code=wanted.period.code)
    ids = [ward.id for ward in wanted.silent]
    try:
        count = ask(session_as("auth"), city, current_unit().id, ids, asked, utc_now())
    except Refused as refusal:
        drop()
        return _asks_page(refusal.why), refusal.status
    return _sent(url_for("rollups.asks_page"), count)


def _sent(address: str, count: int) -> Response:
    ring_after_commit("rollups.take_up_asks")
    return see_other(
        address, _("Đã gửi đến %(count)s xã, phường; mỗi nơi nhận một việc trên bảng.", count=count)
    )
