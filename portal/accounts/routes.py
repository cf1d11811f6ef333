"""The account pages: sign in and out, new password, invitation, own sessions."""

from flask import Blueprint, Response, current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.accounts.calendar_feed import feed_of, make_feed, revoke_feed
from portal.accounts.forms import NewPasswordForm, ResetForm, SignInForm
from portal.accounts.inviting import ask_for_reset, holder_of, set_password
from portal.accounts.loading import give_cookie, take_cookie
from portal.accounts.person import Person
from portal.accounts.queries import live_sessions, speak
from portal.accounts.signing_in import end_all_sessions, end_session, open_session, sign_in
from portal.accounts.throttling import PAUSE
from portal.appearance import THEMES, keep_language, keep_theme
from portal.catalogue import LANGUAGES
from portal.db import keep_despite_refusal, session_as, utc_now
from portal.doorbell import ring_after_commit
from portal.errors import Refused
from portal.pages import safe_next, see_other
from portal.permits import PUBLIC, SIGNED_IN, needs
from portal.security import limiter

bp = Blueprint("accounts", __name__, template_folder="templates")


@bp.get("/login")
@needs(PUBLIC)
def sign_in_page() -> ResponseReturnValue:
    """The sign-in form; who is signed in already goes home."""
    if current_user.is_authenticated:
        return redirect(safe_next(request.args.get("next")) or url_for("tenants.home"), 303)
    return render_template("accounts/sign_in.html", form=SignInForm(next=request.args.get("next", "")))


@bp.post("/login")
@needs(PUBLIC)
# A whole office shares one address at eight in the morning; failures are counted more strictly in throttling.py.
@limiter.limit("600 per hour; 60 per minute")
def sign_in_now() -> ResponseReturnValue:
    """Sign in, and go where the person wanted to go."""
    form = SignInForm()
    if not form.validate():
        return render_template("accounts/sign_in.html", form=form), 422
    auth, now = session_as("auth"), utc_now()
    try:
        person = sign_in(
            auth, form.email.data, form.password.data, address=request.remote_addr or "", now=now
        )
    except Refused as refusal:
        keep_despite_refusal()
        page = render_template("accounts/sign_in.html", form=form, why=refusal.why)
        return page, refusal.status, {"Retry-After": str(PAUSE)} if refusal.status == 429 else {}
    return _signed_in(person, safe_next(form.next.data) or url_for("tenants.home"))


def _signed_in(person: Person, address: str, message: str | None = None) -> Response:
    """A new session for this browser; the one it had, of whoever it was, ends (ASVS 7.2.4)."""
    if current_user.is_authenticated:
        end_session(g.web_session, utc_now())
    session.clear()
    token = open_session(session_as("auth"), person, request.headers.get("User-Agent", ""), utc_now())
    return give_cookie(see_other(address, message), token)


@bp.post("/logout")
@needs(PUBLIC)
def sign_out() -> Response:
    """End this browser's session."""
    if current_user.is_authenticated:
        end_session(g.web_session, utc_now())
    session.clear()
    return take_cookie(see_other(url_for("accounts.sign_in_page")))


@bp.route("/reset", methods=["GET", "POST"])
@needs(PUBLIC)
@limiter.limit("20 per hour", methods=["POST"])
def reset_page() -> ResponseReturnValue:
    """Ask for a new password; the answer is the same whether the address is known."""
    form = ResetForm()
    if request.method != "POST":
        return render_template("accounts/reset.html", form=form)
    if not form.validate():
        return render_template("accounts/reset.html", form=form), 422
    ask_for_reset(session_as("auth"), form.email.data, utc_now())
    ring_after_commit("accounts.send_mail")
    return see_other(
        url_for("accounts.sign_in_page"),
        _("Nếu địa chỉ này có tài khoản, thư đặt lại mật khẩu sẽ đến trong vài phút."),
    )


@bp.route("/invitation/<token>", methods=["GET", "POST"], defaults={"purpose": "invitation"})
@bp.route("/reset/<token>", methods=["GET", "POST"], defaults={"purpose": "reset"})
@needs(PUBLIC)
@limiter.limit("30 per hour", methods=["POST"])
def password_page(token: str, purpose: str) -> ResponseReturnValue:
    """Choose a password with a one-time link, then be signed in."""
    auth, now, form = session_as("auth"), utc_now(), NewPasswordForm()
    person = holder_of(auth, token, now)
    shown = {"form": form, "person": person, "purpose": purpose}
    if request.method != "POST":
        return render_template("accounts/password.html", **shown)
    if not form.validate():
        return render_template("accounts/password.html", **shown), 422
    try:
        set_password(auth, token, form.password.data, now)
    except Refused as refusal:
        return render_template("accounts/password.html", why=refusal.why, **shown), refusal.status
    return _signed_in(person, url_for("tenants.home"), _("Đã đặt mật khẩu."))


@bp.post("/appearance")
@needs(PUBLIC)
def choose_appearance() -> Response:
    """Light, dark or as the machine has it (field `theme`), and the language (`language`); then back to the page."""
    response = see_other(safe_next(request.form.get("next")) or "/")
    theme, language = request.form.get("theme", ""), request.form.get("language", "")
    if theme in THEMES:
        keep_theme(response, theme)
    if language in LANGUAGES:
        keep_language(response, language)
        if current_user.is_authenticated:
            speak(session_as("auth"), current_user.id, language)
    return response


@bp.get("/account")
@needs(SIGNED_IN)
def account_page() -> str:
    """Who I am, where I am signed in, and whether a calendar program reads my dates."""
    return _account()


def _account(feed_address: str = "") -> str:
    auth = session_as("auth")
    return render_template(
        "accounts/account.html",
        sessions=live_sessions(auth, current_user.id, utc_now()),
        mine=g.web_session.token_hash,
        feed=feed_of(auth, current_user.id),
        feed_address=feed_address,
    )


@bp.post("/account/calendar")
@needs(SIGNED_IN)
@limiter.limit("20 per hour")
def make_calendar_address() -> str:
    """A new secret address of one's calendar, shown on this page and never again; the one before is dead."""
    token = make_feed(session_as("auth"), current_user.id, utc_now())
    path = url_for("tasks.calendar_feed", token=token)
    return _account(current_app.config["PORTAL"].public_url + path)


@bp.post("/account/calendar/removal")
@needs(SIGNED_IN)
def revoke_calendar_address() -> Response:
    """Nobody reads one's calendar any more."""
    revoked = revoke_feed(session_as("auth"), current_user.id)
    words = _("Đã thu hồi địa chỉ lịch.") if revoked else _("Không có địa chỉ lịch nào.")
    return see_other(url_for("accounts.account_page"), words)


@bp.post("/account/sessions/end")
@needs(SIGNED_IN)
def end_other_sessions() -> Response:
    """Sign out everywhere, and in again here with a new session."""
    auth, now = session_as("auth"), utc_now()
    end_all_sessions(auth, current_user.id, now)
    token = open_session(auth, current_user, request.headers.get("User-Agent", ""), now)
    return give_cookie(
        see_other(url_for("accounts.account_page"), _("Đã đăng xuất khỏi mọi máy khác.")), token
    )
