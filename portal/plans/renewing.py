"""A corrected plan is applied to the board: only what a person ticked, all of it once, and nothing is doubled."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from portal.errors import Refused, or_404
from portal.plans.agency_book import AgencyBook
from portal.plans.confirming import close, put_on_board
from portal.plans.correction import Correction, Counterpart
from portal.plans.earlier import chain_of, earlier_plans
from portal.plans.plan import Plan, PlanState
from portal.plans.queries import (
    all_plans,
    cards_of_plans,
    every_agency,
    plan_held,
    plans_held,
    proposed_by_plans,
    proposed_cards,
)
from portal.plans.reading.titles import short_title
from portal.plans.reviewing import refuse_unless_open
from portal.tasks.assigning import give_to
from portal.tasks.card import Card
from portal.tasks.dating import set_due
from portal.tasks.doer import Doer
from portal.tasks.repeating import cancel_whole
from portal.tasks.rewording import Wording, reword


@dataclass(frozen=True)
class Ticked:
    """What a person ticked: numbers of duties in the document, and for `gone` numbers of cards.

    `stamp` is that of the page they saw.
    """

    stamp: str
    added: frozenset[int] = frozenset()
    words: frozenset[int] = frozenset()
    dues: frozenset[int] = frozenset()
    agencies: frozenset[int] = frozenset()
    gone: frozenset[int] = frozenset()
    reason: str = ""


def correction(
    plan: Plan, earlier_id: uuid.UUID | None = None, *, for_update: bool = False
) -> Correction | None:
    """The plan beside the board as it stands; None when the ward has no plan it may correct.

    `earlier_id`: which one, where there are several; the likeliest when that is none of them (any more).
    """
    known = plans_held() if for_update else all_plans()
    candidates = earlier_plans(plan, known)
    if not candidates:
        return None
    earlier = next((one for one in candidates if one.id == earlier_id), candidates[0])
    chain = chain_of(earlier, known)
    cards = cards_of_plans(chain, for_update=for_update)
    return Correction(plan, earlier, proposed_cards(plan.id), cards, proposed_by_plans(chain), every_agency())


def renew(
    plan_id: uuid.UUID, earlier_id: uuid.UUID | None, ticked: Ticked, by: Doer, now: datetime
) -> Counter[str] | None:
    """Apply what was ticked; how many cards were added, changed and cancelled. None when it was applied before.

    Comments, evidence and states stay. Raises NotFound, and Refused: 409 when the board or the reading changed since
    the person looked, 422 when a card is to be cancelled without a reason.
    """
    plans_held()
    plan = plan_held(plan_id, alone=True)
    if plan.standing is PlanState.CONFIRMED:
        return None
    refuse_unless_open(plan)
    found = or_404(correction(plan, earlier_id, for_update=True))
    if found.stamp != ticked.stamp:
        raise Refused(
            _("Bảng việc hoặc bản đọc vừa thay đổi. Xem lại các chỗ khác nhau rồi bấm lần nữa."), 409
        )
    book = AgencyBook()
    done = Counter(
        added=_add(found, ticked, book, by, now),
        changed=sum(_change(plan, one, ticked, book, by, now) for one in found.changed),
        cancelled=_cancel(found.gone, ticked, by, now),
    )
    for one in found.unchanged:
        _cite(plan, one, by, now)
    for card, said in found.parted:
        # The card keeps its words; the document leads from the duty to the first of its cards.
        said.card_number = said.card_number or (None if said.dropped else card.number)
    plan.corrects_id, plan.kept_apart = found.earlier.id, False
    close(plan, by, now)
    return done


def keep_apart(plan_id: uuid.UUID) -> Plan:
    """A person says that it is another plan: its cards will stand beside the others. Raises NotFound and Refused."""
    plan = plan_held(plan_id, alone=True)
    refuse_unless_open(plan)
    plan.kept_apart = True
    return plan


def _add(found: Correction, ticked: Ticked, book: AgencyBook, by: Doer, now: datetime) -> int:
    for one in found.added:
        if one.number not in ticked.added:
            for part in found.parts_of(one):
                part.dropped, part.changed_by = True, by.name
    new = [part for one in found.added for part in found.parts_of(one) if not part.dropped]
    return len(put_on_board(found.plan, new, book, by, now))


def _change(plan: Plan, one: Counterpart, ticked: Ticked, book: AgencyBook, by: Doer, now: datetime) -> bool:
    number, card = one.proposed.number, one.card
    changed = False
    one.proposed.card_number = card.number
    if not one.words or number in ticked.words:
        changed = _cite(plan, one, by, now) and one.words
    if one.agency and number in ticked.agencies:
        changed |= give_to(card, book.known_or_added(one.proposed.agency_name), by, now)
    if one.due and number in ticked.dues:
        why = _("Theo kế hoạch sửa lại")
        changed |= set_due(card, one.proposed.due_on, by, now, why=why)
        card.due_exclusive = one.proposed.due_exclusive
    return changed


def _cite(plan: Plan, one: Counterpart, by: Doer, now: datetime) -> bool:
    """Let the card cite the corrected plan; a title that nobody edited follows the words."""
    if one.proposed.dropped:
        return False
    one.proposed.card_number = one.card.number
    said = one.proposed
    wording = Wording(plan.id, said.text, said.section, said.locator, said.sha256)
    title = said.title if one.words and not _title_was_edited(one) else None
    return reword(one.card, wording, by, now, title=title)


def _title_was_edited(one: Counterpart) -> bool:
    """Whether a person gave the card its title; otherwise it is the one made from its words by rule."""
    if one.card.title == short_title(one.card.text):
        return False
    return one.before is None or bool(one.before.changed_by) or one.before.title != one.card.title


def _cancel(gone: list[Card], ticked: Ticked, by: Doer, now: datetime) -> int:
    chosen = [card for card in gone if card.number in ticked.gone]
    return sum(cancel_whole(card, by, now, reason=ticked.reason) for card in chosen)
