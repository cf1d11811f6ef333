"""The week on paper: late and due within seven days, by agency; nothing that waits for others, nothing far off."""

from datetime import timedelta

from portal.db import utc_now
from portal.wording import local_day
from tests.cards import DUE_FAR, DUE_PAST, CardMaker
from tests.cast import Browser, Cast
from tests.city import Snapshot

TODAY = local_day(utc_now())


def test_it_lists_the_week_by_agency(
    alice: Browser, mai: Browser, charlie: Browser, a_card: CardMaker, cast: Cast, behind_the_wall: Snapshot
) -> None:
    a_card("Quá hạn", due_on=DUE_PAST)
    a_card("Tuần này", due_on=TODAY + timedelta(days=7), agency_id=cast.schools)
    a_card("Tuần sau", due_on=TODAY + timedelta(days=8))
    a_card("Đã nộp", due_on=DUE_PAST)
    a_card("Chưa giao ai", due_on=TODAY, agency_id=None)
    a_card("Xa", due_on=DUE_FAR)
    behind_the_wall.execute("update app.card set state = 'review', submitted_at = now() where number = 4")
    page = alice.get("/w/north/week").text
    assert "1 việc quá hạn, 2 việc đến hạn trong tuần." in page
    for title in ("Quá hạn", "Tuần này", "Chưa giao ai"):
        assert f">{title}</a>" in page
    for title in ("Tuần sau", "Đã nộp", "Xa"):
        assert f">{title}</a>" not in page
    assert ">Quá hạn</a>" not in mai.get("/w/north/week").text
    assert charlie.get("/w/north/week").status_code == 404


def test_a_quiet_week_says_so(bob: Browser) -> None:
    assert "Tuần này không có việc nào" in bob.get("/w/north/week").text
