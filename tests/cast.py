"""Everybody in the tests: Alice coordinates North, Lan leads it, Bob works for its police, Mai for its schools,
Charlie coordinates South, Dung watches from the city, Olga operates the platform."""

import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.accounts.passwords import hash_password
from portal.accounts.person import Person
from portal.db import keep, keep_first, session_as
from portal.tenants.access import Role
from portal.tenants.boundary import inside_ward
from portal.tenants.joining import add_agency, let_in
from portal.tenants.oversight_unit import OversightUnit, UnitMembership
from portal.tenants.ward import Ward

PASSWORD = "bon-con-voi-qua-song-17"
THEN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

POLICE, SCHOOLS = "Công an phường", "Các trường học trên địa bàn phường"


@dataclass(frozen=True)
class Cast:
    """Ids of the places the people of the tests live in."""

    north: int
    south: int
    unit: int
    police: uuid.UUID
    schools: uuid.UUID
    south_police: uuid.UUID


def gather(app: Flask) -> Cast:
    """Make both wards and everybody in them."""
    with app.app_context():
        auth = session_as("auth")
        unit = OversightUnit(slug="city", name="Thành phố Thử · Phòng LĐTB&XH", short_name="TP Thử")
        auth.add(unit)
        auth.flush()
        north, south = (
            Ward(
                slug=slug,
                name=name,
                kind="phuong",
                province="Thử",
                oversight_unit_id=unit.id,
                created_at=THEN,
            )
            for slug, name in (("north", "Bắc"), ("south", "Nam"))
        )
        auth.add_all([north, south])
        auth.flush()
        keep_first("auth")
        police, schools = _people_north(north)
        south_police = _people_south(south)
        _person_of_city(unit.id)
        _everybody_has_a_password()
        keep()
        return Cast(north.id, south.id, unit.id, police, schools, south_police)


def _hat(name: str, email: str, role: Role, agency_id: uuid.UUID | None = None) -> None:
    let_in(session_as("auth"), place="UBND", name=name, email=email, role=role, agency_id=agency_id, now=THEN)


def _people_north(ward: Ward) -> tuple[uuid.UUID, uuid.UUID]:
    with inside_ward(ward.id):
        police, schools = add_agency(POLICE), add_agency(SCHOOLS)
        _hat("Alice Điều Phối", "alice@north.example", Role.COORDINATOR)
        _hat("Lan Lãnh Đạo", "lan@north.example", Role.LEADER)
        _hat("Bob Công An", "bob@north.example", Role.AGENCY_LEAD, police.id)
        _hat("Mai Nhà Trường", "mai@north.example", Role.AGENCY_MEMBER, schools.id)
        _hat("Vy Người Xem", "vy@north.example", Role.VIEWER)
        keep()
    return police.id, schools.id


def _people_south(ward: Ward) -> uuid.UUID:
    with inside_ward(ward.id):
        police = add_agency(POLICE)
        _hat("Charlie Điều Phối", "charlie@south.example", Role.COORDINATOR)
        keep()
    return police.id


def _person_of_city(unit_id: int) -> None:
    auth = session_as("auth")
    dung = Person(email="dung@city.example", name="Dung Thành Phố", created_at=THEN)
    olga = Person(email="olga@platform.example", name="Olga Vận Hành", created_at=THEN, is_operator=True)
    auth.add_all([dung, olga])
    auth.flush()
    auth.add(UnitMembership(person_id=dung.id, unit_id=unit_id))


def _everybody_has_a_password() -> None:
    auth, stored = session_as("auth"), hash_password(PASSWORD)
    for person in auth.query(Person):
        person.password_hash = stored
    auth.execute(Person.metadata.tables["app.account_mail"].delete())


class Browser:
    """A person's browser: remembers cookies, sends the CSRF token as a page's form would."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()
        self._token: str | None = None

    def sign_in(self, email: str, password: str = PASSWORD) -> "Browser":
        """Through the real form."""
        answer = self.post("/login", email=email, password=password)
        assert answer.status_code == 303, answer.text
        self._token = None
        return self

    def get(self, address: str, **headers: str) -> TestResponse:
        """Open a page."""
        return self.client.get(
            address, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )

    def post(self, address: str, *, htmx: bool = False, **fields: object) -> TestResponse:
        """Send a form, with the token of this browser."""
        headers = {"HX-Request": "true"} if htmx else {}
        return self.client.post(
            address,
            data={"csrf_token": self.token(), **fields},
            headers=headers,
            content_type="multipart/form-data",
        )

    def token(self) -> str:
        """The CSRF token any page of this browser carries."""
        if self._token is None:
            page = self.client.get("/login", follow_redirects=True).text
            found = re.search(r'name="csrf_token" value="([^"]+)"', page)
            assert found, page
            self._token = found[1]
        return self._token
