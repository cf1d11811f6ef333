"""A ward looks up: the plan of the unit above, its own targets beside the unit's, and a draft made from it."""

import uuid

from flask import Response, render_template
from flask_babel import gettext as _

from portal import files
from portal.db import db, utc_now
from portal.pages import see_other
from portal.permits import needs
from portal.plans.lineage import parents_of
from portal.plans.plan import PlanState
from portal.plans.routes.addresses import plan_address
from portal.plans.routes.blueprint import bp
from portal.plans.routes.plans import visible_plan
from portal.plans.target_page import TargetPage
from portal.plans.unit_queries import upper_paragraphs
from portal.plans.unit_starting import start_from_unit, upper_plan_or_404
from portal.tenants.access import Permission
from portal.tenants.entrance import current_actor, current_ward


@bp.get("/w/<ward>/plans/<uuid:plan_id>/targets")
@needs(Permission.SEE_PLANS)
def targets(plan_id: uuid.UUID) -> str:
    """What a plan promises in figures, beside what the unit's plan asks for."""
    plan = visible_plan(plan_id)
    parent = parents_of([plan], current_ward().id).get(plan.id)
    return render_template("plans/targets.html", plan=plan, page=TargetPage.of(plan, parent), parent=parent)


@bp.get("/w/<ward>/upper-plans/<uuid:plan_id>")
@needs(Permission.SEE_PLANS)
def upper_plan(plan_id: uuid.UUID) -> str:
    """A plan of the unit above, as it published it."""
    plan = upper_plan_or_404(current_ward().id, plan_id)
    return render_template(
        "plans/upper_plan.html", plan=plan, paragraphs=upper_paragraphs(db.session(), plan.id)
    )


@bp.get("/w/<ward>/upper-plans/<uuid:plan_id>/original")
@needs(Permission.SEE_PLANS)
def upper_original(plan_id: uuid.UUID) -> Response:
    """The unit's file, as a download that no browser runs."""
    plan = upper_plan_or_404(current_ward().id, plan_id)
    return files.as_attachment(plan.shelf, plan.stored_as, plan.filename, plan.media_type)


@bp.post("/w/<ward>/upper-plans/<uuid:plan_id>/draft")
@needs(Permission.MANAGE_PLANS)
def draft_from_unit(plan_id: uuid.UUID) -> Response:
    """Make a plan to review out of the unit's; a second press leads to the one made before."""
    plan = start_from_unit(plan_id, current_actor().name, utc_now())
    known = plan.standing is not PlanState.READING
    return see_other(
        plan_address(plan), _("Bản từ kế hoạch cấp trên đã có. Đây là bản ấy.") if known else None
    )
