"""The page behind "stop these messages": one click stops what came (RFC 8058); what is wanted, and when."""

import uuid
from datetime import time

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from portal.db import db, session_as, utc_now
from portal.permits import PUBLIC, needs
from portal.reminders.delivery import Delivery
from portal.reminders.finding import find_delivery
from portal.reminders.hours import HALF_HOURS, Window
from portal.reminders.notice import Category
from portal.reminders.opting_out import categories_in, choose, opt_in, opt_out, wanted_by
from portal.reminders.public_routes import TAPS, bp
from portal.reminders.queries import hours
from portal.reminders.quieting import set_quiet_hours
from portal.reminders.recipient_queries import quiet_window
from portal.security import csrf, limiter
from portal.tenants.boundary import enter_ward
from portal.tenants.ward import Ward


@bp.route("/u/<token>", methods=["GET", "POST"])
@needs(PUBLIC)
@csrf.exempt
@limiter.limit(TAPS)
def opt_out_page(token: str) -> ResponseReturnValue:
    """Stop messages to the address one came to (RFC 8058: one POST, no cookie, no redirect), or choose which."""
    found = find_delivery(session_as("dispatch"), token)
    if found is None:
        return make_response(render_template("reminders/opt_out.html", ward=None, token=token), 404)
    enter_ward(found.ward.id)
    asked = select(Delivery.address, Delivery.contact_id).where(Delivery.id == found.row_id)
    address, contact_id = db.session.execute(asked).tuples().one()
    if request.method == "POST":
        _act(address, contact_id, found.row_id)
    return make_response(_page(found.ward, token, address, contact_id, found.row_id))


def _act(address: str, contact_id: uuid.UUID, delivery_id: uuid.UUID) -> None:
    form, now = request.form, utc_now()
    if form.get("again"):
        opt_in(address, list(Category), now)
    elif form.get("save"):
        choose(address, [one for one in Category if one.value in form.getlist("want")], now)
        set_quiet_hours(contact_id, _typed_window(form.get("opens", ""), form.get("closes", "")))
    else:
        opt_out(address, categories_in(delivery_id), now)


def _typed_window(opens: str, closes: str) -> Window | None:
    """The hours somebody chose; None when they are not two of those offered, in this order."""
    offered = {f"{one:%H:%M}": one for one in HALF_HOURS}
    start, end = offered.get(opens, time.max), offered.get(closes, time.min)
    return Window(start, end) if start < end else None


def _page(ward: Ward, token: str, address: str, contact_id: uuid.UUID, delivery_id: uuid.UUID) -> str:
    wanted, window = wanted_by(address), hours().email
    return render_template(
        "reminders/opt_out.html",
        ward=ward,
        token=token,
        categories=list(Category),
        wanted=wanted,
        out=not set(categories_in(delivery_id)) & set(wanted),
        half_hours=[one for one in HALF_HOURS if window.opens <= one <= window.closes],
        window=window.within(quiet_window(contact_id)),
        saved=bool(request.form.get("save")),
    )
