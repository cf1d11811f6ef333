"""Wards merge as on 1 July 2025 in Lào Cai, are split, renamed; taken back, nothing is lost or counted twice."""

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.cli import ScriptInfo
from PIL import Image

from portal.db import db, drop, keep, keep_first, session_as, utc_now
from portal.errors import Refused
from portal.rollups.choosing import Choice
from portal.rollups.overview import overview_of
from portal.rollups.publishing import publish_each
from portal.tasks import vault
from portal.tasks.adding import NewCard, add_cards
from portal.tasks.attaching import attach_evidence
from portal.tasks.card import Card
from portal.tasks.commenting import comment_on
from portal.tasks.doer import SYSTEM
from portal.tasks.evidence import Evidence
from portal.tasks.reform_commands import reform
from portal.tasks.reforming import merge, rename, split, survey, take_back
from portal.tasks.state import State
from portal.tenants.access import Role
from portal.tenants.boundary import inside_ward
from portal.tenants.joining import add_agency, let_in
from portal.tenants.succession import Succession, counted_with
from portal.tenants.ward import Ward
from portal.wording import local_day
from tests.cast import POLICE, THEN, Browser, Cast
from tests.city import Snapshot

#: The six of resolution 1673/NQ-UBTVQH15; the new one bears the name of the fourth.
SIX = ["Duyên Hải", "Cốc Lếu", "Kim Tân", "Lào Cai", "Vạn Hòa", "Bản Phiệt"]
DAY = date(2025, 7, 1)
NOW = datetime(2026, 3, 12, 2, 0, tzinfo=UTC)


def _open(name: str, slug: str, unit: int) -> Ward:
    ward = Ward(slug=slug, name=name, kind="phuong", oversight_unit_id=unit, province="Thử", created_at=THEN)
    session_as("auth").add(ward)
    keep_first("auth")
    return ward


def _photo(width: int) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (width, 9), "green").save(drawn, "png")
    return drawn.getvalue()


def _busy(ward: Ward, cards: int) -> None:
    """A ward with open cards, one that is done, a comment and a file."""
    with inside_ward(ward.id):
        police = add_agency(POLICE)
        email = f"congan@{ward.slug}.example"
        hat = {
            "name": f"Công an {ward.name}",
            "email": email,
            "role": Role.AGENCY_LEAD,
            "agency_id": police.id,
        }
        let_in(session_as("auth"), place="UBND", now=THEN, **hat)
        made = add_cards(
            [NewCard(f"Việc {n} của {ward.name}", agency_id=police.id) for n in range(cards + 1)], SYSTEM, NOW
        )
        made[-1].state = State.DONE.value
        comment_on(made[0], "Đã đi kiểm tra", SYSTEM, NOW)
        attach_evidence(made[0], io.BytesIO(_photo(len(ward.name))), "anh.png", SYSTEM, NOW)
        keep()


@pytest.fixture
def six(app: Flask, cast: Cast):
    with app.app_context():
        olds = [_open(name, f"cu-{n}", cast.unit) for n, name in enumerate(SIX, 1)]
        for n, old in enumerate(olds, 1):
            _busy(old, n)
        yield olds, _open("Lào Cai", "lao-cai-moi", cast.unit)
        drop()


def _total(snapshot: Snapshot, ward_ids: list[int]) -> int:
    found = snapshot.query(
        "select coalesce(sum(total), 0) as n from app.ward_rollup where ward_id = any(%s)", (ward_ids,)
    )
    return int(str(found[0][0]))


def test_six_wards_become_one_of_the_same_name_and_every_card_counts_once(
    six, cast: Cast, behind_the_wall: Snapshot
) -> None:
    olds, new = six
    ids = [ward.id for ward in (*olds, new)]
    publish_each(ids, NOW)
    before = _total(behind_the_wall, ids)
    assert before == sum(range(2, 8))
    assert [survey(old, new).moving for old in olds] == [1, 2, 3, 4, 5, 6]
    assert _total(behind_the_wall, ids) == before  # looking changed nothing
    for old in olds:
        merge(old, new, DAY, "1673/NQ-UBTVQH15", NOW)
    publish_each(ids, NOW)
    together = counted_with(session_as("city"), [new.id])[new.id]
    assert sorted(together) == sorted(ids)
    assert _total(behind_the_wall, together) == before
    assert _total(behind_the_wall, [new.id]) == 21  # the open ones, each with a number of its own
    line = next(
        one
        for one in overview_of(session_as("city"), cast.unit, Choice(), local_day(NOW)).lines
        if one.ward.id == new.id
    )
    assert (line.figures.total, line.figures.done) == (before, 6)
    with inside_ward(new.id):
        cards = list(db.session.query(Card).order_by(Card.number))
        assert [card.number for card in cards] == list(range(1, 22))
        assert {card.agency_id for card in cards} and len({card.agency_id for card in cards}) == 1


def test_comments_history_and_evidence_come_along_and_the_card_says_from_where(
    six, behind_the_wall: Snapshot
) -> None:
    olds, new = six
    merge(olds[1], new, DAY, "", NOW)
    with inside_ward(new.id):
        card = db.session.query(Card).filter_by(title="Việc 0 của Cốc Lếu").one()
        file = db.session.query(Evidence).filter_by(card_id=card.id).one()
        assert Image.open(io.BytesIO(vault.take(file))).size == (len("Cốc Lếu"), 9)
        card_id = card.id
    kinds = behind_the_wall.query(
        "select kind, detail from app.card_event where ward_id = %s and card_id = %s order by occurred_at, id",
        (new.id, card_id),
    )
    assert {"created", "assigned", "commented", "evidence_added"} <= {kind for kind, _detail in kinds}
    assert [detail for kind, detail in kinds if kind == "carried_in"] == [
        {"ward": "phường Cốc Lếu", "ward_id": olds[1].id, "n": 1}
    ]
    assert behind_the_wall.query("select text from app.comment where ward_id = %s", (new.id,)) == [
        ("Đã đi kiểm tra",)
    ]


def test_an_interrupted_merge_is_carried_on_by_the_same_command(
    six, app: Flask, behind_the_wall: Snapshot
) -> None:
    olds, new = six
    in_the_way = Path(app.config["PORTAL"].files_dir) / str(new.id)
    in_the_way.write_text("a disk that takes no folder")
    with pytest.raises(OSError):
        merge(olds[2], new, DAY, "", NOW)
    in_the_way.unlink()
    drop()
    merge(olds[2], new, DAY, "", NOW)
    count = "select count(*) as n from app.{} where ward_id = %s"
    assert behind_the_wall.query(count.format("card"), (new.id,))[0][0] == 3
    assert behind_the_wall.query(count.format("evidence"), (new.id,))[0][0] == 1
    lines = "select count(*) as n from app.succession where predecessor_id = %s"
    assert behind_the_wall.query(lines, (olds[2].id,))[0][0] == 1


def test_taken_back_within_30_days_cards_come_home_with_what_was_done_since(
    six, behind_the_wall: Snapshot
) -> None:
    olds, new = six
    merge(olds[3], new, DAY, "", NOW)
    with inside_ward(new.id):
        card = db.session.query(Card).order_by(Card.number).first()
        comment_on(card, "Viết ở phường mới", SYSTEM, NOW)
        card.state = State.DOING.value
        keep()
    done = session_as("auth").query(Succession).filter_by(predecessor_id=olds[3].id).one()
    with pytest.raises(Refused):
        take_back(done, NOW + timedelta(days=31))
    assert take_back(done, NOW + timedelta(days=3)) == 4
    home = behind_the_wall.query(
        "select number, state from app.card where ward_id = %s order by number", (olds[3].id,)
    )
    assert home == [
        (1, "doing"),
        (2, "todo"),
        (3, "todo"),
        (4, "todo"),
        (5, "done"),
    ]
    said = "select text from app.comment where ward_id = %s order by written_at, id"
    assert behind_the_wall.query(said, (olds[3].id,))[-1] == ("Viết ở phường mới",)
    publish_each([olds[3].id, new.id], NOW)
    assert (_total(behind_the_wall, [olds[3].id]), _total(behind_the_wall, [new.id])) == (5, 0)
    assert counted_with(session_as("auth"), [new.id]) == {new.id: [new.id]}
    assert (
        behind_the_wall.query("select count(*) as n from app.membership where ward_id = %s", (new.id,))[0][0]
        == 0
    )
    with pytest.raises(Refused):
        take_back(done, NOW)
    assert merge(olds[3], new, DAY, "", NOW) == 4  # and again


def test_a_split_gives_some_cards_away_and_the_ward_goes_on(six, behind_the_wall: Snapshot) -> None:
    olds, new = six
    assert split(olds[5], new, (2, 3), DAY, "", NOW) == 2
    left = "select number from app.card where ward_id = %s and state = 'todo' order by number"
    assert [number for (number,) in behind_the_wall.query(left, (olds[5].id,))] == [1, 4, 5, 6]
    assert counted_with(session_as("auth"), [new.id]) == {new.id: [new.id]}


def test_a_renamed_ward_keeps_its_cards_and_its_former_name(six) -> None:
    olds, _new = six
    rename(olds[0], "Duyên Hải Mới", "xa", DAY, "", NOW)
    done = session_as("auth").query(Succession).filter_by(predecessor_id=olds[0].id).one()
    assert (olds[0].full_name, done.former_name, done.former_kind) == (
        "xã Duyên Hải Mới",
        "Duyên Hải",
        "phuong",
    )
    take_back(done, NOW)
    assert olds[0].full_name == "phường Duyên Hải"


def test_what_cannot_be_is_refused_and_changes_nothing(six, behind_the_wall: Snapshot) -> None:
    olds, new = six
    for old, into, on in ((new, new, DAY), (olds[0], new, date(2999, 1, 1))):
        with pytest.raises(Refused):
            merge(old, into, on, "", NOW)
    merge(olds[0], new, DAY, "", NOW)
    with pytest.raises(Refused):
        merge(olds[0], olds[1], DAY, "", NOW)
    with pytest.raises(Refused):
        merge(olds[1], olds[0], DAY, "", NOW)
    assert behind_the_wall.query("select count(*) as n from app.succession")[0][0] == 1


def test_a_merged_ward_can_be_read_and_not_written(
    app: Flask, cast: Cast, a_card, alice: Browser, charlie: Browser
) -> None:
    number = a_card()
    with app.app_context():
        auth = session_as("auth")
        merge(auth.get_one(Ward, cast.north), auth.get_one(Ward, cast.south), DAY, "", utc_now())
    assert alice.get(f"/w/north/cards/{number}").status_code == 200
    assert alice.post(f"/w/north/cards/{number}/comments", text="Còn viết được không").status_code == 403
    assert "chuyển đến từ phường Bắc, ở đó là việc số 1" in charlie.get("/w/south/cards/1").text
    assert alice.get("/w/south/board").status_code == 200  # she may read where her cards went


def test_the_command_looks_first(app: Flask, six, behind_the_wall: Snapshot) -> None:
    def run(*words: str) -> str:
        done = CliRunner().invoke(reform, words, obj=ScriptInfo(create_app=lambda: app))
        assert done.exit_code == 0, done.output
        return done.output

    seen = run("merge", "cu-1", "cu-2", "--into", "lao-cai-moi", "--on", "2025-07-01")
    assert "Việc đang mở được chuyển: 2" in seen and "Mới xem trước" in seen
    assert behind_the_wall.query("select count(*) as n from app.succession")[0][0] == 0
    assert "đã chuyển 2 việc" in run(
        "merge", "cu-1", "cu-2", "--into", "lao-cai-moi", "--on", "2025-07-01", "--yes"
    )
    assert "còn hoàn tác được" in run("list")
    number = behind_the_wall.query("select max(id) as n from app.succession")[0][0]
    assert "2 việc trở về" in run("undo", str(number), "--yes")
