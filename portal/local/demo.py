"""The demo: three wards of one invented city office, one of them in the middle of its year.

Ward lao-cai has its plan read, confirmed and half worked; kim-tan has a plan waiting for review; coc-leu is new.
"""

from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import delete, select

from portal.accounts.account_mail import AccountMail
from portal.accounts.passwords import hash_password
from portal.accounts.person import Person
from portal.db import keep, keep_first, session_as, utc_now
from portal.local.demo_figures import report_figures
from portal.local.demo_people import SEATS, SILENT_AGENCIES, UNIT, WARDS
from portal.local.demo_plans import plan_to_review, publish_city_plan
from portal.local.demo_report import make_reports
from portal.local.demo_year import work_through
from portal.plans.confirming import confirm
from portal.plans.queries import proposed_cards
from portal.rollups.announcing import announce
from portal.tasks.doer import Doer
from portal.tenants.boundary import inside_ward
from portal.tenants.joining import add_agency, let_in
from portal.tenants.oversight_unit import OversightUnit, UnitMembership
from portal.tenants.ward import Ward
from portal.wording import local_day

#: Who publishes for the city, who leads the wards and who coordinates them.
CITY, LEADER, COORDINATOR = "Lê Minh Ví Dụ", SEATS[0].name, SEATS[1].name

#: How long ago the working ward confirmed its plan.
_BEGUN = timedelta(days=75)

#: Days from today to each card's date, so that on any day of the year some are late, some soon and most in time.
_DUE = (-15, 12, 3, 40, -6, 21, -18, 1, -22, 30, 60, -3, 14, 9, -10, 90)


def is_empty(app: Flask) -> bool:
    """Whether the database has no ward yet."""
    with app.app_context():
        return session_as("auth").scalar(select(Ward.id).limit(1)) is None


def load_demo(app: Flask, password: str) -> None:
    """Fill an empty database; every account gets the same password."""
    now = utc_now()
    with app.app_context():
        unit, wards = found_city(password, now)
        publish_city_plan(unit.id, CITY, now - _BEGUN, local_day(now).year)
        keep()
        with inside_ward(wards["kim-tan"].id):
            plan_to_review(WARDS["kim-tan"], COORDINATOR, now, local_day(now).year)
            keep()
        with inside_ward(wards["lao-cai"].id):
            _plan_at_work(now)
            make_reports(wards["lao-cai"], COORDINATOR, LEADER, now)
            keep()
        announce(now)


def found_city(password: str, now: datetime) -> tuple[OversightUnit, dict[str, Ward]]:
    """The office, its wards and everybody in them, kept; every account gets the same password."""
    unit = _office()
    wards = {slug: _ward(slug, name, unit.id, now) for slug, name in WARDS.items()}
    keep_first("auth")
    for ward in wards.values():
        with inside_ward(ward.id):
            _people(ward, now)
            keep()
    _people_outside(unit.id, now)
    _give_password(password)
    keep()
    return unit, wards


def open_demo_ward(slug: str, name: str, unit_slug: str, password: str, now: datetime) -> Ward:
    """One more ward with the demo's seats, in a city that runs; the caller keeps it."""
    auth = session_as("auth")
    unit_id = auth.scalars(select(OversightUnit.id).where(OversightUnit.slug == unit_slug)).one()
    ward = _ward(slug, name, unit_id, now)
    keep_first("auth")
    with inside_ward(ward.id):
        _people(ward, now)
        _give_password(password)
        keep()
    return ward


def _office() -> OversightUnit:
    slug, name, short_name = UNIT
    unit = OversightUnit(slug=slug, name=name, short_name=short_name)
    session_as("auth").add(unit)
    session_as("auth").flush()
    return unit


def _ward(slug: str, name: str, unit_id: int, now: datetime) -> Ward:
    ward = Ward(
        slug=slug, name=name, kind="phuong", province="Lào Cai", oversight_unit_id=unit_id, created_at=now
    )
    session_as("auth").add(ward)
    session_as("auth").flush()
    return ward


def _people(ward: Ward, now: datetime) -> None:
    known = {
        name: add_agency(name).id
        for name in (*[seat.agency for seat in SEATS if seat.agency], *SILENT_AGENCIES)
    }
    for seat in SEATS:
        let_in(
            session_as("auth"),
            place=ward.office,
            name=seat.name,
            title=seat.title,
            email=f"{seat.account}@{ward.slug}.example",
            role=seat.role,
            agency_id=known[seat.agency] if seat.agency else None,
            now=now,
        )


def _people_outside(unit_id: int, now: datetime) -> None:
    auth = session_as("auth")
    city = Person(email="city@lao-cai-city.example", name=CITY, created_at=now)
    operator = Person(email="operator@demo.example", name="Người Vận Hành", created_at=now, is_operator=True)
    auth.add_all([city, operator])
    auth.flush()
    auth.add(UnitMembership(person_id=city.id, unit_id=unit_id))


def _give_password(password: str) -> None:
    """Everybody may sign in at once, so nobody is sent an invitation."""
    auth, stored = session_as("auth"), hash_password(password)
    for person in auth.scalars(select(Person).where(Person.password_hash.is_(None))):
        person.password_hash = stored
    auth.execute(delete(AccountMail))


def _plan_at_work(now: datetime) -> None:
    """The ward's plan, confirmed some weeks ago and worked on since."""
    begun = now - _BEGUN
    plan = plan_to_review(WARDS["lao-cai"], COORDINATOR, begun, local_day(now).year)
    plan.number, plan.issued_on = "52", local_day(begun)
    for index, card in enumerate(proposed_cards(plan.id)):
        card.due_on, card.due_exclusive = local_day(now) + timedelta(days=_DUE[index % len(_DUE)]), False
    work_through(confirm(plan.id, Doer(None, COORDINATOR), begun), now)
    report_figures(plan, now)
