"""The calendar a phone reads: by a secret address, shown once; dates and the plan's own words, nothing typed freely."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from icalendar import Calendar

from portal.app import create_app
from tests.cards import CardMaker
from tests.cast import Browser, Cast
from tests.city import City, Snapshot

#: As if the cards came from a plan; what the plan says of itself plays no part here.
_PLANNED = (
    "begin; set local session_replication_role = replica; "
    "update app.card set plan_id = '00000000-0000-7000-8000-000000000007'; commit"
)


def _address(who: Browser) -> str:
    page = who.post("/account/calendar").text
    found = re.search(r'readonly value="http://localhost(/calendar/[^"]+\.ics)"', page)
    assert found, page
    return found[1]


def _events(who: Browser, address: str) -> list[dict[str, object]]:
    answer = who.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.data)
    assert not calendar.errors
    return [
        {
            "summary": str(event["summary"]),
            "start": event.decoded("dtstart"),
            "end": event.decoded("dtend"),
            "url": str(event["url"]),
            "uid": str(event["uid"]),
            "sequence": event["sequence"],
        }
        for event in calendar.walk("VEVENT")
    ]


def test_it_holds_ones_own_dates(
    bob: Browser, nobody: Browser, a_card: CardMaker, cast: Cast, behind_the_wall: Snapshot
) -> None:
    due = date(2999, 5, 24)
    a_card("Tuần tra cổng trường", text="Tuần tra ban đêm, cổng trường", due_on=due)
    a_card("Trước ngày", text="Trước ngày", due_on=due, due_exclusive=True)
    a_card("Không hạn")
    a_card("Của trường", agency_id=cast.schools, due_on=due)
    behind_the_wall.execute(_PLANNED)
    on, before = _events(nobody, _address(bob))
    assert (on["start"], on["end"]) == (due, due + timedelta(days=1))
    assert before["start"] == due - timedelta(days=1)
    assert on["summary"] == "Hạn việc số 1: Tuần tra cổng trường · Công an phường"
    assert on["url"] == "http://localhost/w/north/cards/1"


def test_what_somebody_typed_freely_is_not_in_it(
    bob: Browser, nobody: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    a_card("Tuần tra", text="Tuần tra", due_on=date(2999, 5, 24))
    a_card("Thăm cháu Nguyễn Văn An", due_on=date(2999, 5, 24))
    behind_the_wall.execute(_PLANNED)
    address = _address(bob)
    behind_the_wall.execute("update app.card set title = 'Tuần tra nhà cháu Bình' where number = 1")
    assert [event["summary"] for event in _events(nobody, address)] == [
        "Hạn việc số 1 · Công an phường",
        "Hạn việc số 2 · Công an phường",
    ]
    assert "Bình" not in nobody.get(address).data.decode()


def test_an_entry_keeps_its_uid_and_its_sequence_rises_with_the_date(
    alice: Browser, bob: Browser, nobody: Browser, a_card: CardMaker
) -> None:
    a_card(due_on=date(2999, 5, 24))
    address = _address(bob)
    [before] = _events(nobody, address)
    alice.post("/w/north/cards/1/due", due_on="30/06/2999")
    [after] = _events(nobody, address)
    assert after["uid"] == before["uid"]
    assert int(str(after["sequence"])) > int(str(before["sequence"]))
    assert after["start"] == date(2999, 6, 30)


def test_what_is_over_leaves_the_calendar(
    bob: Browser, nobody: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    a_card(due_on=date(2999, 5, 24))
    address = _address(bob)
    behind_the_wall.execute("update app.card set state = 'done', closed_at = now()")
    assert _events(nobody, address) == []


def test_an_unchanged_calendar_is_not_sent_again(bob: Browser, nobody: Browser, a_card: CardMaker) -> None:
    a_card(due_on=date(2999, 5, 24))
    address = _address(bob)
    tag = nobody.get(address).headers["ETag"]
    again = nobody.get(address, If_None_Match=tag)
    assert (again.status_code, again.data) == (304, b"")
    a_card(due_on=date(2999, 5, 25))
    assert nobody.get(address, If_None_Match=tag).status_code == 200


def test_only_the_hash_is_stored_and_the_address_is_shown_once(
    bob: Browser, behind_the_wall: Snapshot
) -> None:
    token = _address(bob).split("/")[-1].removesuffix(".ics")
    [(stored,)] = behind_the_wall.query("select token_hash::text from app.calendar_feed")
    assert token not in str(stored)
    assert token not in bob.get("/account").text


def test_a_new_address_ends_the_old_one_and_revoking_ends_both(bob: Browser, nobody: Browser) -> None:
    first = _address(bob)
    second = _address(bob)
    assert nobody.get(first).status_code == 404
    assert nobody.get(second).status_code == 200
    assert "Được đọc lần cuối" in bob.get("/account").text
    bob.post("/account/calendar/removal")
    assert nobody.get(second).status_code == 404
    assert "Tạo địa chỉ lịch" in bob.get("/account").text


def test_who_left_or_may_not_sign_in_is_read_no_more(
    bob: Browser, nobody: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    a_card(due_on=date(2999, 5, 24))
    address = _address(bob)
    behind_the_wall.execute("update app.contact set \"left\" = true where email = 'bob@north.example'")
    assert _events(nobody, address) == []
    behind_the_wall.execute("update app.person set disabled_at = now() where email = 'bob@north.example'")
    assert nobody.get(address).status_code == 404


def test_each_reads_their_own_ward_only(charlie: Browser, nobody: Browser, a_card: CardMaker) -> None:
    a_card("Của phường Bắc", due_on=date(2999, 5, 24))
    a_card("Của phường Nam", south=True, due_on=date(2999, 5, 25))
    [event] = _events(nobody, _address(charlie))
    assert event["url"] == "http://localhost/w/south/cards/1"
    assert event["start"] == date(2999, 5, 25)


@pytest.mark.parametrize("token", ["x", "0" * 43, "../account", "é"])
def test_a_made_up_address_is_not_there(nobody: Browser, token: str) -> None:
    assert nobody.get(f"/calendar/{token}.ics").status_code == 404


def test_one_secret_is_read_so_many_times_an_hour(city: City, app: Flask, bob: Browser) -> None:
    address = _address(bob)
    limited = create_app(city.settings())
    someone = Browser(limited)
    answers = [someone.get(address).status_code for _ in range(31)]
    assert set(answers[:30]) == {200}
    assert answers[30] == 429
