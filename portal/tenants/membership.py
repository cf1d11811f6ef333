"""A hat somebody wears in a ward: a role, and for agency people the agency. One person may wear several."""

import uuid

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from portal.tenants.boundary import WardRow


class Membership(WardRow):
    """`person_id` is repeated from the contact, so that sign-in finds somebody's wards by it alone."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("ward_id", "contact_id", "role", "agency_id", postgresql_nulls_not_distinct=True),
        ForeignKeyConstraint(["ward_id", "contact_id"], ["app.contact.ward_id", "app.contact.id"]),
        ForeignKeyConstraint(["ward_id", "agency_id"], ["app.agency.ward_id", "app.agency.id"]),
        CheckConstraint(
            "role in ('leader', 'coordinator', 'agency_lead', 'agency_member', 'viewer')", name="role"
        ),
        CheckConstraint("(role like 'agency%') = (agency_id is not null)", name="agency_role"),
    )

    contact_id: Mapped[uuid.UUID]
    person_id: Mapped[uuid.UUID | None]
    role: Mapped[str]
    agency_id: Mapped[uuid.UUID | None]
