"""What a ward sets about its messages: the rungs of its ladder, its hours, its working days, all checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from flask_babel import gettext as _
from sqlalchemy import delete, select

from portal.db import db
from portal.errors import Refused
from portal.reminders.hours import Hours
from portal.reminders.ladder import Audience
from portal.reminders.ladder_step import LadderStep
from portal.reminders.notice import Kind
from portal.reminders.reminder_policy import ReminderPolicy
from portal.tenants.calendar_day import CalendarDay

#: Working days a rung may lie before the last day, and after it.
EARLIEST, LATEST = -20, 60

#: Rungs of one ladder.
MOST_RUNGS = 8


@dataclass(frozen=True)
class Rung:
    """One rung as it was typed: working days after the last day, who hears of it, by what."""

    days: int
    audience: Audience
    channels: tuple[str, ...]

    @property
    def kind(self) -> Kind:
        """What it says: that follows from where it lies and who hears it."""
        if self.audience is Audience.LEADERS:
            return Kind.ESCALATED
        if self.days < 0:
            return Kind.DUE_SOON
        return Kind.OVERDUE if self.days else Kind.DUE_TODAY


def set_ladder(rungs: Sequence[Rung]) -> None:
    """Use these rungs from now on; none: the default. Raises Refused when they make no ladder."""
    ordered = sorted(rungs, key=lambda rung: rung.days)
    _check(ordered)
    db.session.execute(delete(LadderStep))
    db.session.add_all(
        LadderStep(
            n=n,
            kind=rung.kind.value,
            days=rung.days,
            audience=rung.audience.value,
            channels=list(rung.channels),
        )
        for n, rung in enumerate(ordered)
    )
    db.session.flush()


def _check(ordered: Sequence[Rung]) -> None:
    if len(ordered) > MOST_RUNGS:
        raise Refused(_("Nhiều nhất %(n)s mốc nhắc.", n=MOST_RUNGS))
    for rung in ordered:
        if not EARLIEST <= rung.days <= LATEST:
            raise Refused(
                _("Mốc nhắc từ %(a)s ngày trước hạn đến %(b)s ngày sau hạn.", a=-EARLIEST, b=LATEST)
            )
        if rung.audience is Audience.LEADERS and rung.days <= 0:
            raise Refused(_("Lãnh đạo chỉ nhận mốc sau hạn. Đổi số ngày hoặc người nhận."))
        if not rung.channels:
            raise Refused(_("Chọn ít nhất một cách gửi cho mỗi mốc."))
    days = [rung.days for rung in ordered]
    if len(set(days)) != len(days):
        raise Refused(_("Hai mốc trùng một ngày. Gộp lại hoặc đổi ngày."))


def set_hours(hours: Hours) -> None:
    """Use these hours from now on. Raises Refused when a window is empty or the day's moment lies outside it."""
    for window in (hours.email, hours.text):
        if window.opens >= window.closes:
            raise Refused(_("Giờ bắt đầu phải trước giờ kết thúc."))
    for moment in (hours.slot, hours.digest):
        if not hours.email.opens <= moment < hours.email.closes:
            raise Refused(_("Giờ gửi trong ngày phải nằm trong khoảng giờ gửi thư."))
    db.session.execute(delete(ReminderPolicy))
    db.session.add(_policy(hours))
    db.session.flush()


def _policy(hours: Hours) -> ReminderPolicy:
    return ReminderPolicy(
        slot_time=hours.slot,
        digest_time=hours.digest,
        email_opens=hours.email.opens,
        email_closes=hours.email.closes,
        text_opens=hours.text.opens,
        text_closes=hours.text.closes,
        texts_a_day=hours.texts_a_day,
    )


def set_day(day: date, working: bool) -> None:
    """The ward works, or rests, on this day, whatever the calendar says."""
    row = db.session.scalar(select(CalendarDay).where(CalendarDay.day == day))
    if row is None:
        db.session.add(CalendarDay(day=day, working=working))
    else:
        row.working = working
    db.session.flush()


def forget_day(day: date) -> None:
    """The calendar decides about this day again."""
    db.session.execute(delete(CalendarDay).where(CalendarDay.day == day))


def offered_time(typed: str, offered: Sequence[time]) -> time:
    """One of the times a list offers. Raises Refused for anything else."""
    for one in offered:
        if f"{one:%H:%M}" == typed:
            return one
    raise Refused(_("Chọn giờ trong danh sách."))
