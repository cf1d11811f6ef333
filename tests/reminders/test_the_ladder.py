"""Who hears of a late card when: the agency, then who answers for it, then who leads the ward; and stops at once."""

from datetime import date, timedelta

import pytest
from flask import Flask

from portal.db import db, keep
from portal.reminders.ladder_step import LadderStep
from portal.reminders.reminder_policy import QuietHours
from portal.tenants.boundary import inside_ward
from portal.tenants.contact import Contact
from tests.cast import Cast
from tests.reminders.conftest import MORNING, TODAY, CardMaker, Post, body

#: Working days before Tuesday 2026-03-10.
ONE, THREE, SEVEN = date(2026, 3, 9), date(2026, 3, 5), date(2026, 2, 27)


def told(post: Post) -> set[tuple[str, str]]:
    """Address and kind of everything that is told."""
    return {
        (str(address), str(kind))
        for address, kind in post.wall.query(
            "select d.address, n.kind from app.delivery d join app.delivery_notice l on l.delivery_id = d.id "
            "join app.notice n on n.id = l.notice_id"
        )
    }


@pytest.mark.parametrize(
    ("last", "who", "kind"),
    [
        (ONE, "bob@north.example", "overdue"),
        (THREE, "bob@north.example", "overdue"),
        (SEVEN, "lan@north.example", "escalated"),
    ],
)
def test_each_rung_tells_its_own_people(post: Post, due: CardMaker, last: date, who: str, kind: str) -> None:
    due(last)
    post.plan()
    assert told(post) == {(who, kind)}


def test_after_three_days_only_who_answers_for_the_agency_is_told(
    post: Post, due: CardMaker, app: Flask, cast: Cast
) -> None:
    with app.app_context(), inside_ward(cast.north):
        helper = Contact(name="Phạm Văn Phụ", email="phu@north.example")
        db.session.add(helper)
        db.session.flush()
        db.session.execute(
            db.text(
                "insert into app.membership (ward_id, id, contact_id, role, agency_id) values "
                "(:ward, gen_random_uuid(), :contact, 'agency_member', :agency)"
            ),
            {"ward": cast.north, "contact": helper.id, "agency": cast.police},
        )
        keep()
    due(ONE)
    post.plan()
    assert {address for address, _kind in told(post)} == {"bob@north.example", "phu@north.example"}
    due(THREE)
    post.plan(MORNING + timedelta(days=1))
    letters = post.wall.query(
        "select d.address from app.delivery d join app.delivery_notice l on l.delivery_id = d.id "
        "join app.notice n on n.id = l.notice_id where n.step = 3"
    )
    assert [address for (address,) in letters] == ["bob@north.example"]


def test_a_leader_reads_which_agency_it_is_and_opens_the_card_behind_sign_in(
    post: Post, due: CardMaker
) -> None:
    number = due(SEVEN)
    post.plan()
    post.drain()
    [letter] = post.letters()
    assert letter["To"].endswith("<lan@north.example>")
    assert f"/w/north/cards/{number}" in body(letter)
    assert "/a/" not in body(letter)
    assert "Công an" in body(letter)
    assert post.wall.query("select 1 from app.action_link") == []


def test_a_leader_hears_nothing_of_a_card_that_was_done_meanwhile(post: Post, due: CardMaker) -> None:
    number = due(SEVEN)
    post.plan()
    post.change(number, state="done")
    post.drain()
    assert post.letters() == []


def test_a_wards_own_ladder_takes_the_place_of_the_default(
    post: Post, due: CardMaker, app: Flask, cast: Cast
) -> None:
    with app.app_context(), inside_ward(cast.north):
        db.session.add(LadderStep(n=0, kind="escalated", days=1, audience="leaders", channels=["email"]))
        keep()
    due(ONE)
    post.change(due(TODAY), accepted_at=MORNING)
    post.plan()
    assert told(post) == {("lan@north.example", "escalated")}


def test_a_card_nobody_took_within_three_working_days_is_asked_about_once(post: Post, due: CardMaker) -> None:
    due(TODAY + timedelta(days=60), now=MORNING - timedelta(days=6))
    post.plan()
    assert told(post) == {("bob@north.example", "no_answer")}
    post.plan(MORNING + timedelta(days=1))
    assert len(post.wall.query("select 1 from app.notice")) == 1


def test_a_card_taken_meanwhile_is_not_asked_about(post: Post, due: CardMaker) -> None:
    number = due(TODAY + timedelta(days=60), now=MORNING - timedelta(days=6))
    post.plan()
    post.change(number, accepted_at=MORNING)
    post.drain()
    assert post.letters() == []
    assert post.states() == [("cancelled", "nothing_left")]


def test_somebodys_own_quiet_hours_put_their_message_off(
    post: Post, due: CardMaker, app: Flask, cast: Cast
) -> None:
    with app.app_context(), inside_ward(cast.north):
        bob = db.session.query(Contact).filter_by(email="bob@north.example").one()
        db.session.add(
            QuietHours(contact_id=bob.id, opens=MORNING.time().replace(9), closes=MORNING.time().replace(11))
        )
        keep()
    due(TODAY)
    post.plan()
    post.drain()
    assert post.letters() == []
    post.drain(MORNING + timedelta(hours=1))
    assert len(post.letters()) == 1
