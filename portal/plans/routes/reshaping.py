"""Acts of a review that move cards: merge, split, share among the members of a collective, add, take back."""

import uuid
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.db import utc_now
from portal.errors import Refused, key_or_404, or_404
from portal.permits import needs
from portal.plans.adding import add_by_hand
from portal.plans.agency_book import AgencyBook
from portal.plans.draft import Draft
from portal.plans.forms import TypedNewCard
from portal.plans.merging import merge
from portal.plans.plan import Plan
from portal.plans.proposed_card import ProposedCard
from portal.plans.queries import change_or_404, proposed_cards
from portal.plans.routes.blueprint import bp
from portal.plans.routes.drawing import open_plan, redrawn, reshaped, year_of
from portal.plans.sharing import members, share
from portal.plans.splitting import split
from portal.tenants.access import Permission
from portal.tenants.entrance import current_actor


@bp.post("/w/<ward>/plans/<uuid:plan_id>/cards/<uuid:card_id>/union")
@needs(Permission.MANAGE_PLANS)
def merge_card(plan_id: uuid.UUID, card_id: uuid.UUID) -> ResponseReturnValue:
    """Put a card into its neighbour of the same agency, the card `into`."""
    plan, draft, card = _drafted(plan_id, card_id)
    into = _found(draft, request.form.get("into", ""))
    numbers = {"number": card.number, "into": into.number}
    merge(draft, card, into)
    return _kept(plan, draft, "merged", into, **numbers)


@bp.post("/w/<ward>/plans/<uuid:plan_id>/cards/<uuid:card_id>/pieces")
@needs(Permission.MANAGE_PLANS)
def split_card(plan_id: uuid.UUID, card_id: uuid.UUID) -> ResponseReturnValue:
    """Cut a card in two where a part of its words begins, counted in characters (`at`)."""
    plan, draft, card = _drafted(plan_id, card_id)
    number, at = card.number, request.form.get("at", "")
    split(draft, card, int(at) if at.isdecimal() and len(at) < 8 else 0)
    return _kept(plan, draft, "split", card, number=number)


@bp.post("/w/<ward>/plans/<uuid:plan_id>/cards/<uuid:card_id>/shares")
@needs(Permission.MANAGE_PLANS)
def share_card(plan_id: uuid.UUID, card_id: uuid.UUID) -> ResponseReturnValue:
    """Give each member of the card's collective agency a card of its own."""
    plan, draft, card = _drafted(plan_id, card_id)
    number, among = card.number, members(card, AgencyBook().agencies)
    if not among:
        raise Refused(
            _("Phường chưa có nhiều cơ quan thuộc nhóm này. Thêm các cơ quan ở trang Cơ quan trước.")
        )
    share(draft, card, among)
    return _kept(plan, draft, "shared", card, number=number, count=len(among))


@bp.post("/w/<ward>/plans/<uuid:plan_id>/cards")
@needs(Permission.MANAGE_PLANS)
def add_card(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Add a card that the document does not hold; fields `title`, `agency` or `new_agency`, `due`."""
    plan = open_plan(plan_id, alone=True)
    draft, typed = Draft(plan, proposed_cards(plan.id)), TypedNewCard.sent(request.form)
    try:
        card = add_by_hand(draft, typed, AgencyBook(), year_of(plan))
    except Refused as refusal:
        told: dict[str, Any] = {"added": typed, "add_why": refusal.why}
        return redrawn(plan, **told), refusal.status
    return _kept(plan, draft, "added", None, number=draft.cards.index(card) + 1)


@bp.post("/w/<ward>/plans/<uuid:plan_id>/undo")
@needs(Permission.MANAGE_PLANS)
def undo_change(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Take back one act of the review, the change `change`."""
    plan = open_plan(plan_id, alone=True)
    change = change_or_404(plan.id, key_or_404(request.form.get("change", "")))
    Draft(plan, proposed_cards(plan.id)).undo(change)
    return reshaped(plan, None, _("Đã hoàn tác."))


def _drafted(plan_id: uuid.UUID, card_id: uuid.UUID) -> tuple[Plan, Draft, ProposedCard]:
    plan = open_plan(plan_id, alone=True)
    draft = Draft(plan, proposed_cards(plan.id))
    card = or_404(draft.card(card_id))
    return plan, draft, card


def _found(draft: Draft, key: str) -> ProposedCard:
    return or_404(draft.card(key_or_404(key)))


def _kept(
    plan: Plan, draft: Draft, kind: str, card: ProposedCard | None, **detail: int
) -> ResponseReturnValue:
    change = draft.keep(kind, current_actor().name, utc_now(), **detail)
    return reshaped(plan, card, f"{change.words}." if change else "", change)
