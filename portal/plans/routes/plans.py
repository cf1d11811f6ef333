"""The ward's plans: the list, the confirmed document, its original, and forgetting one that was never confirmed."""

import uuid

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import files
from portal.db import after_commit
from portal.errors import NotFound
from portal.pages import see_other
from portal.permits import needs
from portal.plans.confirming import awaits_comparison
from portal.plans.document_lineage import DocumentLineage
from portal.plans.earlier import corrections
from portal.plans.lineage import parents_of
from portal.plans.marked_text import marked, missed, skipped
from portal.plans.plan import Plan, PlanState
from portal.plans.queries import all_plans, paragraphs, plan_held, plan_or_404, plans, proposed_cards
from portal.plans.reading import SKIP_REASONS
from portal.plans.receiving import remove
from portal.plans.routes.addresses import plans_address
from portal.plans.routes.blueprint import bp
from portal.plans.target_page import TargetPage
from portal.tasks.queries import unreadable_numbers
from portal.tenants.access import Permission
from portal.tenants.entrance import current_actor, current_ward


@bp.get("/w/<ward>/plans")
@needs(Permission.SEE_PLANS)
def plans_page() -> ResponseReturnValue:
    """The ward's plans; who does not manage them sees those that were confirmed. A new ward begins with uploading."""
    manages = current_actor().may(Permission.MANAGE_PLANS)
    rows = plans(confirmed_only=not manages)
    if manages and not rows:
        return see_other(url_for("plans.new_plan"))
    shown = [plan for plan, *_counts in rows]
    return render_template(
        "plans/plans.html",
        rows=rows,
        PlanState=PlanState,
        parents=parents_of(shown, current_ward().id),
        corrected=corrections(shown),
        to_compare={plan.id for plan in shown if awaits_comparison(plan, shown)},
    )


@bp.get("/w/<ward>/plans/<uuid:plan_id>/document")
@needs(Permission.SEE_PLANS)
def document(plan_id: uuid.UUID) -> str:
    """The confirmed plan in its own words, every duty linked to its card."""
    known = all_plans()
    plan = next((one for one in known if one.id == plan_id), None)
    if plan is None or plan.standing is not PlanState.CONFIRMED:
        raise NotFound
    said, words = proposed_cards(plan.id), paragraphs(plan.id)
    secret = unreadable_numbers(current_actor())
    made = [card for card in said if card.card_number and card.card_number not in secret]
    everything = marked(words, said)
    lineage = DocumentLineage.of(plan, current_ward().id, words, made)
    return render_template(
        "plans/document.html",
        plan=plan,
        document=marked(words, made),
        skipped=skipped(everything),
        missed=missed(everything),
        set_aside=[card for card in said if not card.card_number],
        reasons=SKIP_REASONS,
        page=TargetPage.of(plan, lineage.parent),
        lineage=lineage,
        parent=lineage.parent,
        correction=corrections(known).get(plan.id),
    )


@bp.get("/w/<ward>/plans/<uuid:plan_id>/original")
@needs(Permission.SEE_PLANS)
def original(plan_id: uuid.UUID) -> Response:
    """The file as it was uploaded, as a download that no browser runs."""
    plan = visible_plan(plan_id)
    return files.as_attachment(current_ward().id, plan.stored_as, plan.filename, plan.media_type)


@bp.post("/w/<ward>/plans/<uuid:plan_id>/removal")
@needs(Permission.MANAGE_PLANS)
def remove_plan(plan_id: uuid.UUID) -> Response:
    """Forget a plan that was never confirmed, and its file."""
    plan, ward_id = plan_held(plan_id, alone=True), current_ward().id
    remove(plan)
    after_commit(lambda: files.delete(ward_id, plan.stored_as))
    return see_other(plans_address(), _("Đã bỏ kế hoạch chưa giao việc."))


def visible_plan(plan_id: uuid.UUID) -> Plan:
    """A plan this person may see: a confirmed one, or any for those who manage plans. Raises NotFound."""
    plan = plan_or_404(plan_id)
    if plan.standing is not PlanState.CONFIRMED and not current_actor().may(Permission.MANAGE_PLANS):
        raise NotFound
    return plan
