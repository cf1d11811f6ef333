"""The page on which a ward sets its accounts for short messages, SMS and Zalo, and sees what each text costs."""

from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from portal.db import utc_now
from portal.doorbell import ring_after_commit
from portal.errors import Refused, or_404
from portal.pages import see_other
from portal.permits import needs, of_adults
from portal.reminders.outbox_words import text_name
from portal.reminders.setting_routes import bp
from portal.reminders.texts.account import TEXT_CHANNELS, account_for, callback_of
from portal.reminders.texts.keeping_account import Wanted, close_account, keep_account, keep_platform_account
from portal.reminders.texts.keeping_text import forget_text, keep_text
from portal.reminders.texts.platform import platform_account
from portal.reminders.texts.previewing import previews
from portal.reminders.texts.sealed_settings import uses_platform
from portal.reminders.texts.shape import shapes, shapes_of
from portal.reminders.texts.smpp.server import SMPP, servers
from portal.reminders.texts.texts import TEXTS
from portal.reminders.texts.wishing import try_out
from portal.tenants.access import Permission
from portal.tenants.entrance import current_actor, current_ward

#: What the channels are called, in both languages.
NAMES = {"sms": "SMS", "zns": "Zalo"}

#: What stands in the place of a provider for the platform's own account.
PLATFORM = "platform"

#: The provider a ward sees first, before it has one.
_FIRST = {"sms": "esms", "zns": "zalo"}


@bp.get("/w/<ward>/reminders/channels")
@needs(Permission.SET_REMINDERS)
def channels_page() -> str:
    """The ward's account for SMS or (`channel`) Zalo, `shape`: another provider to change to; texts and their cost."""
    return _drawn(_channel(), request.args.get("shape", ""))


def _drawn(channel: str, asked: str, **refused: Any) -> str:
    """`refused`: `why`, and what was `typed` into the account's form, or for which kind of text (`typed_text`)."""
    account = account_for(channel)
    offered = {key: one for key, one in shapes_of(channel).items() if one.adapter != SMPP or servers()}
    key = asked if asked in offered else account.shape if account else _FIRST[channel]
    platform = platform_account() if channel == "sms" else None
    shared = bool(account and uses_platform(account, current_ward().id))
    return render_template(
        "reminders/channels.html",
        platform=platform,
        by_platform=bool(platform) and (asked == PLATFORM or (not asked and (shared or account is None))),
        shared=shared,
        channel=channel,
        names=NAMES,
        account=account,
        text_name=text_name,
        shapes=offered,
        shape=offered[key],
        servers=list(servers()),
        callback=callback_of(account) if account else "",
        previews=previews(
            channel, current_ward(), accented=channel == "zns" or bool(account and account.accented)
        ),
        **refused,
    )


def _channel() -> str:
    """Which channel the address or the form names; SMS when it names none."""
    named = request.values.get("channel", "")
    return named if named in TEXT_CHANNELS else TEXT_CHANNELS[0]


def _page_of(channel: str, anchor: str | None = None) -> str:
    return url_for("reminder_settings.channels_page", channel=channel, _anchor=anchor)


@bp.post("/w/<ward>/reminders/channels/texts/<kind>")
@needs(Permission.SET_REMINDERS)
def save_text(kind: str) -> ResponseReturnValue:
    """Keep the ward's own text of a kind, or (`default=1`) go back to the default one; a refused one stays typed."""
    or_404(TEXTS.get(kind))
    channel = _channel()
    if request.form.get("default"):
        forget_text(channel, kind)
    else:
        try:
            keep_text(channel, kind, request.form.get("body", ""), request.form.get("code", ""))
        except Refused as refusal:
            page = _drawn(channel, "", typed=request.form, typed_text=kind, why=refusal.why)
            return page, refusal.status
    return see_other(
        _page_of(channel, f"text-{kind}"), _("Đã lưu nội dung %(channel)s.", channel=NAMES[channel])
    )


@bp.post("/w/<ward>/reminders/channels/trial")
@needs(Permission.SET_REMINDERS)
def send_trial() -> Response:
    """Send a short message to one's own number, to see that it arrives."""
    channel = _channel()
    try_out(channel, current_actor().contact_id, utc_now())
    ring_after_commit("reminders.drain_texts")
    return see_other(_page_of(channel), _("Sẽ gửi tin thử tới số của anh/chị trong ít phút."))


@bp.post("/w/<ward>/reminders/channels")
@needs(Permission.SET_REMINDERS)
@of_adults
def save_channel() -> ResponseReturnValue:
    """Keep the account, or (`close=1`) forget it with its secrets. What was refused stays typed, but for secrets."""
    channel, form = _channel(), request.form
    if form.get("close"):
        close_account(channel)
        return see_other(_page_of(channel), _("Đã thôi gửi %(channel)s.", channel=NAMES[channel]))
    if form.get("shape") == PLATFORM:
        keep_platform_account(channel, accented=form.get("accented") == "1", live=form.get("live") == "1")
        return see_other(_page_of(channel), _("Đã lưu kênh gửi %(channel)s.", channel=NAMES[channel]))
    try:
        keep_account(channel, _wanted(form))
    except Refused as refusal:
        return _drawn(channel, form.get("shape", ""), typed=form, why=refusal.why), refusal.status
    return see_other(_page_of(channel), _("Đã lưu kênh gửi %(channel)s.", channel=NAMES[channel]))


def _wanted(form: MultiDict[str, str]) -> Wanted:
    shape = shapes().get(form.get("shape", ""))
    return Wanted(
        shape=form.get("shape", ""),
        sender=form.get("sender", "").strip(),
        settings={name: form.get(f"set-{name}", "") for name in (shape.all_settings if shape else {})},
        accented=form.get("accented") == "1",
        live=form.get("live") == "1",
        price=form.get("price", 0, type=int),
    )
