"""The one button: proposed cards become cards on the board, agencies that are missing are added, all at once."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from itertools import chain

from flask_babel import gettext as _

from portal.errors import Refused
from portal.plans.agency_book import AgencyBook, names_a_group
from portal.plans.appointing import hand_over
from portal.plans.earlier import earlier_plans
from portal.plans.lineage_publishing import ask_for_lineage
from portal.plans.plan import Plan, PlanState
from portal.plans.proposed_card import ProposedCard
from portal.plans.queries import activity_headings, plan_held, plans_held, proposed_cards
from portal.plans.reviewing import refuse_unless_open
from portal.plans.sharing import duties
from portal.tasks.adding import NewCard, add_cards
from portal.tasks.card import Card
from portal.tasks.doer import Doer
from portal.tasks.gathering import gathered, sum_up
from portal.tasks.tying import offer_labels


def confirm(plan_id: uuid.UUID, by: Doer, now: datetime) -> list[Card]:
    """Put a reviewed plan's cards on the board and hand them to their agencies.

    Empty when the plan was confirmed before: of two who press at once, the second waits and creates nothing.
    Raises NotFound, and Refused when the plan is not read yet, every card was dropped, or the ward has confirmed a
    plan that this one may correct (then its cards would stand there twice) and nobody said that it is another one.
    """
    known = plans_held()
    plan = plan_held(plan_id, alone=True)
    if plan.standing is PlanState.CONFIRMED:
        return []
    refuse_unless_open(plan)
    if awaits_comparison(plan, known):
        raise Refused(_("Phường đã giao việc theo một kế hoạch như thế này. So hai bản trước."), status=409)
    kept = [card for card in proposed_cards(plan.id) if not card.dropped]
    if not kept:
        raise Refused(_("Không còn việc nào để tạo. Lấy lại ít nhất một việc."))
    book = AgencyBook()
    cards = put_on_board(plan, kept, book, by, now)
    close(plan, by, now)
    return cards


def awaits_comparison(plan: Plan, known: Sequence[Plan]) -> bool:
    """Whether somebody has to say first whether this corrects a confirmed plan or is another one."""
    return plan.standing is PlanState.REVIEW and not plan.kept_apart and bool(earlier_plans(plan, known))


def put_on_board(
    plan: Plan, kept: Sequence[ProposedCard], book: AgencyBook, by: Doer, now: datetime
) -> list[Card]:
    """Make cards of what was proposed and hand them over; agencies that are missing are added.

    The parts of a duty that was shared in the review come below a whole of their own, which is not among the cards
    returned.
    """
    whole = duties(kept)
    new = [made for parts in whole for made in gathered([_new_card(plan, part, book) for part in parts])]
    added = add_cards(new, by, now, assign=True)
    sum_up(added, {agency.id: agency.short_name for agency in book.agencies}, by, now)
    cards = [card for card in added if not card.shared_total]
    for proposed, card in zip(chain.from_iterable(whole), cards, strict=True):
        proposed.agency_id, proposed.card_number = card.agency_id, card.number
    return cards


def close(plan: Plan, by: Doer, now: datetime) -> None:
    """The review of a plan is over."""
    plan.state = PlanState.CONFIRMED.value
    plan.confirmed_by, plan.confirmed_at = by.name, now
    if plan.corrects_id is not None:
        hand_over(plan.corrects_id, plan.id)
    offer_labels(activity_headings(plan.id))
    ask_for_lineage(plan, now)


def leading_agencies(cards: list[ProposedCard], book: AgencyBook) -> set[str]:
    """The names of the agencies that lead any of these cards, alone or jointly, as the ward will know them."""
    named = {name for card in cards for name in [card.agency_name, *card.joint] if name}
    return {agency.name if (agency := book.known(name)) else name for name in named}


def _new_card(plan: Plan, card: ProposedCard, book: AgencyBook) -> NewCard:
    lead = card.agency_id or (book.known_or_added(card.agency_name).id if card.agency_name else None)
    # Whoever leads jointly is an agency of the ward as well, and who helps under a name of its own.
    named = [name for name in card.supporting if book.known(name) or not names_a_group(name)]
    helpers = [book.known_or_added(name) for name in [*card.joint, *named]]
    supporting = dict.fromkeys(agency.id for agency in helpers if agency.id != lead)
    return NewCard(
        title=card.title,
        agency_id=lead,
        supporting=tuple(supporting),
        mode=card.mode,
        due_on=card.due_on,
        due_exclusive=card.due_exclusive,
        plan_id=plan.id,
        text=card.text,
        section=card.section,
        locator=card.locator,
        source_sha256=card.sha256,
        recurrence=card.recurrence,
    )
