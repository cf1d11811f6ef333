"""`portal reminders`: plan, send, look, hold and release, without waiting for the clock."""

import logging
import os
import sys
import time
from datetime import date, datetime, timedelta

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from portal.db import drop, keep, session_as, utc_now
from portal.errors import kind_of
from portal.journal import Journal
from portal.reminders.delivery import Delivery
from portal.reminders.draining import Tally
from portal.reminders.draining import drain as drain_once
from portal.reminders.planning import plan, plan_day
from portal.reminders.provider_account import EVERYTHING, RELAY, hold, ways_out
from portal.reminders.pulse import pulse
from portal.reminders.restoring import RESTORED, let_go, reconcile
from portal.reminders.returns.bouncing import MOST_BYTES, take_back
from portal.reminders.returns.report import destinations
from portal.reminders.sending_health import lately
from portal.reminders.steering import UNTIL_RESUMED, pause, resume
from portal.reminders.texts.smpp.listening import listen
from portal.reminders.wards import each_ward, ward_named

log = logging.getLogger(__name__)

#: Seconds between two looks of `drain --loop`.
_PAUSE = 2.0

#: The ways out as `status` names them.
_WAYS = {RELAY: "máy chủ thư", EVERYTHING: "mọi kênh"}

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


def _both_ways() -> Tally:
    """One slice of letters, then one of texts."""
    letters = drain_once(utc_now)
    keep()
    texts = drain_once(utc_now, texts=True)
    keep()
    return Tally(
        letters.submitted + texts.submitted,
        letters.dropped + texts.dropped,
        letters.resolved + texts.resolved,
        letters.away,
    )


@reminders.command("drain")
@click.option("--loop", is_flag=True, help="Gửi mãi, không cần hàng đợi; Ctrl-C để dừng.")
@with_appcontext
def drain(loop: bool) -> None:
    """Gửi các tin đang chờ. Nhiều tiến trình cùng chạy vẫn an toàn.

    Mã thoát: 0 xong, 1 không tới được máy chủ thư.
    """
    while True:
        try:
            tally = _both_ways()
        except SQLAlchemyError as error:
            if not loop:
                raise
            drop()
            log.error("the database is away: %s", kind_of(error))
            tally = Tally()
        if tally.away and not loop:
            raise click.ClickException("Không tới được máy chủ thư; tin vẫn còn trong hàng chờ.")
        if not loop and tally.submitted + tally.dropped + tally.resolved == 0:
            break
        if loop and tally.submitted == 0:
            time.sleep(_PAUSE)
    click.echo("Đã gửi hết tin đến lượt.")


@reminders.command("listen")
@click.option("--loop", is_flag=True, help="Nghe mãi; Ctrl-C để dừng.")
@with_appcontext
def listen_command(loop: bool) -> None:
    """Nhận báo cáo và tin trả lời từ các tổng đài SMPP. Bộ hẹn giờ cũng làm việc này mỗi phút một lần.

    Mã thoát: 0 xong.
    """
    heard = listen(session_as("dispatch"), utc_now)
    while loop:
        time.sleep(_PAUSE)
        try:
            listen(session_as("dispatch"), utc_now)
        except SQLAlchemyError as error:
            drop()
            log.error("the database is away: %s", kind_of(error))
    click.echo(f"Đã nhận {heard} báo cáo và tin trả lời.")


@reminders.command("bounced")
@click.option(
    "--to", "to", metavar="ĐỊA CHỈ", multiple=True, help="Địa chỉ thư trả về, nếu máy chủ thư cho biết."
)
@with_appcontext
def bounced(to: tuple[str, ...]) -> None:
    """Đọc một thư trả lại từ đầu vào chuẩn; máy chủ thư gọi lệnh này cho mỗi thư về PORTAL_MAIL_BOUNCES.

    Mã thoát: 0 đã đọc (kể cả thư không liên quan), 75 chưa ghi được, máy chủ thư đưa lại sau.
    """
    raw = sys.stdin.buffer.read(MOST_BYTES)
    try:
        became = take_back(session_as("dispatch"), raw, [*to, *destinations(raw)], utc_now())
        keep()
    except SQLAlchemyError as error:
        drop()
        log.error("a message that came back was not noted: %s", kind_of(error))
        sys.exit(os.EX_TEMPFAIL)
    click.echo(became)


@reminders.command("status")
@with_appcontext
def status() -> None:
    """Số tin theo trạng thái của mọi phường, tin chờ lâu nhất, máy chủ thư và cổng tin nhắn.

    Mã thoát: 0 đang gửi được, 1 có tin chờ quá lâu hoặc không tiến trình nào gửi.
    """
    dispatch, now = session_as("dispatch"), utc_now()
    counted = select(Delivery.state, func.count()).group_by(Delivery.state).order_by(Delivery.state)
    for state, count in dispatch.execute(counted).tuples():
        click.echo(f"{state:<12} {count}")
    alive = pulse(dispatch, now)
    click.echo(f"tin đến lượt chờ lâu nhất: {alive.oldest_due} giây")
    beat = f"{alive.silent_for} giây trước" if alive.silent_for is not None else "chưa lần nào"
    click.echo(f"tiến trình gửi làm việc lần cuối: {beat}")
    for name, account in ways_out(dispatch).items():
        standing = f"đang giữ ({account.held_why})" if account.is_held(now) else "gửi bình thường"
        click.echo(f"{_WAYS.get(name, name)}: {standing}")
    for channel, (answers, troubles) in lately(dispatch, now).items():
        click.echo(f"{channel}, phút vừa qua: {answers} câu trả lời, {troubles} lỗi")
    can_tell = Journal(current_app.config["PORTAL"].relay_journal).can_tell
    click.echo(f"nhật ký máy chủ thư: {'có' if can_tell else 'không có'}")
    if not alive.is_well:
        raise click.ClickException("Tin không được gửi đúng lúc. Xem tiến trình gửi và máy chủ thư.")


@reminders.command("hold")
@_WARD
@click.option("--hours", type=click.IntRange(1), help="Chỉ giữ chừng này giờ; bỏ trống là đến khi gửi tiếp.")
@with_appcontext
def hold_messages(slug: str | None, hours: int | None) -> None:
    """Giữ lại mọi tin, thư và SMS (hoặc tin của một phường). Việc lập tin vẫn chạy."""
    if slug:
        ward_named(slug, pause)
    else:
        until = utc_now() + timedelta(hours=hours) if hours else UNTIL_RESUMED
        hold(session_as("dispatch"), until, "operator", EVERYTHING)
        keep()
    click.echo("Đã giữ lại tin.")


@reminders.command("reconcile")
@with_appcontext
def reconcile_with_journal() -> None:
    """Hỏi nhật ký máy chủ thư: tin nào đang chờ mà thật ra đã gửi thì ghi là đã gửi."""
    _reconcile(utc_now())


@reminders.command("release")
@_WARD
@with_appcontext
def release_messages(slug: str | None) -> None:
    """Gửi tiếp các tin đã giữ lại. Sau khi khôi phục bản sao lưu: lập tin còn thiếu và đối chiếu nhật ký trước."""
    if slug:
        ward_named(slug, resume)
    else:
        _release(utc_now())
    click.echo("Đã gửi tiếp.")


def _release(now: datetime) -> None:
    dispatch = session_as("dispatch")
    if ways_out(dispatch)[EVERYTHING].held_why == RESTORED:
        _told, failed = each_ward(None, lambda: plan(now))
        if failed:
            raise click.ClickException(f"Không lập được tin của {len(failed)} phường; vẫn giữ tin lại.")
        if not Journal(current_app.config["PORTAL"].relay_journal).can_tell:
            click.echo("Không có nhật ký máy chủ thư: tin đã gửi sau bản sao lưu sẽ được gửi lại.", err=True)
        _reconcile(now)
    let_go(dispatch)
    keep()


def _reconcile(now: datetime) -> None:
    journal = Journal(current_app.config["PORTAL"].relay_journal)
    found, aside = reconcile(session_as("dispatch"), journal, now)
    keep()
    click.echo(f"Đã gửi từ trước theo nhật ký: {found}. Cần người xem: {aside}.")
