"""The page behind a one-tap link: report on one card. No sign-in; looking never changes anything."""

from collections.abc import Callable
from datetime import date, datetime
from typing import IO

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import files
from portal.db import session_as, utc_now
from portal.errors import NotFound, Refused, or_404
from portal.guarding.checking import check_words
from portal.guarding.uploads import check_upload
from portal.pages import see_other
from portal.permits import PUBLIC, needs
from portal.reminders.action_link import LinkUse
from portal.reminders.finding import Found, find_link
from portal.reminders.queries import latest_uses
from portal.reminders.renewing import renew
from portal.reminders.tapping import Opened, Verb, add_to_report, can_undo, open_link, take_back, tap
from portal.security import limiter, takes_up_to
from portal.tasks.card import Card
from portal.tasks.plan_title import plan_title
from portal.tasks.timeliness import last_day
from portal.tenants.boundary import enter_ward
from portal.tenants.ward import Ward
from portal.wording import full_date, local_day, short_date, weekday

bp = Blueprint("reminders_public", __name__, template_folder="templates")

#: Nothing of these pages runs a script, leaves this site, or is kept or indexed by anybody.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}

#: How often one address may look at links, and press their buttons.
LOOKS, TAPS = "60 per minute", "30 per minute"


@bp.after_request
def _strictest(response: Response) -> Response:
    response.headers.update(_HEADERS)
    return response


@bp.errorhandler(NotFound)
def _gone_page(_error: NotFound) -> Response:
    """One page for expired, revoked, finished and forged links: nobody learns which it was."""
    token = (request.view_args or {}).get("token", "")
    return make_response(render_template("reminders/gone.html", token=token, asked=False), 404)


def _found(token: str) -> Found:
    """The genuine link of this token, its ward entered. Raises NotFound."""
    found = or_404(find_link(session_as("dispatch"), token))
    enter_ward(found.ward.id)
    return found


@bp.get("/a/<token>")
@needs(PUBLIC)
@limiter.limit(LOOKS)
def one_tap(token: str) -> ResponseReturnValue:
    """The page with the big buttons; the same page for every link that cannot be used any more."""
    now, found = utc_now(), _found(token)
    return _buttons(found.ward, open_link(found.row_id, now), token, now)


@bp.post("/a/<token>")
@needs(PUBLIC)
@limiter.limit(TAPS)
@takes_up_to(files.MAX_BYTES)
def report(token: str) -> ResponseReturnValue:
    """Report how the card stands: field `to`, and optionally `note` and `photo`."""

    def do(opened: Opened, now: datetime) -> None:
        tap(opened, _verb(), request.form.get("note", ""), _photo(), now)

    return _act(token, do, "reported")


def _act(
    token: str, do: Callable[[Opened, datetime], object], page: str, message: str | None = None
) -> ResponseReturnValue:
    """Do something with the link's card and go to `page`; a refusal shows the buttons again with the reason."""
    now, found = utc_now(), _found(token)
    opened = open_link(found.row_id, now, for_update=True)
    check_words(request.form.items(multi=True))
    try:
        do(opened, now)
    except Refused as refusal:
        return _buttons(found.ward, opened, token, now, why=refusal.why), refusal.status
    return see_other(url_for(f"reminders_public.{page}", token=token), message)


def _verb() -> Verb:
    try:
        return Verb(request.form.get("to", ""))
    except ValueError:
        raise Refused(_("Bấm một trong các nút bên dưới.")) from None


def _photo() -> tuple[IO[bytes], str] | None:
    upload = request.files.get("photo")
    if not upload or not upload.filename:
        return None
    return upload.stream, check_upload(upload.stream, upload.filename).name


@bp.get("/a/<token>/report")
@needs(PUBLIC)
@limiter.limit(LOOKS)
def reported(token: str) -> ResponseReturnValue:
    """What was recorded, when, and how to take it back or add to it."""
    now, found = utc_now(), _found(token)
    opened = open_link(found.row_id, now)
    use = next(iter(latest_uses(opened.link.id)), None)
    if use is None:
        return _buttons(found.ward, opened, token, now)
    return _done(found.ward, opened, use, token, now)


@bp.post("/a/<token>/undo")
@needs(PUBLIC)
@limiter.limit(TAPS)
def undo_report(token: str) -> ResponseReturnValue:
    """Pressed by mistake: the card goes back to where it stood."""
    return _act(token, take_back, "one_tap", _("Đã đổi lại. Chọn lại bên dưới."))


@bp.post("/a/<token>/note")
@needs(PUBLIC)
@limiter.limit(TAPS)
@takes_up_to(files.MAX_BYTES)
def add_note(token: str) -> ResponseReturnValue:
    """A note or a photo after the report."""

    def do(opened: Opened, now: datetime) -> None:
        add_to_report(opened, request.form.get("note", ""), _photo(), now)

    return _act(token, do, "reported", _("Đã gửi cho phường."))


@bp.post("/a/<token>/link")
@needs(PUBLIC)
@limiter.limit("6 per hour")
def new_link(token: str) -> ResponseReturnValue:
    """Ask for a new link to the address on file; the answer is the same whether there is one."""
    found = find_link(session_as("dispatch"), token)
    if found is not None:
        enter_ward(found.ward.id)
        renew(found.row_id, utc_now())
    return make_response(render_template("reminders/gone.html", token=token, asked=True))


def _buttons(ward: Ward, opened: Opened, token: str, now: datetime, why: str = "") -> Response:
    latest = next(iter(latest_uses(opened.link.id)), None)
    return make_response(
        render_template(
            "reminders/one_tap.html",
            ward=ward,
            opened=opened,
            card=opened.card,
            title=plan_title(opened.card),
            token=token,
            offers=opened.offers(first=Verb.DONE if request.args.get("d") == "xong" else None),
            latest=latest,
            due=_due_words(opened.card, local_day(now)),
            until=full_date(local_day(opened.link.expires_at)),
            why=why,
            note=request.form.get("note", ""),
        )
    )


def _due_words(card: Card, today: date) -> str:
    """`Thứ Ba 28/05`: the last day on which the work is in time."""
    if card.due_on is None:
        return ""
    last = last_day(card.due_on, card.due_exclusive)
    return f"{weekday(last)} {short_date(last, today)}"


def _done(ward: Ward, opened: Opened, use: LinkUse, token: str, now: datetime) -> Response:
    return make_response(
        render_template(
            "reminders/one_tap_done.html",
            ward=ward,
            card=opened.card,
            title=plan_title(opened.card),
            use=use,
            undoable=can_undo(opened, use, now),
            token=token,
            note="",
        )
    )
