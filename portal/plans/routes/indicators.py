"""The ward's indicators: all of them against their targets, one with its trend, and entering a figure."""

import uuid
from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.db import utc_now
from portal.errors import Refused, or_404
from portal.pages import see_other, today
from portal.permits import needs
from portal.plans.course import Course, Entry
from portal.plans.entering import doubt_about, enter, parse_figures, said_figures
from portal.plans.indicator_page import owed_by, standings
from portal.plans.measuring import Measure
from portal.plans.queries import every_agency
from portal.plans.reading_queries import indicator_or_404, readings_of, reporter_held
from portal.plans.reporter import Reporter
from portal.plans.routes.blueprint import bp
from portal.plans.trend import Trend
from portal.tasks.doer import Doer
from portal.tenants.access import Actor, Permission
from portal.tenants.entrance import current_actor
from portal.tenants.periods import RHYTHM_TEXTS


@bp.get("/w/<ward>/indicators")
@needs(Permission.SEE_PLANS)
def indicators_page() -> str:
    """Every promise in figures of the plans in force: its value, who reports it, what was left out."""
    return render_template("plans/indicators.html", standings=standings(every_agency(), today()))


indicators_page.bar_item = "plans.indicators_page"  # type: ignore[attr-defined]


@bp.get("/w/<ward>/indicators/<uuid:indicator_id>")
@needs(Permission.SEE_PLANS)
def indicator_page(indicator_id: uuid.UUID) -> str:
    """One indicator: against its target, period by period, with the form for who reports it."""
    return _drawn(indicator_id, _asked_end())


indicator_page.bar_item = "plans.indicators_page"  # type: ignore[attr-defined]


def _asked_end() -> date | None:
    """The period somebody chose by its last day."""
    try:
        return date.fromisoformat(request.values.get("period", ""))
    except ValueError:
        return None


def _drawn(indicator_id: uuid.UUID, end: date | None, **refused: Any) -> str:
    plan, target, indicator, reporter = indicator_or_404(indicator_id)
    course = _course(Measure.of(indicator), reporter)
    asked = course.asked(today())
    chosen = (course.entry_of(end) if end else None) or next(iter(asked), None)
    known = every_agency()
    return render_template(
        "plans/indicator.html",
        plan=plan,
        target=target,
        indicator=indicator,
        reporter=reporter,
        agency=known.get(reporter.agency_id) if reporter and reporter.agency_id else None,
        course=course,
        trend=Trend.of(course, today()) if course.latest else None,
        chosen=chosen or (course.entries[-1] if course.entries else None),
        chosen_by_hand=end is not None,
        may_enter=reporter is not None and _may_enter(current_actor(), reporter),
        rhythms=RHYTHM_TEXTS,
        said_figures=said_figures,
        **refused,
    )


def _course(measure: Measure, reporter: Reporter | None) -> Course:
    readings = readings_of([reporter.id]) if reporter else {}
    return Course.of(measure, reporter, readings.get(reporter.id, []) if reporter else [], today())


def _may_enter(actor: Actor, reporter: Reporter) -> bool:
    return actor.steers or (actor.may(Permission.WORK_CARDS) and reporter.agency_id in actor.agency_ids)


@bp.post("/w/<ward>/indicators/<uuid:indicator_id>/readings")
@needs(Permission.WORK_CARDS)
def enter_reading(indicator_id: uuid.UUID) -> ResponseReturnValue:
    """Enter or correct the figure of a period: fields `period` (its last day), `numerator`, `denominator`, `sure`."""
    _plan, _target, indicator, _reporter = indicator_or_404(indicator_id)
    reporter, actor, end = reporter_held(indicator_id), current_actor(), _asked_end()
    if not _may_enter(actor, reporter):
        raise Refused(_("Chỉ cơ quan báo cáo chỉ tiêu này nhập được số liệu."), status=403)
    course = _course(Measure.of(indicator), reporter)
    entry = or_404(course.entry_of(end) if end else None)
    try:
        return _entered(course, entry, reporter, indicator_id)
    except Refused as refusal:
        page = _drawn(indicator_id, end, typed=request.form, faults=refusal.fields, doubt=_doubt(refusal))
        return page, refusal.status


def _doubt(refusal: Refused) -> str:
    """A question is no fault of a field."""
    return "" if refusal.fields else refusal.why


def _entered(
    course: Course, entry: Entry, reporter: Reporter, indicator_id: uuid.UUID
) -> ResponseReturnValue:
    form, actor = request.form, current_actor()
    figures = parse_figures(course.measure, form.get("numerator", ""), form.get("denominator", ""))
    doubt = None if form.get("sure") else doubt_about(course, entry, figures)
    if doubt:
        raise Refused(doubt)
    changed = enter(reporter, entry, figures, Doer.from_actor(actor), utc_now())
    message = _("Đã lưu số liệu %(period)s.", period=entry.period.name)
    return see_other(
        _next_address(actor, indicator_id), message if changed else _("Số này đã có, không thay đổi gì.")
    )


def _next_address(actor: Actor, indicator_id: uuid.UUID) -> str:
    """On to the next figure the agency owes, so that ten of them need no way back; else the indicator's page."""
    owed = owed_by(actor, today())
    return url_for("plans.indicator_page", indicator_id=owed[0].indicator.id if owed else indicator_id)
