"""What somebody may do with one card: the permission table, narrowed to their own agency's cards."""

import uuid
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.errors import Refused
from portal.tasks.card import Card
from portal.tasks.card_event import CardEvent
from portal.tasks.card_queries import last_change_by_another, supporters_of
from portal.tasks.state import MOVES, Move, State, move_between
from portal.tenants.access import Actor, Permission


def may_see(actor: Actor, card: Card, supporting: set[uuid.UUID] | None = None) -> bool:
    """Whether this actor may open the card. `supporting`: its supporters, where they are known already."""
    if actor.may(Permission.SEE_ALL_CARDS):
        return True
    return card.assigned_at is not None and _takes_part(actor, card, supporting)


def _takes_part(actor: Actor, card: Card, supporting: set[uuid.UUID] | None) -> bool:
    """Whether one of the actor's agencies leads or supports the card."""
    if card.agency_id in actor.agency_ids:
        return True
    if not actor.agency_ids:
        return False
    return not actor.agency_ids.isdisjoint(supporters_of(card) if supporting is None else supporting)


def may_read(actor: Actor, card: Card, supporting: set[uuid.UUID] | None = None) -> bool:
    """Whether this actor may read more of the card than number, agency, state and date.

    A confidential card is read by its agencies and by the leader; queries.readable_by says the same to statements.
    """
    if not card.confidential or actor.may(Permission.READ_CONFIDENTIAL):
        return True
    return _takes_part(actor, card, supporting)


def leads(actor: Actor, agency_id: uuid.UUID | None) -> bool:
    """Whether the actor works for the agency that leads a card, or steers the whole board."""
    return actor.steers or (agency_id is not None and agency_id in actor.agency_ids)


def _allows(actor: Actor, agency_id: uuid.UUID | None, move: Move) -> bool:
    own = move.permission in {Permission.WORK_CARDS, Permission.ANSWER_FOR_AGENCY}
    if own and not leads(actor, agency_id):
        return False
    return actor.may(move.permission)


def may_move(actor: Actor, agency_id: uuid.UUID | None, source: State, target: State) -> bool:
    """Whether this actor may take a card of this agency from one state to another."""
    move = move_between(source, target)
    return move is not None and _allows(actor, agency_id, move)


def offered_moves(actor: Actor, card: Card) -> list[Move]:
    """The steps this actor may take now."""
    if card.shared_total:
        return []
    return [move for move in MOVES if move.source is card.standing and _allows(actor, card.agency_id, move)]


def refuse_to_find(actor: Actor, card: Card) -> None:
    """Raise Refused(403) when the card is another agency's; of a confidential one only its face may be shown."""
    if not may_see(actor, card):
        raise Refused(_("Việc này của cơ quan khác trong phường."), status=403)


def refuse_to_see(actor: Actor, card: Card) -> None:
    """Raise Refused(403) when the card is another agency's, or confidential and not this actor's to read."""
    refuse_to_find(actor, card)
    if not may_read(actor, card):
        raise Refused(
            _("Việc này bảo mật: chỉ cơ quan thực hiện và lãnh đạo phường xem và sửa được."), status=403
        )


def refuse_to_take_back(actor: Actor, card: Card, event: CardEvent) -> None:
    """Raise Refused(403) unless the actor may undo this event: they did it, or they steer.

    Who marked a card confidential may take that back at once, although they cannot read the card any more.
    """
    own = event.contact_id == actor.contact_id
    if not own and not actor.steers:
        raise Refused(_("Chỉ người vừa chuyển, hoặc người điều phối, hoàn tác được."), status=403)
    if not (own and event.kind == "made_confidential"):
        refuse_to_see(actor, card)


def refuse_to_move(actor: Actor, card: Card, target: State) -> None:
    """Raise Refused(403) when the step exists but is not this actor's to take."""
    refuse_when_shared(card)
    if move_between(card.standing, target) and not may_move(actor, card.agency_id, card.standing, target):
        raise Refused(_("Vai của anh/chị không chuyển được việc này."), status=403)


def refuse_to_work(actor: Actor, card: Card) -> None:
    """Raise Refused(403) unless the actor may work on the card (lead agency, or steering)."""
    if not (actor.may(Permission.WORK_CARDS) and leads(actor, card.agency_id)):
        raise Refused(_("Chỉ cơ quan chủ trì sửa được việc này."), status=403)
    refuse_when_shared(card)


def refuse_when_shared(card: Card) -> None:
    """Raise Refused(409) on a duty that was shared out: where it stands, its parts say."""
    if card.shared_total:
        raise Refused(_("Việc này đã chia cho nhiều cơ quan. Sửa ở việc của từng cơ quan."), status=409)


def refuse_when_closed(card: Card) -> None:
    """Raise Refused(409) on work that is over: its dates, files and agencies are what the counts were made of."""
    if not card.is_open:
        raise Refused(_("Việc này đã xong hoặc đã hủy. Mở lại rồi sửa."), status=409)


def refuse_to_contribute(actor: Actor, card: Card) -> None:
    """Raise Refused(403) unless the actor may write or attach here: the lead, the supporters, those who steer."""
    refuse_to_see(actor, card)
    if not actor.may(Permission.WORK_CARDS):
        raise Refused(_("Vai của anh/chị chỉ xem, không ghi được."), status=403)


@dataclass(frozen=True)
class Seen:
    """The version of a card that somebody had in front of them when they pressed a button."""

    version: int | None

    def refuse_when_stale(self, card: Card, actor: Actor) -> None:
        """Raise Refused(409) when somebody else changed the card meanwhile; the page shows again what was typed.

        A person's own change in between is no conflict: it is their second tap.
        """
        if self.version is None or self.version == card.version:
            return
        change = last_change_by_another(card, self.version, actor.contact_id)
        if change is not None:
            name = change.actor_name or _("Hệ thống")
            raise Refused(_("%(name)s vừa sửa việc này. Xem bản mới rồi làm lại.", name=name), status=409)
