"""Agencies and people of a ward that ends find their place in the one that succeeds it."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from portal.db import db
from portal.tenants.access import Role
from portal.tenants.agency import Agency
from portal.tenants.boundary import WardRow, entered_ward
from portal.tenants.contact import Contact
from portal.tenants.membership import Membership


@dataclass(frozen=True)
class Settlers:
    """A ward's working agencies, its people and their hats, as rows."""

    agencies: list[dict[str, Any]]
    contacts: list[dict[str, Any]]
    hats: list[dict[str, Any]]


def values_of(row: WardRow) -> dict[str, Any]:
    """The columns of a row, without those the database works out by itself."""
    kept = [one.key for one in row.__mapper__.column_attrs if one.columns[0].computed is None]
    return {name: getattr(row, name) for name in kept}


def settlers_of() -> Settlers:
    """Those of the entered ward."""
    return Settlers(
        [values_of(row) for row in db.session.scalars(select(Agency))],
        [values_of(row) for row in db.session.scalars(select(Contact).where(Contact.left.is_(False)))],
        [values_of(row) for row in db.session.scalars(select(Membership))],
    )


def matched(settlers: Settlers) -> dict[uuid.UUID, uuid.UUID]:
    """For ids of the other ward, the ids of the same in the entered one: agencies by name, people by their account.

    An agency or a person that is not here yet keeps its id and is missing.
    """
    agencies = {agency.name: agency.id for agency in db.session.scalars(select(Agency))}
    people = list(db.session.scalars(select(Contact)))
    by_account = {person.person_id: person.id for person in people if person.person_id}
    by_email = {person.email: person.id for person in people if person.email}
    found = {row["id"]: agencies[row["name"]] for row in settlers.agencies if row["name"] in agencies}
    for row in settlers.contacts:
        here = by_account.get(row["person_id"]) or by_email.get(row["email"])
        if here is not None:
            found[row["id"]] = here
    return found


def settle_agencies(settlers: Settlers) -> None:
    """Let agencies into the entered ward that it has not by that name; one that came before is open again."""
    new_ids = matched(settlers)
    for row in settlers.agencies:
        if new_ids.get(row["id"], row["id"]) == row["id"]:
            db.session.merge(Agency(**(row | {"ward_id": entered_ward()})))
    db.session.flush()


def settle(settlers: Settlers) -> None:
    """Let agencies and people into the entered ward. Agency people keep their hats; who steered may read.

    Who steers the successor is decided there: six coordinators do not become six coordinators of one ward.
    """
    settle_agencies(settlers)
    new_ids = matched(settlers)
    for row in settlers.contacts:
        if new_ids.get(row["id"], row["id"]) == row["id"]:
            db.session.merge(Contact(**(row | {"ward_id": entered_ward()})))
    db.session.flush()
    have = set(db.session.execute(select(Membership.contact_id, Membership.agency_id)).tuples())
    people = {row["id"] for row in settlers.contacts}
    for hat in (row for row in settlers.hats if row["contact_id"] in people):
        contact = new_ids.get(hat["contact_id"], hat["contact_id"])
        agency = new_ids.get(hat["agency_id"], hat["agency_id"])
        if (contact, agency) not in have:
            role = hat["role"] if agency else Role.VIEWER.value
            own = {"ward_id": entered_ward(), "contact_id": contact, "agency_id": agency, "role": role}
            db.session.add(Membership(**(hat | own)))
            have.add((contact, agency))
    db.session.flush()


def unsettle(settlers: Settlers) -> None:
    """Take back from the entered ward the hats, people and agencies that `settle` brought, and no others."""
    db.session.execute(delete(Membership).where(Membership.id.in_([row["id"] for row in settlers.hats])))
    for person in db.session.scalars(
        select(Contact).where(Contact.id.in_([row["id"] for row in settlers.contacts]))
    ):
        person.left = True
    for agency in db.session.scalars(
        select(Agency).where(Agency.id.in_([row["id"] for row in settlers.agencies]))
    ):
        agency.closed = True
