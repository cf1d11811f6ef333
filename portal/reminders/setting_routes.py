"""The page on which a ward sets when its people are reminded: the ladder, the hours, the working days."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.dates import parse_day
from portal.errors import Refused
from portal.pages import see_other, today
from portal.permits import needs
from portal.reminders.hours import HALF_HOURS, Hours, Window
from portal.reminders.ladder import LADDER, Audience, Step
from portal.reminders.queries import hours, ladder
from portal.reminders.setting import (
    MOST_RUNGS,
    Rung,
    forget_day,
    offered_time,
    set_day,
    set_hours,
    set_ladder,
)
from portal.tenants.access import Permission
from portal.tenants.working_days import days_off, own_days

bp = Blueprint("reminder_settings", __name__, template_folder="templates")

AUDIENCE_TEXTS = {
    Audience.AGENCY: _l("Mọi người của cơ quan"),
    Audience.AGENCY_LEAD: _l("Phụ trách cơ quan"),
    Audience.LEADERS: _l("Lãnh đạo phường"),
}

#: What a step may use: a letter, or one message to the telephone, by whichever way the ward has and the person wants.
CHANNEL_TEXTS = {"email": _l("Thư"), "sms": _l("SMS hoặc Zalo")}


@dataclass(frozen=True)
class YearDay:
    """A day of the calendar that is not like the others: its name, and whether the ward put it there."""

    day: date
    name: str
    working: bool
    own: bool


@bp.get("/w/<ward>/reminders/settings")
@needs(Permission.SET_REMINDERS)
def settings_page() -> str:
    """When whom is reminded."""
    year = request.args.get("year", type=int) or today().year
    return _page(year if 2020 <= year <= 2060 else today().year)


@bp.post("/w/<ward>/reminders/ladder")
@needs(Permission.SET_REMINDERS)
def save_ladder() -> Response:
    """Keep the rungs; `default`: forget the ward's own."""
    set_ladder([] if request.form.get("default") else _typed_rungs())
    return see_other(url_for("reminder_settings.settings_page"), _("Đã lưu mốc nhắc."))


@bp.post("/w/<ward>/reminders/hours")
@needs(Permission.SET_REMINDERS)
def save_hours() -> Response:
    """Keep the hours."""
    typed = {name: offered_time(request.form.get(name, ""), HALF_HOURS) for name in _TIMES}
    set_hours(
        Hours(
            slot=typed["slot"],
            digest=typed["digest"],
            email=Window(typed["email_opens"], typed["email_closes"]),
            text=Window(typed["text_opens"], typed["text_closes"]),
            texts_a_day=min(max(request.form.get("texts_a_day", 3, type=int), 0), 3),
        )
    )
    return see_other(url_for("reminder_settings.settings_page"), _("Đã lưu giờ gửi."))


_TIMES = ("slot", "digest", "email_opens", "email_closes", "text_opens", "text_closes")


@bp.post("/w/<ward>/calendar-days")
@needs(Permission.SET_REMINDERS)
def save_day() -> Response:
    """Work, or rest, on a day; `forget`: as the calendar says."""
    day = _typed_day()
    if request.form.get("forget"):
        forget_day(day)
    else:
        set_day(day, request.form.get("working") == "1")
    return see_other(
        url_for("reminder_settings.settings_page", year=day.year, _anchor="lich"), _("Đã lưu ngày làm việc.")
    )


def _typed_day() -> date:
    try:
        return parse_day(request.form.get("day", ""), today().year)
    except ValueError as error:
        raise Refused(_("Không hiểu ngày này. Ghi như 22/08/2026.")) from error


def _typed_rungs() -> list[Rung]:
    """The rows of the form whose number of days was filled in. Raises Refused for what is no number."""
    found = []
    for row in range(MOST_RUNGS + 1):
        typed = request.form.get(f"days-{row}", "").strip()
        if not typed or request.form.get(f"drop-{row}"):
            continue
        try:
            days = int(typed.replace("−", "-"))
        except ValueError as error:
            raise Refused(_("“%(typed)s” không phải số ngày.", typed=typed[:20])) from error
        if request.form.get(f"side-{row}") == "before":
            days = -abs(days)
        audience = _chosen_audience(request.form.get(f"audience-{row}", ""))
        channels = tuple(one for one in CHANNEL_TEXTS if one in request.form.getlist(f"channels-{row}"))
        found.append(Rung(days, audience, channels))
    return found


def _chosen_audience(typed: str) -> Audience:
    if typed not in set(Audience):
        raise Refused(_("Chọn ai nhận trong danh sách."))
    return Audience(typed)


def _page(year: int) -> str:
    rungs: list[Step | None] = [*ladder()]
    return render_template(
        "reminders/settings.html",
        rungs=rungs + [None] * (len(rungs) < MOST_RUNGS),
        is_default=tuple(ladder()) == LADDER,
        hours=hours(),
        half_hours=HALF_HOURS,
        audiences=AUDIENCE_TEXTS,
        channels=CHANNEL_TEXTS,
        year=year,
        days=_days_of(year),
    )


def _days_of(year: int) -> list[YearDay]:
    """The year's days off and the ward's own days, by date."""
    own = {day: working for day, working in own_days().items() if day.year == year}
    public = days_off(year)
    return sorted(
        (YearDay(day, public.get(day, ""), own.get(day, False), day in own) for day in {*public, *own}),
        key=lambda one: one.day,
    )
