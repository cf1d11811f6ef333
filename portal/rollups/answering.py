"""A ward's leader answers the unit in the ward's own words: only what the child-identity guard finds nothing in.

Everything else of the card stays in the ward; without released words the unit sees that and when it was answered.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db import db
from portal.errors import Refused, or_404
from portal.guarding.checking import what_is_told
from portal.rollups.unit_ask import EXPLAIN, UnitAsk
from portal.rollups.ward_answer import LONGEST, WardAnswer
from portal.tasks.card import Card
from portal.tenants.oversight_unit import OversightUnit
from portal.text import nfc

#: Asks on the ward's page, the latest ones.
_SHOWN = 100


def asks_of_ward() -> list[tuple[UnitAsk, str, int | None]]:
    """What units asked of the entered ward, the latest first: with the unit's name and the number of the card."""
    asked = (
        select(UnitAsk, OversightUnit.short_name)
        .join(OversightUnit, OversightUnit.id == UnitAsk.unit_id)
        .where(UnitAsk.received_at.is_not(None))
        .order_by(UnitAsk.asked_at.desc(), UnitAsk.id)
        .limit(_SHOWN)
    )
    rows = db.session.execute(asked).tuples().all()
    ids = [ask.card_id for ask, _unit in rows]
    cards = dict(db.session.execute(select(Card.id, Card.number).where(Card.id.in_(ids))).tuples().all())
    return [(ask, unit, cards.get(ask.card_id)) for ask, unit in rows]


def answers_of(session: Session) -> Mapping[uuid.UUID, WardAnswer]:
    """The released words by their ask: of the entered ward, or of the wards that a unit entered."""
    return {one.id: one for one in session.scalars(select(WardAnswer))}


def release_answer(ask_id: uuid.UUID, words: str, by: uuid.UUID, now: datetime) -> None:
    """Let the unit read these words, in place of those before. Raises NotFound; Refused for what may not leave.

    A leader may let words stand within the ward; out of the ward no reason carries them.
    """
    asked = select(UnitAsk).where(UnitAsk.id == ask_id, UnitAsk.kind == EXPLAIN)
    ask = or_404(db.session.scalar(asked.where(UnitAsk.received_at.is_not(None))))
    words = nfc(words).strip()
    if not words or len(words) > LONGEST:
        raise Refused(_("Ghi câu trả lời, dưới %(n)s ký tự.", n=LONGEST))
    if what_is_told([("words", words)]):
        raise Refused(_("Câu trả lời có chỗ nêu danh tính trẻ. Viết lại không nêu tên rồi gửi."))
    answer = db.session.scalar(select(WardAnswer).where(WardAnswer.id == ask.id)) or WardAnswer(id=ask.id)
    answer.words, answer.released_by, answer.released_at = words, by, now
    ask.answered_at = ask.answered_at or now
    db.session.add(answer)
    db.session.flush()
