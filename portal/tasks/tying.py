"""What ties cards together: one waits for another or belongs to it, and labels that many carry."""

from collections.abc import Iterable
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.dialects.postgresql import insert

from portal.db import db, new_id
from portal.errors import Refused
from portal.tasks.card import Card
from portal.tasks.card_link import WAITS_FOR, CardLink
from portal.tasks.doer import Doer
from portal.tasks.label import LONGEST, CardLabel, Label
from portal.tasks.recording import record
from portal.tenants.boundary import entered_ward
from portal.text import nfc, normalise_spaces


def link(card: Card, other: Card, kind: str, by: Doer, now: datetime) -> bool:
    """Say that this card waits for another, or belongs to it. False: they are tied already.

    Raises Refused for itself, and when the other one waits for this one: then neither could ever begin.
    """
    if other.id == card.id:
        raise Refused(_("Chọn một việc khác để nối."))
    tied = db.session.scalars(select(CardLink).where(_between(card, other))).all()
    if any(one.card_id == other.id and one.kind == kind == WAITS_FOR for one in tied):
        raise Refused(_("Việc số %(n)s đang chờ việc này rồi.", n=other.number), status=409)
    if tied:
        return False
    db.session.add(CardLink(card_id=card.id, other_id=other.id, kind=kind, added_at=now))
    card.link_count += 1
    other.link_count += 1
    record(card, "linked", by, now, number=other.number, how=kind)
    record(other, "linked", by, now, number=card.number, how="awaited" if kind == WAITS_FOR else kind)
    return True


def unlink(card: Card, other: Card, by: Doer, now: datetime) -> bool:
    """The two have nothing to do with each other any more. False: so it was."""
    gone = db.session.execute(delete(CardLink).where(_between(card, other)).returning(CardLink.id)).first()
    if gone is None:
        return False
    card.link_count -= 1
    other.link_count -= 1
    record(card, "unlinked", by, now, number=other.number)
    record(other, "unlinked", by, now, number=card.number)
    return True


def put_label(card: Card, name: str, by: Doer, now: datetime) -> bool:
    """Put a label on the card, a new one if the ward has none of this name. False: it carries it.

    Raises Refused when the name is empty or too long.
    """
    label = _known_label(name)
    put = insert(CardLabel).values(ward_id=entered_ward(), id=new_id(), card_id=card.id, label_id=label.id)
    if db.session.execute(put.on_conflict_do_nothing().returning(CardLabel.id)).first() is None:
        return False
    card.label_count += 1
    record(card, "labelled", by, now, label=label.name)
    return True


def take_label(card: Card, label: Label, by: Doer, now: datetime) -> bool:
    """Take a label off the card. False: it did not carry it."""
    off = delete(CardLabel).where(CardLabel.card_id == card.id, CardLabel.label_id == label.id)
    if db.session.execute(off.returning(CardLabel.id)).first() is None:
        return False
    card.label_count -= 1
    record(card, "unlabelled", by, now, label=label.name)
    return True


def offer_labels(names: Iterable[str]) -> None:
    """Let the ward have labels of these names (its plan's activities); too long ones are cut at a word."""
    for name in dict.fromkeys(_shortened(normalise_spaces(nfc(name))) for name in names):
        if name:
            _known_label(name)


def _known_label(name: str) -> Label:
    name = normalise_spaces(nfc(name))
    if not name:
        raise Refused(_("Ghi tên nhãn."))
    if len(name) > LONGEST:
        raise Refused(_("Tên nhãn quá dài. Rút còn dưới %(n)s ký tự.", n=LONGEST))
    wanted = insert(Label).values(ward_id=entered_ward(), id=new_id(), name=name)
    db.session.execute(wanted.on_conflict_do_nothing())
    return db.session.scalars(select(Label).where(Label.name == name)).one()


def _shortened(name: str) -> str:
    return name if len(name) <= LONGEST else name[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:-")


def _between(card: Card, other: Card) -> ColumnElement[bool]:
    ids = (card.id, other.id)
    return CardLink.card_id.in_(ids) & CardLink.other_id.in_(ids)
