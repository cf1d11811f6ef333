"""Two wards to measure, of 60 and of 500 cards, and somebody who coordinates both and is signed in."""

from dataclasses import dataclass

import psycopg
from flask import Flask

from benchmarks.seeding import seed_unit
from portal.accounts.person import Person
from portal.accounts.web_session import WebSession
from portal.db import keep, session_as, utc_now
from portal.tenants.access import Role
from portal.tenants.boundary import inside_ward
from portal.tenants.joining import let_in
from tests.city import City

SIZES = (60, 500)
EMAIL = "coordinator@bench.example"

# Titles, sections and counts of the length and mixture that real boards have.
_REALISTIC = """
update app.card set section = (array['IV.1', 'IV.2.a', 'IV.3', 'IV.5.b'])[1 + number % 4],
  title = (array[
    'Tuyên truyền phòng, chống đuối nước cho học sinh',
    'Tập huấn nghiệp vụ cho cộng tác viên trẻ em các tổ dân phố',
    'Cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi',
    'Tổ chức diễn đàn trẻ em cấp phường năm nay',
    'Rà soát trẻ em có hoàn cảnh đặc biệt, lập danh sách hỗ trợ'
  ])[1 + number % 5] || ', đợt ' || number,
  checks_total = number % 3 * 2, checks_done = number % 3, comment_count = number % 2
"""


@dataclass(frozen=True)
class Board:
    """A ward's board: its address, and the numbers of cards that wait to be begun."""

    ward_id: int
    slug: str
    cards: int
    waiting: tuple[int, ...]

    @property
    def address(self) -> str:
        """The board's page."""
        return f"/w/{self.slug}/board"

    def card(self, number: int, act: str) -> str:
        """Where an act on one of its cards is sent."""
        return f"/w/{self.slug}/cards/{number}/{act}"


def seed_boards(city: City) -> dict[int, Board]:
    """The wards, by their number of cards."""
    ids = {size: seed_unit(city, f"board-{size}", wards=1, cards=size)[0] for size in SIZES}
    with psycopg.connect(city.superuser()) as connection:
        connection.execute(_REALISTIC)
        for ward_id in ids.values():
            connection.execute("insert into app.ward_counter values (%s, 'card', 100000)", (ward_id,))
        waiting = {
            size: tuple(
                row[0]
                for row in connection.execute(
                    "select number from app.card where ward_id = %s and state = 'todo'", (ward_id,)
                )
            )
            for size, ward_id in ids.items()
        }
    return {size: Board(ids[size], f"board-{size}-1", size, waiting[size]) for size in SIZES}


def sign_in_coordinator(app: Flask, boards: dict[int, Board]) -> str:
    """Somebody who coordinates every ward; the value of their session cookie."""
    with app.app_context():
        now = utc_now()
        for board in boards.values():
            with inside_ward(board.ward_id):
                let_in(
                    session_as("auth"),
                    place="UBND",
                    name="Nguyễn Thị Điều Phối",
                    email=EMAIL,
                    role=Role.COORDINATOR,
                    agency_id=None,
                    now=now,
                )
                keep()
        auth = session_as("auth")
        person = auth.query(Person).filter_by(email=EMAIL).one()
        row, token = WebSession.open(person.id, "benchmark", now)
        person.password_hash = "no password opens this"
        auth.add(row)
        keep()
    return token
