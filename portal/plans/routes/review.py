"""The review page: the document left, the proposed cards right, every row saved as somebody goes."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.errors import Refused
from portal.pages import is_htmx, see_other, today
from portal.permits import needs
from portal.plans.agency_book import AgencyBook
from portal.plans.forms import TypedCard, TypedHead
from portal.plans.plan import Plan, PlanState
from portal.plans.proposed_card import ProposedCard
from portal.plans.queries import paragraphs, plan_held, plan_or_404, proposed_card_or_404, proposed_cards
from portal.plans.reading import SKIP_REASONS, UNREADABLE_MESSAGES
from portal.plans.receiving import pasted_text
from portal.plans.review import Review
from portal.plans.reviewing import (
    accept_suggestion,
    agency_value,
    due_value,
    edit,
    fill_head,
    refuse_unless_open,
    set_all_undated,
    typed_day,
)
from portal.plans.routes.addresses import plan_address
from portal.plans.routes.blueprint import bp
from portal.plans.routes.upload import first_run
from portal.tenants.access import Permission
from portal.tenants.entrance import current_actor


@bp.get("/w/<ward>/plans/<uuid:plan_id>")
@needs(Permission.MANAGE_PLANS)
def review(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Where a plan stands: being read, unreadable, to be reviewed, or confirmed (then its document)."""
    plan = plan_or_404(plan_id)
    if plan.standing is PlanState.CONFIRMED:
        return see_other(plan_address(plan))
    if plan.standing is PlanState.READING:
        return render_template("plans/_reading.html" if is_htmx() else "plans/reading.html", plan=plan)
    if is_htmx():
        return make_response("", 200, {"HX-Refresh": "true"})
    if plan.standing is PlanState.UNREADABLE:
        return first_run(UNREADABLE_MESSAGES[plan.problem], pasted_text(plan), failed=plan)
    return _page(plan)


@bp.post("/w/<ward>/plans/<uuid:plan_id>/cards/<uuid:card_id>")
@needs(Permission.MANAGE_PLANS)
def save_card(plan_id: uuid.UUID, card_id: uuid.UUID) -> ResponseReturnValue:
    """Keep one row: its fields; `accepted` takes the suggested date, `dropped` (yes, no) drops or restores it."""
    plan = _open_plan(plan_id)
    card = proposed_card_or_404(plan.id, card_id)
    typed, by, book = TypedCard.sent(request.form), current_actor().name, AgencyBook()
    stood_in = agency_value(card)
    try:
        edit(card, typed, book.agencies, _year(plan), by)
    except Refused as refusal:
        return _row_refused(plan, card, typed, refusal)
    if request.form.get("accepted"):
        accept_suggestion(card, by)
    dropped = request.form.get("dropped")
    if dropped:
        card.dropped, card.changed_by = dropped == "yes", by
    if not is_htmx():
        return see_other(f"{url_for('plans.review', plan_id=plan.id)}#c{card.number}", _("Đã lưu."))
    return _rows(plan, card, whole=bool(dropped) or agency_value(card) != stood_in)


@bp.post("/w/<ward>/plans/<uuid:plan_id>/dues")
@needs(Permission.MANAGE_PLANS)
def save_dues(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Many dates at once: `accepted` takes every suggested date, otherwise `day` goes to all cards without one."""
    plan = _open_plan(plan_id)
    cards, by = proposed_cards(plan.id), current_actor().name
    if request.form.get("accepted"):
        count = sum(accept_suggestion(card, by) for card in cards)
    else:
        try:
            count = set_all_undated(cards, typed_day(request.form.get("day", ""), _year(plan)), by)
        except Refused as refusal:
            return _page(plan, dues_why=refusal.why, typed_day=request.form.get("day", "")), refusal.status
    return see_other(
        url_for("plans.review", plan_id=plan.id), _("Đã đặt hạn cho %(count)s việc.", count=count)
    )


@bp.post("/w/<ward>/plans/<uuid:plan_id>/head")
@needs(Permission.MANAGE_PLANS)
def save_head(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Keep the number and the day that the document left blank."""
    plan, typed = _open_plan(plan_id), TypedHead.sent(request.form)
    try:
        fill_head(plan, typed, _year(plan))
    except Refused as refusal:
        shown = {"plan": plan, "head": typed, "head_why": refusal.why}
        page = render_template("plans/_head.html", **shown) if is_htmx() else _page(plan, **shown)
        return page, refusal.status
    if is_htmx():
        return render_template("plans/_head.html", plan=plan)
    return see_other(url_for("plans.review", plan_id=plan.id), _("Đã lưu."))


def _open_plan(plan_id: uuid.UUID) -> Plan:
    plan = plan_held(plan_id)
    refuse_unless_open(plan)
    return plan


def _year(plan: Plan) -> int:
    """The year meant when somebody types a day without one."""
    return plan.year or int(today().year)


def _shown(plan: Plan) -> dict[str, Any]:
    only = request.args.get("only", "")
    page = Review(plan, proposed_cards(plan.id), paragraphs(plan.id), AgencyBook(), only)
    return {
        "plan": plan,
        "review": page,
        "reasons": SKIP_REASONS,
        "agency_value": agency_value,
        "due_value": due_value,
        "typed_cards": {},
        "year": _year(plan),
    }


def _page(plan: Plan, **more: Any) -> str:
    return render_template("plans/review.html", **{**_shown(plan), **more})


def _rows(plan: Plan, card: ProposedCard, *, whole: bool) -> Response:
    """The row and whatever counts it; all rows when the card moved to another agency or was dropped."""
    shown = _shown(plan)
    if not whole:
        return make_response(render_template("plans/card_saved.html", card=card, **shown))
    response = make_response(render_template("plans/cards_moved.html", **shown))
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#cards", "outerMorph"
    return response


def _row_refused(plan: Plan, card: ProposedCard, typed: TypedCard, refusal: Refused) -> ResponseReturnValue:
    """The row again with what was typed, and why it was not kept."""
    told: Mapping[str, Any] = {"typed_cards": {card.id: typed}, "row_why": refusal.why}
    if is_htmx():
        return render_template(
            "plans/_proposed.html", **{**_shown(plan), **told, "card": card}
        ), refusal.status
    return _page(plan, **told), refusal.status
