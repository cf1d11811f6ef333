"""Claimed envelopes are made ready to leave: looked at once more ward by ward, and composed.

An envelope that cannot be written is put aside for a person: it must not keep the others from leaving.
"""

import logging
import uuid
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from portal.accounts.queries import other_languages
from portal.catalogue import WRITTEN_IN
from portal.db import db, drop, keep, session_as
from portal.errors import kind_of
from portal.reminders.channel import EMAIL
from portal.reminders.delivery import Delivery
from portal.reminders.sifting import Sifted, sift
from portal.reminders.ward_rules import WardRules, ward_rules
from portal.reminders.way import Offer, Way
from portal.tenants.boundary import inside_ward
from portal.tenants.contact import Contact
from portal.tenants.ward import Ward
from portal.translating import speaking

log = logging.getLogger(__name__)


class Desk:
    """Where envelopes of many wards are made ready during one slice of sending; what is asked of a ward is kept."""

    def __init__(self, dispatch: Session, way: Way) -> None:
        self._dispatch, self._way = dispatch, way
        self._wards: dict[int, Ward] = {}
        self._rules: dict[int, WardRules] = {}
        self._languages: dict[uuid.UUID, str] | None = None

    def make_ready(self, claimed: Sequence[Delivery], now: datetime) -> dict[uuid.UUID, Offer | Sifted]:
        """What each is to become, by its id: one short transaction a ward."""
        ready: dict[uuid.UUID, Offer | Sifted] = {}
        for ward_id, together in groupby(sorted(claimed, key=_ward_of), key=_ward_of):
            ready |= self._of_ward(ward_id, list(together), now)
        return ready

    def _of_ward(
        self, ward_id: int, claimed: list[Delivery], now: datetime
    ) -> dict[uuid.UUID, Offer | Sifted]:
        try:
            with inside_ward(ward_id):
                rules = self._rules.get(ward_id) or self._rules.setdefault(ward_id, ward_rules())
                sifted = sift(claimed, rules, now)
                ready = {one.id: self._offer(one, sifted[one.id], now) for one in claimed}
                keep()
                return ready
        except SQLAlchemyError:
            raise  # the database's trouble is everybody's
        except Exception as error:
            drop()
            log.error("an envelope of ward %s cannot be written: %s", ward_id, kind_of(error))
        if len(claimed) == 1:
            return {claimed[0].id: Sifted(why="broken", park=True)}
        return {key: it for one in claimed for key, it in self._of_ward(ward_id, [one], now).items()}

    def _offer(self, delivery: Delivery, sifted: Sifted, now: datetime) -> Offer | Sifted:
        if not sifted.items:
            return sifted
        with speaking(self._language_for(delivery)):
            return self._way.offer(delivery, self._ward(delivery.ward_id), sifted.items, now)

    def _language_for(self, delivery: Delivery) -> str:
        """A letter's reader may have chosen one; short messages are registered with the carriers as they are."""
        if delivery.channel != EMAIL:
            return WRITTEN_IN
        if self._languages is None:
            self._languages = other_languages(session_as("auth"))
        contact = db.session.get(
            Contact, (delivery.ward_id, delivery.contact_id)
        )  # known since the last look
        person_id = contact.person_id if contact else None
        return self._languages.get(person_id, WRITTEN_IN) if person_id else WRITTEN_IN

    def _ward(self, ward_id: int) -> Ward:
        if ward_id not in self._wards:
            ward = self._dispatch.get(Ward, ward_id)
            assert ward is not None
            self._wards[ward_id] = ward
        return self._wards[ward_id]


def _ward_of(delivery: Delivery) -> int:
    return delivery.ward_id
