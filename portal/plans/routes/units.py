"""The oversight unit's plans: published here once, so that every ward below can be compared with them."""

import uuid

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal import files
from portal.db import session_as, utc_now
from portal.errors import Refused
from portal.pages import is_htmx, see_other, today
from portal.permits import needs
from portal.plans.document import MEDIA_TYPES
from portal.plans.forms import TypedHead
from portal.plans.progress import unit_progress
from portal.plans.reading import UNREADABLE_MESSAGES
from portal.plans.reviewing import typed_day
from portal.plans.routes.blueprint import bp
from portal.plans.unit_page import unit_plan_lines, unit_plan_page
from portal.plans.unit_plan import UnitPlan, UnitPlanState
from portal.plans.unit_publishing import (
    fill_unit_head,
    new_unit_plan,
    receive_unit_file,
    receive_unit_text,
    unit_plan_held,
    withdraw,
)
from portal.plans.unit_queries import unit_plan_or_404
from portal.security import limiter, takes_up_to
from portal.tenants.access import Permission
from portal.tenants.entrance import current_unit

#: Bytes of a form around its file: field names, the pasted text, the token.
_FORM_ROOM = 1024 * 1024


@bp.get("/o/<unit>/plans")
@needs(Permission.PUBLISH_PLANS)
def unit_plans_page() -> str:
    """The unit's plans with how many wards cite each, and the form to publish one."""
    return _list()


@bp.post("/o/<unit>/plans")
@needs(Permission.PUBLISH_PLANS)
@takes_up_to(files.MAX_BYTES + _FORM_ROOM)
@limiter.limit("30 per hour")
def publish_plan() -> ResponseReturnValue:
    """Publish a plan; the file field is `file`, the pasted text `text`, the plan it takes the place of `replaces`."""
    try:
        plan = _received()
    except Refused as refusal:
        return _list(refusal.why, request.form.get("text", "")), refusal.status
    return see_other(url_for("plans.unit_plan", plan_id=plan.id))


@bp.get("/o/<unit>/plans/<uuid:plan_id>")
@needs(Permission.PUBLISH_PLANS)
def unit_plan(plan_id: uuid.UUID) -> ResponseReturnValue:
    """One plan: what it says, what it asks for in figures, and which wards promise as much."""
    plan = unit_plan_or_404(session_as("city"), current_unit().id, plan_id)
    if is_htmx() and plan.standing is not UnitPlanState.READING:
        return make_response("", 200, {"HX-Refresh": "true"})
    if is_htmx():
        return render_template("plans/_unit_reading.html", plan=plan, progress=unit_progress(plan, utc_now()))
    return _page(plan)


@bp.get("/o/<unit>/plans/<uuid:plan_id>/original")
@needs(Permission.PUBLISH_PLANS)
def unit_original(plan_id: uuid.UUID) -> Response:
    """The file as it was uploaded, as a download that no browser runs."""
    plan = unit_plan_or_404(session_as("city"), current_unit().id, plan_id)
    return files.as_attachment(plan.shelf, plan.stored_as, plan.filename, plan.media_type)


@bp.post("/o/<unit>/plans/<uuid:plan_id>/withdrawal")
@needs(Permission.PUBLISH_PLANS)
def withdraw_plan(plan_id: uuid.UUID) -> Response:
    """Take a plan back; wards are no longer shown it."""
    withdraw(session_as("auth"), current_unit().id, plan_id, utc_now())
    return see_other(
        url_for("plans.unit_plans_page"), _("Đã rút kế hoạch. Các phường không còn thấy kế hoạch này.")
    )


@bp.post("/o/<unit>/plans/<uuid:plan_id>/head")
@needs(Permission.PUBLISH_PLANS)
def save_unit_head(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Keep the number and the day that the document left blank: wards cite a plan by them."""
    unit_plan_or_404(session_as("auth"), current_unit().id, plan_id)
    plan, typed = unit_plan_held(session_as("auth"), plan_id), TypedHead.sent(request.form)
    try:
        day = typed_day(typed.day, plan.year or today().year) if typed.day else None
        fill_unit_head(plan, typed.number, day)
    except Refused as refusal:
        return _page(plan, head=typed, head_why=refusal.why), refusal.status
    return see_other(url_for("plans.unit_plan", plan_id=plan.id), _("Đã lưu."))


def _received() -> UnitPlan:
    auth, upload = session_as("auth"), request.files.get("file")
    older = request.form.get("replaces", type=uuid.UUID)
    plan = new_unit_plan(auth, current_unit().id, current_user.name, utc_now(), older)
    if upload is not None and upload.filename:
        return receive_unit_file(auth, plan, upload.stream, upload.filename)
    return receive_unit_text(auth, plan, request.form.get("text", ""))


def _list(why: str = "", text: str = "") -> str:
    return render_template(
        "plans/unit_plans.html",
        lines=unit_plan_lines(session_as("city"), current_unit().id, today()),
        unit=current_unit(),
        why=why,
        text=text,
        endings=",".join(MEDIA_TYPES),
    )


def _page(plan: UnitPlan, head: TypedHead | None = None, head_why: str = "") -> str:
    return render_template(
        "plans/unit_plan.html",
        page=unit_plan_page(session_as("city"), plan, today()),
        plan=plan,
        progress=unit_progress(plan, utc_now()),
        unit=current_unit(),
        head=head,
        head_why=head_why,
        problems=UNREADABLE_MESSAGES,
    )
