"""`portal reminders`: plan, send, look, hold and release, without waiting for the clock."""

import time
from datetime import date, datetime, timedelta

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select

from portal.db import keep, session_as, utc_now
from portal.journal import Journal
from portal.reminders.delivery import Delivery
from portal.reminders.draining import drain as drain_once
from portal.reminders.planning import plan, plan_day
from portal.reminders.provider_account import RELAY, ProviderAccount, hold
from portal.reminders.steering import UNTIL_RESUMED, pause, resume
from portal.reminders.wards import each_ward, ward_named

#: Seconds between two looks of `drain --loop`.
_PAUSE = 2.0

_WARD = click.option("--ward", "slug", metavar="MÃ", help="Chỉ phường này, ví dụ lao-cai.")


@click.group("reminders")
def reminders() -> None:
    """Tin nhắc: lập, gửi, xem, giữ lại, gửi tiếp."""


@reminders.command("tick")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Lập và gửi như thể hôm nay là ngày này.")
@_WARD
@with_appcontext
def tick(today: datetime | None, slug: str | None) -> None:
    """Lập các tin đến lượt. Chạy lại bao nhiêu lần cũng không thành hai tin.

    Mã thoát: 0 xong, 1 có phường không lập được, 2 gọi sai.
    """
    now = utc_now()
    day: date | None = today.date() if today else None
    told, failed = each_ward(slug, lambda: plan_day(day, now) if day else plan(now))
    click.echo(f"Đã lập {told} lời nhắc mới.")
    if failed:
        numbers = ", ".join(str(ward_id) for ward_id in failed)
        raise click.ClickException(f"Không lập được tin của {len(failed)} phường (số {numbers}).")


@reminders.command("drain")
@click.option("--loop", is_flag=True, help="Gửi mãi, không cần hàng đợi; Ctrl-C để dừng.")
@with_appcontext
def drain(loop: bool) -> None:
    """Gửi các tin đang chờ. Nhiều tiến trình cùng chạy vẫn an toàn.

    Mã thoát: 0 xong, 1 không tới được máy chủ thư.
    """
    while True:
        tally = drain_once(utc_now)
        keep()
        if tally.away and not loop:
            raise click.ClickException("Không tới được máy chủ thư; tin vẫn còn trong hàng chờ.")
        if not loop and tally.submitted + tally.dropped + tally.resolved == 0:
            break
        if loop and tally.submitted == 0:
            time.sleep(_PAUSE)
    click.echo("Đã gửi hết tin đến lượt.")


@reminders.command("status")
@with_appcontext
def status() -> None:
    """Số tin theo trạng thái của mọi phường, tin chờ lâu nhất, và máy chủ thư."""
    dispatch, now = session_as("dispatch"), utc_now()
    counted = select(Delivery.state, func.count()).group_by(Delivery.state).order_by(Delivery.state)
    for state, count in dispatch.execute(counted).tuples():
        click.echo(f"{state:<12} {count}")
    oldest = dispatch.scalar(
        select(func.min(Delivery.not_before)).where(
            Delivery.state.in_(["queued", "retry_wait", "claimed", "unknown"]), Delivery.not_before <= now
        )
    )
    click.echo(f"tin đến lượt chờ lâu nhất: {int((now - oldest).total_seconds()) if oldest else 0} giây")
    account = dispatch.get(ProviderAccount, RELAY)
    held = account is not None and account.held_until is not None and account.held_until > now
    click.echo(
        f"máy chủ thư: {'đang giữ (' + account.held_why + ')' if account and held else 'gửi bình thường'}"
    )
    can_tell = Journal(current_app.config["PORTAL"].relay_journal).can_tell
    click.echo(f"nhật ký máy chủ thư: {'có' if can_tell else 'không có'}")


@reminders.command("hold")
@_WARD
@click.option("--hours", type=click.IntRange(1), help="Chỉ giữ chừng này giờ; bỏ trống là đến khi gửi tiếp.")
@with_appcontext
def hold_messages(slug: str | None, hours: int | None) -> None:
    """Giữ lại mọi tin (hoặc tin của một phường). Việc lập tin vẫn chạy."""
    if slug:
        ward_named(slug, pause)
    else:
        until = utc_now() + timedelta(hours=hours) if hours else UNTIL_RESUMED
        hold(session_as("dispatch"), until, "operator")
        keep()
    click.echo("Đã giữ lại tin.")


@reminders.command("release")
@_WARD
@with_appcontext
def release_messages(slug: str | None) -> None:
    """Gửi tiếp các tin đã giữ lại."""
    if slug:
        ward_named(slug, resume)
    else:
        hold(session_as("dispatch"), None, "")
        keep()
    click.echo("Đã gửi tiếp.")
