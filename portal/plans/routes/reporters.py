"""Who reports which indicator and how often: one form for a plan."""

import uuid

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.db import utc_now
from portal.errors import or_404
from portal.pages import see_other
from portal.permits import needs
from portal.plans.appointing import Choice, appoint, seats
from portal.plans.plan import Plan
from portal.plans.reading_queries import plans_in_force
from portal.plans.routes.blueprint import bp
from portal.tenants.access import Permission
from portal.tenants.entrance import current_actor
from portal.tenants.periods import RHYTHM_TEXTS, Rhythm
from portal.tenants.queries import agencies


@bp.get("/w/<ward>/plans/<uuid:plan_id>/reporters")
@needs(Permission.MANAGE_PLANS)
def reporters_page(plan_id: uuid.UUID) -> str:
    """Which agency reports which indicator and how often; begun from what the plan suggests."""
    plan = _in_force_or_404(plan_id)
    known = agencies()
    return render_template(
        "plans/reporters.html", plan=plan, seats=seats(plan, known), agencies=known, rhythms=RHYTHM_TEXTS
    )


reporters_page.bar_item = "plans.indicators_page"  # type: ignore[attr-defined]


@bp.post("/w/<ward>/plans/<uuid:plan_id>/reporters")
@needs(Permission.MANAGE_PLANS)
def appoint_reporters(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Settle who reports: for each indicator fields `agency-<id>` and `rhythm-<id>`."""
    plan, known = _in_force_or_404(plan_id), {str(agency.id): agency.id for agency in agencies()}
    form, choices = request.form, dict[uuid.UUID, Choice]()
    for seat in seats(plan, agencies()):
        name = f"agency-{seat.indicator.id}"
        rhythm = form.get(f"rhythm-{seat.indicator.id}", "")
        if name in form and rhythm in set(Rhythm):
            choices[seat.indicator.id] = Choice(known.get(form[name]), Rhythm(rhythm))
    changed = appoint(plan, choices, current_actor().name, utc_now())
    said = _("Đã lưu ai báo cáo %(n)s chỉ tiêu.", n=changed) if changed else _("Không có gì thay đổi.")
    return see_other(url_for("plans.indicators_page"), said)


def _in_force_or_404(plan_id: uuid.UUID) -> Plan:
    return or_404(next((plan for plan in plans_in_force() if plan.id == plan_id), None))
