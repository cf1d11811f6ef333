"""The page on which a ward sets its account for short messages, and sees what each text costs."""

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _

from portal.db import utc_now
from portal.doorbell import ring_after_commit
from portal.errors import or_404
from portal.pages import see_other
from portal.permits import needs, of_adults
from portal.reminders.outbox_words import KIND
from portal.reminders.setting_routes import bp
from portal.reminders.texts.account import account_for, callback_of
from portal.reminders.texts.keeping_account import Wanted, close_account, keep_account
from portal.reminders.texts.keeping_text import forget_text, keep_text
from portal.reminders.texts.previewing import previews
from portal.reminders.texts.shape import shapes
from portal.reminders.texts.texts import TEXTS
from portal.reminders.texts.wishing import try_out
from portal.tenants.access import Permission
from portal.tenants.entrance import current_actor, current_ward

_SMS = "sms"


@bp.get("/w/<ward>/reminders/channels")
@needs(Permission.SET_REMINDERS)
def channels_page() -> str:
    """The ward's account for SMS (`shape`: another provider, to change to), and the texts with their cost."""
    account = account_for(_SMS)
    asked = request.args.get("shape", "")
    key = asked if asked in shapes() else account.shape if account else "esms"
    return render_template(
        "reminders/channels.html",
        account=account,
        kinds=KIND,
        shapes=shapes(),
        shape=shapes()[key],
        callback=callback_of(account) if account else "",
        previews=previews(current_ward(), accented=bool(account and account.accented)),
    )


@bp.post("/w/<ward>/reminders/channels/texts/<kind>")
@needs(Permission.SET_REMINDERS)
def save_text(kind: str) -> Response:
    """Keep the ward's own text of a kind, or (`default=1`) go back to the default one."""
    or_404(TEXTS.get(kind))
    if request.form.get("default"):
        forget_text(kind)
    else:
        keep_text(kind, request.form.get("body", ""), request.form.get("code", ""))
    return see_other(
        url_for("reminder_settings.channels_page", _anchor=f"text-{kind}"), _("Đã lưu nội dung SMS.")
    )


@bp.post("/w/<ward>/reminders/channels/trial")
@needs(Permission.SET_REMINDERS)
def send_trial() -> Response:
    """Send a short message to one's own number, to see that it arrives."""
    try_out(current_actor().contact_id, utc_now())
    ring_after_commit("reminders.drain_texts")
    return see_other(
        url_for("reminder_settings.channels_page"), _("Sẽ gửi tin thử tới số của anh/chị trong ít phút.")
    )


@bp.post("/w/<ward>/reminders/channels")
@needs(Permission.SET_REMINDERS)
@of_adults
def save_channel() -> Response:
    """Keep the account, or (`close=1`) forget it with its secrets."""
    if request.form.get("close"):
        close_account(_SMS)
        return see_other(url_for("reminder_settings.channels_page"), _("Đã thôi gửi SMS."))
    form = request.form
    shape = shapes().get(form.get("shape", ""))
    keep_account(
        _SMS,
        Wanted(
            shape=form.get("shape", ""),
            sender=form.get("sender", "").strip(),
            settings={name: form.get(f"set-{name}", "") for name in (shape.settings if shape else {})},
            accented=form.get("accented") == "1",
            live=form.get("live") == "1",
            price=form.get("price", 0, type=int),
        ),
    )
    return see_other(url_for("reminder_settings.channels_page"), _("Đã lưu kênh gửi SMS."))
