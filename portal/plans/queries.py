"""What the plans' room asks; every question is here, so that it can be indexed and counted."""

import uuid
from collections.abc import Sequence

from sqlalchemy import Row, func, select

from portal.db import db
from portal.errors import NotFound
from portal.plans.plan import Plan, PlanState
from portal.plans.plan_paragraph import PlanParagraph
from portal.plans.proposed_card import ProposedCard


def plans(*, confirmed_only: bool) -> Sequence[Row[Plan, int]]:
    """The ward's plans with how many cards each made or proposes, the latest first."""
    kept = func.count(ProposedCard.id).filter(ProposedCard.dropped.is_(False))
    asked = (
        select(Plan, kept)
        .outerjoin(ProposedCard, (ProposedCard.ward_id == Plan.ward_id) & (ProposedCard.plan_id == Plan.id))
        .group_by(Plan.ward_id, Plan.id)
        .order_by(Plan.added_at.desc())
    )
    if confirmed_only:
        asked = asked.where(Plan.state == PlanState.CONFIRMED.value)
    return db.session.execute(asked).all()


def plan_or_404(plan_id: uuid.UUID) -> Plan:
    """A plan of the entered ward. Raises NotFound."""
    plan = db.session.scalar(select(Plan).where(Plan.id == plan_id))
    if plan is None:
        raise NotFound
    return plan


def plan_held(plan_id: uuid.UUID, *, alone: bool = False) -> Plan:
    """A plan that nobody confirms or removes until this request ends; `alone`: nobody edits it either."""
    asked = select(Plan).where(Plan.id == plan_id).with_for_update(read=not alone)
    plan = db.session.scalar(asked.execution_options(populate_existing=True))
    if plan is None:
        raise NotFound
    return plan


def proposed_cards(plan_id: uuid.UUID) -> list[ProposedCard]:
    """What a plan proposes, in the order of the document, dropped ones too."""
    asked = select(ProposedCard).where(ProposedCard.plan_id == plan_id).order_by(ProposedCard.position)
    return list(db.session.scalars(asked))


def proposed_card_or_404(plan_id: uuid.UUID, card_id: uuid.UUID) -> ProposedCard:
    """One proposed card, locked for editing. Raises NotFound."""
    asked = select(ProposedCard).where(ProposedCard.plan_id == plan_id, ProposedCard.id == card_id)
    card = db.session.scalar(asked.with_for_update())
    if card is None:
        raise NotFound
    return card


def paragraphs(plan_id: uuid.UUID) -> list[PlanParagraph]:
    """The document, paragraph by paragraph."""
    asked = select(PlanParagraph).where(PlanParagraph.plan_id == plan_id).order_by(PlanParagraph.position)
    return list(db.session.scalars(asked))
