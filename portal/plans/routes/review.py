"""The review page: the document left, the proposed cards right, every row saved as somebody goes."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.db import utc_now
from portal.errors import Refused
from portal.pages import is_htmx, see_other
from portal.permits import needs
from portal.plans.agency_book import AgencyBook
from portal.plans.draft import Draft
from portal.plans.forms import TypedCard, TypedHead
from portal.plans.plan import Plan, PlanState
from portal.plans.progress import progress
from portal.plans.proposed_card import ProposedCard
from portal.plans.queries import latest_job, plan_or_404, proposed_card_or_404, proposed_cards
from portal.plans.reading import UNREADABLE_MESSAGES
from portal.plans.receiving import pasted_text
from portal.plans.reviewing import (
    accept_suggestion,
    agency_value,
    check,
    edit,
    fill_head,
    set_all_undated,
    typed_day,
)
from portal.plans.routes.addresses import plan_address
from portal.plans.routes.blueprint import bp
from portal.plans.routes.drawing import (
    asked_card,
    open_plan,
    page,
    redrawn,
    reshaped,
    review_address,
    shown,
    year_of,
)
from portal.plans.routes.upload import first_run
from portal.tenants.access import Permission
from portal.tenants.entrance import current_actor


@bp.get("/w/<ward>/plans/<uuid:plan_id>")
@needs(Permission.MANAGE_PLANS)
def review(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Where a plan stands: being read, unreadable, to be reviewed, or confirmed (then its document).

    `?only=` shows a part of the cards, `?open=` opens one's details.
    """
    plan = plan_or_404(plan_id)
    if plan.standing is PlanState.CONFIRMED:
        return see_other(plan_address(plan))
    if plan.standing is PlanState.READING:
        how_far = progress(plan, latest_job(plan.id), utc_now())
        template = "plans/_reading.html" if is_htmx() else "plans/reading.html"
        return render_template(template, plan=plan, progress=how_far)
    if is_htmx():
        return make_response("", 200, {"HX-Refresh": "true"})
    if plan.standing is PlanState.UNREADABLE:
        return first_run(UNREADABLE_MESSAGES[plan.problem], pasted_text(plan), failed=plan)
    return page(plan, opened=asked_card())


@bp.get("/w/<ward>/plans/<uuid:plan_id>/cards/<uuid:card_id>")
@needs(Permission.MANAGE_PLANS)
def open_card(plan_id: uuid.UUID, card_id: uuid.UUID) -> ResponseReturnValue:
    """One row with its details open, or closed again (`?closed=1`)."""
    plan = plan_or_404(plan_id)
    card = proposed_card_or_404(plan.id, card_id)
    if plan.standing is not PlanState.REVIEW or not is_htmx():
        return see_other(plan_address(plan))
    opened = None if request.args.get("closed") else card.id
    return render_template("plans/_proposed.html", card=card, **shown(plan, opened=opened))


@bp.post("/w/<ward>/plans/<uuid:plan_id>/cards/<uuid:card_id>")
@needs(Permission.MANAGE_PLANS)
def save_card(plan_id: uuid.UUID, card_id: uuid.UUID) -> ResponseReturnValue:
    """Keep one row: its fields; `accepted` takes the suggested date, `checked` says that it is right as it is,
    `dropped` (yes, no) drops or restores it.
    """
    plan = open_plan(plan_id)
    card = proposed_card_or_404(plan.id, card_id)
    typed, draft, stood_in = TypedCard.sent(request.form), Draft(plan, [card]), agency_value(card)
    try:
        edit(card, typed, AgencyBook(), year_of(plan))
    except Refused as refusal:
        return _row_refused(plan, card, typed, refusal)
    kind = _act_on(card)
    draft.keep(kind, current_actor().name, utc_now(), number=card.number)
    if not is_htmx():
        return see_other(f"{review_address(plan, _opened(card))}#c{card.number}", _("Đã lưu."))
    return _rows(plan, card, whole=kind in {"dropped", "restored"} or agency_value(card) != stood_in)


def _act_on(card: ProposedCard) -> str:
    """What else the pressed button asks for; the kind of change it makes."""
    if request.form.get("accepted"):
        accept_suggestion(card)
    if request.form.get("checked"):
        check(card)
        return "checked"
    if dropped := request.form.get("dropped"):
        card.dropped = dropped == "yes"
        return "dropped" if card.dropped else "restored"
    return "edited"


@bp.post("/w/<ward>/plans/<uuid:plan_id>/dues")
@needs(Permission.MANAGE_PLANS)
def save_dues(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Many dates at once: `accepted` takes every suggested date, otherwise `day` goes to all cards without one."""
    plan = open_plan(plan_id)
    draft = Draft(plan, proposed_cards(plan.id))
    if request.form.get("accepted"):
        count = sum(accept_suggestion(card) for card in draft.cards)
    else:
        typed = request.form.get("day", "")
        try:
            count = set_all_undated(draft.cards, typed_day(typed, year_of(plan)))
        except Refused as refusal:
            return redrawn(plan, dues_why=refusal.why, typed_day=typed), refusal.status
    done = draft.keep("dated", current_actor().name, utc_now(), count=count)
    return reshaped(plan, None, _("Đã đặt hạn cho %(count)s việc.", count=count), done)


@bp.post("/w/<ward>/plans/<uuid:plan_id>/head")
@needs(Permission.MANAGE_PLANS)
def save_head(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Keep the number and the day that the document left blank."""
    plan, typed = open_plan(plan_id), TypedHead.sent(request.form)
    try:
        fill_head(plan, typed, year_of(plan))
    except Refused as refusal:
        told: dict[str, Any] = {"head": typed, "head_why": refusal.why}
        drawn = render_template("plans/_head.html", plan=plan, **told) if is_htmx() else page(plan, **told)
        return drawn, refusal.status
    if is_htmx():
        return render_template("plans/head_saved.html", **shown(plan))
    return see_other(url_for("plans.review", plan_id=plan.id), _("Đã lưu."))


def _opened(card: ProposedCard) -> uuid.UUID | None:
    """The card's key, if its details were open when the form was sent."""
    return card.id if request.form.get("open") else None


def _rows(plan: Plan, card: ProposedCard, *, whole: bool) -> Response:
    """The row and whatever counts it; all rows when the card moved to another agency or was dropped."""
    drawn = shown(plan, opened=_opened(card))
    drawn["done"] = drawn["last"] if whole else None
    if not whole:
        return make_response(render_template("plans/card_saved.html", card=card, **drawn))
    response = make_response(render_template("plans/cards_moved.html", **drawn))
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#cards", "outerMorph"
    return response


def _row_refused(plan: Plan, card: ProposedCard, typed: TypedCard, refusal: Refused) -> ResponseReturnValue:
    """The row again with what was typed, and why it was not kept."""
    told: Mapping[str, Any] = {"typed_cards": {card.id: typed}, "row_why": refusal.why}
    if is_htmx():
        drawn = {**shown(plan, opened=_opened(card)), **told, "card": card}
        return render_template("plans/_proposed.html", **drawn), refusal.status
    return page(plan, opened=_opened(card), **told), refusal.status
