"""What is asked about a ward's evidence as a whole and about files that name children: who views, who could."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Row, and_, func, or_, select

from portal.db import db
from portal.tasks.card import Card
from portal.tasks.card_queries import supporters_of
from portal.tasks.evidence import Evidence
from portal.tasks.evidence_viewer import EvidenceView, EvidenceViewer
from portal.tenants.access import Role
from portal.tenants.agency import Agency
from portal.tenants.contact import Contact
from portal.tenants.membership import Membership


def viewers_of(evidence_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Contact]]:
    """The named viewers of each of these files, by name; people who left are none."""
    found: dict[uuid.UUID, list[Contact]] = defaultdict(list)
    asked = (
        select(EvidenceViewer.evidence_id, Contact)
        .join(
            Contact, and_(Contact.ward_id == EvidenceViewer.ward_id, Contact.id == EvidenceViewer.contact_id)
        )
        .where(EvidenceViewer.evidence_id.in_(evidence_ids), Contact.left.is_(False))
        .order_by(Contact.name)
    )
    for evidence_id, contact in db.session.execute(asked).tuples():
        found[evidence_id].append(contact)
    return found


def could_view(card: Card) -> list[tuple[Contact, str]]:
    """Who may be named a viewer, each with where from: leaders, coordinators, the people of the card's agencies."""
    agency_ids = {card.agency_id, *supporters_of(card)} - {None}
    steering = Membership.role.in_([Role.LEADER.value, Role.COORDINATOR.value])
    asked = (
        select(Contact, Membership.role, Agency.short_name)
        .join(Membership, and_(Membership.ward_id == Contact.ward_id, Membership.contact_id == Contact.id))
        .outerjoin(Agency, and_(Agency.ward_id == Membership.ward_id, Agency.id == Membership.agency_id))
        .where(Contact.left.is_(False), or_(steering, Membership.agency_id.in_(agency_ids)))
        .order_by(Agency.position.nulls_first(), Contact.name)
    )
    found: dict[uuid.UUID, tuple[Contact, str]] = {}
    for contact, role, agency in db.session.execute(asked).tuples():
        found.setdefault(contact.id, (contact, agency or role))
    return list(found.values())


def leader_ids() -> set[uuid.UUID]:
    """The ward's leaders."""
    asked = (
        select(Contact.id)
        .join(Membership, and_(Membership.ward_id == Contact.ward_id, Membership.contact_id == Contact.id))
        .where(Membership.role == Role.LEADER.value, Contact.left.is_(False))
    )
    return set(db.session.scalars(asked))


def views_of(card: Card) -> list[EvidenceView]:
    """Each time somebody opened a locked file of a card, the latest first."""
    asked = select(EvidenceView).where(EvidenceView.card_id == card.id).order_by(EvidenceView.id.desc())
    return list(db.session.scalars(asked))


def stored_names() -> set[str]:
    """The names on disk of all evidence of the ward, of removed files too."""
    return set(db.session.scalars(select(Evidence.stored_as)))


def load_of(contact_id: uuid.UUID | None, since: datetime) -> Row[int, int]:
    """The bytes that the ward's evidence takes, and how many files this person has sent since."""
    sent = func.count().filter(Evidence.contact_id == contact_id, Evidence.added_at > since)
    return db.session.execute(select(func.coalesce(func.sum(Evidence.size), 0), sent)).one()
