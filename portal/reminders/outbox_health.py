"""How the ward's channels do, for the outbox page: sending, left alone for a while, or held."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db import db
from portal.reminders.channel import CHANNELS, EMAIL
from portal.reminders.provider_account import EVERYTHING, RELAY, ways_out
from portal.reminders.restoring import RESTORED
from portal.reminders.sending_health import LATELY, SendingHealth
from portal.reminders.texts.account import ChannelAccount

_NAMES = {"email": _l("Thư"), "sms": _l("SMS"), "zns": _l("Zalo")}


@dataclass(frozen=True)
class ChannelNow:
    """One channel: how it stands in words, and when something last left by it."""

    name: str
    standing: str
    tone: str
    icon: str
    last_good_at: datetime | None


def channels_now(dispatch: Session, now: datetime) -> list[ChannelNow]:
    """Mail, and what the entered ward has an account for."""
    ways = ways_out(dispatch)
    rows = {row.channel: row for row in db.session.scalars(select(SendingHealth))}
    accounts = {row.channel: row for row in db.session.scalars(select(ChannelAccount))}
    held = _held_words(ways[EVERYTHING].held_why) if ways[EVERYTHING].is_held(now) else ""
    found = []
    for channel in CHANNELS:
        account = ways[RELAY] if channel == EMAIL else accounts.get(channel)
        if account is not None:
            alone = account.held_until is not None and account.held_until > now
            found.append(_now(channel, rows.get(channel), held, alone, now))
    return found


def _held_words(why: str) -> str:
    if why == RESTORED:
        return _("đang giữ mọi tin, vì dữ liệu vừa được khôi phục")
    return _("người vận hành đang giữ mọi tin")


def _now(channel: str, row: SendingHealth | None, held: str, alone: bool, now: datetime) -> ChannelNow:
    last = row.last_good_at if row else None
    icon, tone, standing = "circle-check", "done", _("gửi bình thường")
    if held:
        icon, tone, standing = "player-pause", "soon", held
    elif alone:
        icon, tone, standing = "alert-triangle", "late", _("nơi nhận đang lỗi, sẽ tự thử lại")
    elif row is not None and row.troubles and row.since > now - 2 * LATELY:
        standing = _("chậm: %(n)s trong %(all)s tin vừa rồi chưa đi", n=row.troubles, all=row.answers)
        icon, tone = "alert-triangle", "soon"
    return ChannelNow(str(_NAMES[channel]), standing, tone, icon, last)
