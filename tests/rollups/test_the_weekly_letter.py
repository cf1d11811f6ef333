"""Those who watch over wards get a letter on the week's first working morning: counts alone, once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask

from portal.accounts.mailing import send_account_mail
from portal.db import keep
from portal.local.journal import JOURNAL, messages
from portal.local.mailbox import running_mailbox
from portal.rollups.publishing import publish_changed
from portal.rollups.weekly_letter import plan_digests
from tests.cards import CardMaker
from tests.cast import Cast
from tests.city import Snapshot

#: 2026-03-09 is a Monday; 07:30 in Vietnam is 00:30 UTC.
MONDAY = datetime(2026, 3, 9, 0, 30, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def planned(app: Flask, now: datetime) -> int:
    with app.app_context():
        new = plan_digests(now)
        keep()
        return new


def letters(app: Flask, folder: Path, now: datetime) -> list[str]:
    """Send, and give the plain text of what arrived."""
    settings = app.config["PORTAL"]
    with running_mailbox(folder) as port:
        app.config["PORTAL"] = replace(settings, smtp_port=port, relay_journal=folder / JOURNAL)
        try:
            with app.app_context():
                send_account_mail(lambda: now)
                keep()
        finally:
            app.config["PORTAL"] = settings
    bodies = (one.get_body(("plain",)) for one in messages(folder))
    return [str(body.get_content()) for body in bodies if body]


def test_it_is_planned_on_the_first_working_morning_and_once(app: Flask, cast: Cast) -> None:
    assert planned(app, MONDAY - MINUTE) == 0
    assert [planned(app, MONDAY + n * MINUTE) for n in range(3)] == [1, 0, 0]
    assert planned(app, MONDAY + DAY) == 0
    assert planned(app, MONDAY + 7 * DAY) == 1
    holiday = datetime(2026, 4, 27, 0, 30, tzinfo=UTC)
    assert (planned(app, holiday), planned(app, holiday + DAY)) == (0, 1), (
        "27 April: the day off for the Hung Kings"
    )


def test_it_holds_counts_and_wards_and_no_card(
    app: Flask, a_card: CardMaker, tmp_path: Path, behind_the_wall: Snapshot
) -> None:
    a_card(title="Tuần tra cổng trường")
    behind_the_wall.execute("update app.card set due_on = '2026-03-01'")
    with app.app_context():
        publish_changed(MONDAY)
        keep()
    planned(app, MONDAY)
    [told] = letters(app, tmp_path, MONDAY)
    assert "1 việc quá hạn" in told
    assert "- phường Bắc: 1" in told
    assert "/o/city/" in told
    assert "Tuần tra" not in told
    assert letters(app, tmp_path, MONDAY + MINUTE) == [told], "sent once"


def test_who_does_not_watch_any_more_gets_none(
    app: Flask, cast: Cast, tmp_path: Path, behind_the_wall: Snapshot
) -> None:
    planned(app, MONDAY)
    behind_the_wall.execute("delete from app.unit_membership")
    assert letters(app, tmp_path, MONDAY) == []
    assert behind_the_wall.query("select purpose, state from app.account_mail") == [
        ("unit_digest", "dropped")
    ]
