"""What a tap on a one-tap link does: at most one effect on one card, the same answer when it is tapped again."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import IO

from flask_babel import gettext as _
from sqlalchemy import select

from portal.db import db
from portal.errors import NotFound, Refused, or_404
from portal.reminders.action_link import ActionLink, LinkUse
from portal.reminders.confirming import confirm_sharers
from portal.reminders.queries import latest_uses
from portal.tasks.attaching import attach_evidence
from portal.tasks.card import Card
from portal.tasks.card_event import CardEvent
from portal.tasks.commenting import block, comment_on
from portal.tasks.doer import Doer
from portal.tasks.moving import accept, move_to
from portal.tasks.state import WORKABLE, State, move_between
from portal.tasks.undoing import WINDOW, undo
from portal.tenants.access import Permission
from portal.tenants.contact import Contact
from portal.wording import local_day


class Verb(StrEnum):
    """The only things a link can report; approving, deleting or seeing more needs a sign-in."""

    ACCEPTED = "accepted"
    DOING = "doing"
    DONE = "done"
    BLOCKED = "blocked"


_TARGETS = {Verb.DOING: State.DOING, Verb.DONE: State.REVIEW}


def _may(card: Card, target: State) -> bool:
    """A link moves a card on as its agency could, never as those who steer, and takes nothing handed in back."""
    move = move_between(card.standing, target)
    return card.standing in WORKABLE and move is not None and move.permission is Permission.WORK_CARDS


@dataclass
class Opened:
    """A live link with its card and its holder, locked for this request."""

    link: ActionLink
    card: Card
    contact: Contact

    @property
    def doer(self) -> Doer:
        """In whose name the card's history keeps it."""
        return Doer(self.contact.id, self.contact.name, "link", link_sent=local_day(self.link.created_at))

    def offers(self, first: Verb | None = None) -> list[Verb]:
        """What can be reported now with one tap, in the order of the page; `first` comes first when it is offered."""
        waits = self.card.accepted_at is None and self.card.standing in WORKABLE
        offered = [Verb.ACCEPTED] if waits else []
        offered += [verb for verb, target in _TARGETS.items() if _may(self.card, target)]
        return sorted(offered, key=lambda verb: verb is not first)


def open_link(link_id: uuid.UUID, now: datetime, *, for_update: bool = False) -> Opened:
    """The link as it is now, inside its ward. Raises NotFound when it may not be used any more."""
    asked = select(ActionLink).where(ActionLink.id == link_id)
    link = or_404(db.session.scalar(asked.with_for_update() if for_update else asked))
    wanted = select(Card).where(Card.id == link.card_id)
    card = db.session.scalar(wanted.with_for_update() if for_update else wanted)
    contact = db.session.scalar(select(Contact).where(Contact.id == link.contact_id))
    if (
        card is None
        or contact is None
        or contact.left
        or not link.is_live(card, now)
        or _was_elsewhere(contact, link)
    ):
        raise NotFound
    return Opened(link, card, contact)


def _was_elsewhere(contact: Contact, link: ActionLink) -> bool:
    """Whether the link went to an address that is not theirs any more."""
    return contact.moved_at is not None and link.created_at < contact.moved_at


def tap(
    opened: Opened, verb: Verb, note: str, photo: tuple[IO[bytes], str] | None, now: datetime
) -> tuple[LinkUse, bool]:
    """Report something. The use it left, and False when that had been reported already.

    A note goes with the report and stays in the ward. Raises Refused when a problem comes without a note, when the
    card cannot go there, or when the link was used too often.
    """
    already = _reported(opened, verb, note)
    if already is not None:
        return already, False
    if opened.link.used_n >= opened.link.max_uses:
        raise Refused(_("Đường dẫn này đã dùng nhiều lần. Đăng nhập để cập nhật tiếp."), status=409)
    _attach(opened, "" if verb is Verb.BLOCKED else note, photo, now)
    _act(opened, verb, note, now)
    confirm_sharers(opened.contact, now)
    return _remember(opened, verb, now), True


def add_to_report(opened: Opened, note: str, photo: tuple[IO[bytes], str] | None, now: datetime) -> None:
    """A note or a photo after a report. Raises Refused when there is neither."""
    if not note.strip() and photo is None:
        raise Refused(_("Viết lời nhắn hoặc chọn ảnh rồi gửi."))
    _attach(opened, note, photo, now)


def _attach(opened: Opened, note: str, photo: tuple[IO[bytes], str] | None, now: datetime) -> None:
    if photo is not None:
        attach_evidence(opened.card, photo[0], photo[1], opened.doer, now)
    if note.strip():
        comment_on(opened.card, note, opened.doer, now)


def _reported(opened: Opened, verb: Verb, note: str) -> LinkUse | None:
    """The use that already did this, when the card still stands where it left it."""
    card, target = opened.card, _TARGETS.get(verb)
    stands = {
        Verb.ACCEPTED: card.accepted_at is not None,
        Verb.BLOCKED: bool(note) and card.blocked_why == note.strip(),
    }.get(verb, card.standing is target)
    return next((use for use in latest_uses(opened.link.id) if use.verb == verb), None) if stands else None


def _act(opened: Opened, verb: Verb, note: str, now: datetime) -> None:
    if verb is Verb.BLOCKED:
        if not note.strip():
            raise Refused(_("Ghi vướng mắc để phường biết cần giúp gì."))
        block(opened.card, note, opened.doer, now)
    elif verb is Verb.ACCEPTED:
        accept(opened.card, opened.doer, now)
    elif not _may(opened.card, _TARGETS[verb]):
        raise Refused(_("Việc đã đổi trạng thái. Mở lại đường dẫn để xem bước tiếp theo."), status=409)
    else:
        move_to(opened.card, _TARGETS[verb], opened.doer, now)
    db.session.flush()


def _remember(opened: Opened, verb: Verb, now: datetime) -> LinkUse:
    latest = db.session.scalar(
        select(CardEvent.id).where(CardEvent.card_id == opened.card.id).order_by(CardEvent.id.desc()).limit(1)
    )
    use = LinkUse(link_id=opened.link.id, verb=verb.value, event_id=latest, used_at=now)
    opened.link.used_n += 1
    db.session.add(use)
    db.session.flush()
    return use


def can_undo(opened: Opened, use: LinkUse, now: datetime) -> bool:
    """Whether "Bấm nhầm, đổi lại" is offered: a move, made with this link, moments ago."""
    return use.undone_at is None and use.verb in _TARGETS and now - use.used_at <= WINDOW


def take_back(opened: Opened, now: datetime) -> None:
    """Undo the latest report made with this link. Raises Refused when it is too late or something happened since."""
    use = next(iter(latest_uses(opened.link.id)), None)
    if use is None or use.event_id is None or not can_undo(opened, use, now):
        raise Refused(_("Không đổi lại được nữa. Báo lại tình hình bằng các nút bên dưới."), status=409)
    undo(opened.card, use.event_id, opened.doer, now)
    use.undone_at = now
