"""What the plans' room asks; every question is here, so that it can be indexed and counted."""

import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import Row, func, or_, select

from portal.db import db
from portal.errors import or_404
from portal.plans.activity import Activity
from portal.plans.plan import Plan, PlanState
from portal.plans.plan_change import PlanChange
from portal.plans.plan_paragraph import PlanParagraph
from portal.plans.proposed_card import ProposedCard
from portal.plans.target import Indicator, Target
from portal.tasks.card import Card
from portal.tasks.support import Support
from portal.tenants.agency import Agency
from portal.tenants.ward_job import WardJob


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
    return or_404(db.session.scalar(select(Plan).where(Plan.id == plan_id)))


def plan_held(plan_id: uuid.UUID, *, alone: bool = False) -> Plan:
    """A plan that nobody confirms or removes until this request ends; `alone`: nobody edits it either."""
    asked = select(Plan).where(Plan.id == plan_id).with_for_update(read=not alone)
    return or_404(db.session.scalar(asked.execution_options(populate_existing=True)))


def proposed_cards(plan_id: uuid.UUID) -> list[ProposedCard]:
    """What a plan proposes, in the order of the document, dropped ones too."""
    asked = select(ProposedCard).where(ProposedCard.plan_id == plan_id).order_by(ProposedCard.position)
    return list(db.session.scalars(asked))


def proposed_card_or_404(plan_id: uuid.UUID, card_id: uuid.UUID) -> ProposedCard:
    """One proposed card, locked for editing. Raises NotFound."""
    asked = select(ProposedCard).where(ProposedCard.plan_id == plan_id, ProposedCard.id == card_id)
    return or_404(db.session.scalar(asked.with_for_update()))


def paragraphs(plan_id: uuid.UUID) -> list[PlanParagraph]:
    """The document, paragraph by paragraph."""
    asked = select(PlanParagraph).where(PlanParagraph.plan_id == plan_id).order_by(PlanParagraph.position)
    return list(db.session.scalars(asked))


def count_of_targets(plan_id: uuid.UUID) -> int:
    """How many things a plan promises in figures."""
    asked = select(func.count(Indicator.id)).join(
        Target, (Target.ward_id == Indicator.ward_id) & (Target.id == Indicator.target_id)
    )
    return db.session.scalars(asked.where(Target.plan_id == plan_id)).one()


def plans_held() -> list[Plan]:
    """Every plan of the ward, held in one order, so that of two who confirm or correct at once one waits."""
    asked = select(Plan).order_by(Plan.id).with_for_update()
    return list(db.session.scalars(asked.execution_options(populate_existing=True)))


def all_plans() -> list[Plan]:
    """Every plan of the ward."""
    return list(db.session.scalars(select(Plan).order_by(Plan.id)))


def cards_of_plans(
    plan_ids: Collection[uuid.UUID], *, parts: bool = False, for_update: bool = False
) -> list[Card]:
    """The cards that stand on the board for these plans, by number: each duty once, by its whole or first period.

    `parts`: with the parts of duties that were shared out.
    """
    once = or_(Card.series_id.is_(None), Card.series_id == Card.id)
    asked = select(Card).where(Card.plan_id.in_(plan_ids), once).order_by(Card.number)
    if not parts:
        asked = asked.where(Card.parent_id.is_(None))
    if for_update:
        asked = asked.with_for_update().execution_options(populate_existing=True)
    return list(db.session.scalars(asked))


def proposed_by_plans(plan_ids: Collection[uuid.UUID]) -> list[ProposedCard]:
    """What these plans proposed, the latest plan's last."""
    asked = (
        select(ProposedCard)
        .join(Plan, (Plan.ward_id == ProposedCard.ward_id) & (Plan.id == ProposedCard.plan_id))
        .where(ProposedCard.plan_id.in_(plan_ids))
        .order_by(Plan.confirmed_at, ProposedCard.position)
    )
    return list(db.session.scalars(asked))


def every_agency() -> dict[uuid.UUID, Agency]:
    """The ward's agencies by id, closed ones too: an old card keeps its agency's name."""
    return {agency.id: agency for agency in db.session.scalars(select(Agency))}


def last_change(plan_id: uuid.UUID) -> PlanChange | None:
    """The latest act of a plan's review that was not taken back."""
    asked = select(PlanChange).where(PlanChange.plan_id == plan_id).order_by(PlanChange.id.desc()).limit(1)
    return db.session.scalar(asked)


def change_or_404(plan_id: uuid.UUID, change_id: uuid.UUID) -> PlanChange:
    """An act of a plan's review. Raises NotFound, also when it was taken back already."""
    asked = select(PlanChange).where(PlanChange.plan_id == plan_id, PlanChange.id == change_id)
    return or_404(db.session.scalar(asked))


def latest_job(subject_id: uuid.UUID) -> WardJob | None:
    """The last job that was asked for about a row."""
    asked = (
        select(WardJob).where(WardJob.subject_id == subject_id).order_by(WardJob.created_at.desc()).limit(1)
    )
    return db.session.scalar(asked)


def every_card() -> list[Card]:
    """Every card of the ward, by number."""
    return list(db.session.scalars(select(Card).order_by(Card.number)))


def every_support() -> list[Support]:
    """Which agency supports which card, of the whole board."""
    return list(db.session.scalars(select(Support)))


def activity_headings(plan_id: uuid.UUID) -> list[str]:
    """The activities a plan names (its section III), in their order, each once."""
    asked = select(Activity.heading).where(Activity.plan_id == plan_id).order_by(Activity.position)
    return list(dict.fromkeys(db.session.scalars(asked)))
