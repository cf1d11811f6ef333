"""How a review is drawn: the whole page, or the pieces of it that an act changed."""

import uuid
from typing import Any

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.errors import key_or_404
from portal.pages import is_htmx, see_other, today
from portal.plans.agency_book import AgencyBook
from portal.plans.cautions import cautions
from portal.plans.confirming import awaits_comparison
from portal.plans.earlier import earlier_plans
from portal.plans.plan import Plan
from portal.plans.plan_change import PlanChange
from portal.plans.proposed_card import ProposedCard
from portal.plans.queries import (
    all_plans,
    count_of_targets,
    last_change,
    paragraphs,
    plan_held,
    proposed_cards,
)
from portal.plans.reading import SKIP_REASONS
from portal.plans.review import Review
from portal.plans.reviewing import (
    MODE_TEXTS,
    agency_value,
    doubted,
    due_value,
    recurrence_value,
    refuse_unless_open,
    supporting_value,
)
from portal.plans.splitting import parts
from portal.tenants.entrance import current_ward


def open_plan(plan_id: uuid.UUID, *, alone: bool = False) -> Plan:
    """A plan under review, held while it is changed. Raises NotFound or Refused."""
    plan = plan_held(plan_id, alone=alone)
    refuse_unless_open(plan)
    return plan


def year_of(plan: Plan) -> int:
    """The year meant when somebody types a day without one."""
    return plan.year or int(today().year)


def shown(plan: Plan, *, opened: uuid.UUID | None = None) -> dict[str, Any]:
    """Everything the templates of a review need, asked for once."""
    review = Review(
        plan, proposed_cards(plan.id), paragraphs(plan.id), AgencyBook(), request.args.get("only", ""), opened
    )
    known = all_plans()
    return {
        "plan": plan,
        "review": review,
        "earlier": earlier_plans(plan, known)[0] if awaits_comparison(plan, known) else None,
        "last": last_change(plan.id),
        "cautions": cautions(plan, current_ward(), known, today().year),
        "reasons": SKIP_REASONS,
        "modes": MODE_TEXTS,
        "agency_value": agency_value,
        "doubted": doubted,
        "due_value": due_value,
        "recurrence_value": recurrence_value,
        "supporting_value": supporting_value,
        "parts": parts,
        "typed_cards": {},
        "added": {},
        "done": None,
        "year": year_of(plan),
    }


def page(plan: Plan, *, opened: uuid.UUID | None = None, **more: Any) -> str:
    """The review as a page of its own; `more` is what was typed and why it was not kept."""
    return render_template("plans/review.html", **{**_whole(plan, opened), **more})


def area(plan: Plan, *, opened: uuid.UUID | None = None, **more: Any) -> Response:
    """All of the review that acts change, for htmx: numbers move in the document and in the list."""
    drawn = render_template("plans/reshaped.html", **{**_whole(plan, opened), **more})
    response = make_response(drawn)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#review", "outerMorph show:none"
    return response


def redrawn(plan: Plan, **told: Any) -> str | Response:
    """What was sent could not be kept: the area again for htmx, otherwise the page, with what was typed and why."""
    return area(plan, **told) if is_htmx() else page(plan, **told)


def reshaped(
    plan: Plan, card: ProposedCard | None, message: str, done: PlanChange | None = None
) -> ResponseReturnValue:
    """After an act that moved cards: the area anew for htmx, otherwise the page at the card that was touched."""
    if is_htmx():
        return area(plan, opened=card.id if card else None, done=done)
    here = review_address(plan, card.id if card else None)
    return see_other(f"{here}#c{card.number}" if card else here, message)


def asked_card() -> uuid.UUID | None:
    """The card that the address wants open (`?open=`), if any. Raises NotFound for what is no key."""
    asked = request.args.get("open")
    return key_or_404(asked) if asked else None


def review_address(plan: Plan, opened: uuid.UUID | None) -> str:
    """The page as it stood: the same part of the cards, one card's details open."""
    return url_for("plans.review", plan_id=plan.id, only=request.args.get("only") or None, open=opened)


def _whole(plan: Plan, opened: uuid.UUID | None) -> dict[str, Any]:
    """What the document's half of the page needs as well."""
    return {**shown(plan, opened=opened), "targets": count_of_targets(plan.id)}
