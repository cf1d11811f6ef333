"""What the tenants room asks: somebody's places (before a ward is entered), and a ward's people and agencies."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Row, bindparam, select, text
from sqlalchemy.orm import Session

from portal.db import db
from portal.errors import or_404
from portal.tenants.access import Actor, Role
from portal.tenants.agency import Agency
from portal.tenants.contact import Contact
from portal.tenants.membership import Membership
from portal.tenants.oversight_unit import OversightUnit, UnitMembership
from portal.tenants.ward import Ward
from portal.text import collation_key, person_key

# Asked on every page, and so built once: building them takes longer than running them.
_ENTER_PERSON = text("select app.enter_person(:person_id)")
_PLACES = (
    select(Ward, Contact, Membership)
    .join(Membership, Membership.ward_id == Ward.id)
    .join(Contact, (Contact.ward_id == Membership.ward_id) & (Contact.id == Membership.contact_id))
    .where(Membership.person_id == bindparam("person_id"), Contact.left.is_(False))
    .order_by(Ward.id)
)
_AGENCIES = select(Agency).where(Agency.closed.is_(False)).order_by(Agency.position)
_AGENCY = select(Agency).where(Agency.closed.is_(False), Agency.id == bindparam("agency_id"))


@dataclass(frozen=True)
class Place:
    """A ward somebody belongs to, and who they are there."""

    ward: Ward
    actor: Actor


def enter_person(auth: Session, person_id: uuid.UUID) -> None:
    """Let this transaction see a person's own places; for who is signed in, the look-up of the session did it."""
    auth.execute(_ENTER_PERSON, {"person_id": person_id})


def _places(rows: list[Row[Ward, Contact, Membership]]) -> list[Place]:
    """One place a ward, with all its hats together."""
    found: dict[int, list[Row[Ward, Contact, Membership]]] = {}
    for row in rows:
        found.setdefault(row[0].id, []).append(row)
    return [
        Place(
            hats[0][0],
            Actor(
                contact_id=hats[0][1].id,
                name=hats[0][1].name,
                roles=frozenset(Role(hat[2].role) for hat in hats),
                agency_ids=frozenset(hat[2].agency_id for hat in hats if hat[2].agency_id),
            ),
        )
        for hats in sorted(found.values(), key=lambda hats: collation_key(hats[0][0].name))
    ]


def places_of(auth: Session, person_id: uuid.UUID) -> list[Place]:
    """The wards a person who was entered (enter_person) belongs to, by name."""
    return _places(list(auth.execute(_PLACES, {"person_id": person_id}).all()))


def unit_places_of(auth: Session, person_id: uuid.UUID) -> list[tuple[OversightUnit, UnitMembership]]:
    """The oversight units a person belongs to, by name, each with their place in it."""
    asked = select(OversightUnit, UnitMembership).join(UnitMembership)
    found = auth.execute(asked.where(UnitMembership.person_id == person_id)).tuples()
    return sorted(found, key=lambda place: collation_key(place[0].name))


def units_of(auth: Session, person_id: uuid.UUID) -> list[OversightUnit]:
    """The oversight units a person belongs to, by name."""
    return [unit for unit, _place in unit_places_of(auth, person_id)]


def agencies() -> list[Agency]:
    """The ward's working agencies, in the order of the plan."""
    return sorted(
        db.session.scalars(_AGENCIES), key=lambda agency: (agency.position, collation_key(agency.name))
    )


def working_agency(agency_id: uuid.UUID | None) -> Mapping[uuid.UUID, Agency]:
    """This agency by its id, if there is such a one and it was not closed: for pages that name no other."""
    found = db.session.scalar(_AGENCY, {"agency_id": agency_id}) if agency_id else None
    return {found.id: found} if found else {}


def agencies_without_people() -> list[Agency]:
    """The working agencies that have nobody with an address, so that no letter finds them: one statement."""
    reached = (
        select(Membership.agency_id)
        .join(Contact, (Contact.ward_id == Membership.ward_id) & (Contact.id == Membership.contact_id))
        .where(Contact.left.is_(False), Contact.email.is_not(None), Membership.agency_id.is_not(None))
    )
    found = db.session.scalars(_AGENCIES.where(Agency.id.not_in(reached)))
    return sorted(found, key=lambda agency: (agency.position, collation_key(agency.name)))


def agency_or_404(agency_id: uuid.UUID) -> Agency:
    """An agency of the entered ward, a closed one too. Raises NotFound."""
    return or_404(db.session.scalar(select(Agency).where(Agency.id == agency_id)))


def contact_or_404(contact_id: uuid.UUID) -> Contact:
    """Somebody the entered ward writes to, locked. Raises NotFound."""
    asked = select(Contact).where(Contact.id == contact_id, Contact.left.is_(False))
    return or_404(db.session.scalar(asked.with_for_update()))


def people() -> list[Row[Contact, Membership, Agency]]:
    """Everybody in the ward with each hat they wear, agency people by agency, each group by given name."""
    found = db.session.execute(
        select(Contact, Membership, Agency)
        .join(
            Membership,
            (Membership.ward_id == Contact.ward_id) & (Membership.contact_id == Contact.id),
        )
        .outerjoin(Agency, (Agency.ward_id == Membership.ward_id) & (Agency.id == Membership.agency_id))
        .where(Contact.left.is_(False))
    ).all()
    return sorted(found, key=lambda row: (row[2].position if row[2] else -1, person_key(row[0].name)))


def contacts_of_agency(agency_id: uuid.UUID) -> list[Contact]:
    """The people of an agency, those who answer for it first."""
    return list(
        db.session.scalars(
            select(Contact)
            .join(
                Membership,
                (Membership.ward_id == Contact.ward_id) & (Membership.contact_id == Contact.id),
            )
            .where(Membership.agency_id == agency_id, Contact.left.is_(False))
            .order_by(Membership.role)
        )
    )


def signer() -> tuple[str, str]:
    """Title and name of who signs for the entered ward, left to be filled in where nobody is named."""
    asked = (
        select(Contact)
        .join(Membership, (Membership.ward_id == Contact.ward_id) & (Membership.contact_id == Contact.id))
        .where(Membership.role == Role.LEADER.value, Contact.left.is_(False))
        .order_by(Contact.name)
        .limit(1)
    )
    leader = db.session.scalar(asked)
    return (leader.title or "CHỦ TỊCH", leader.name) if leader else ("CHỦ TỊCH", "")
