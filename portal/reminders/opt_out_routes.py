"""The page behind "stop these messages" (RFC 8058): one click stops them, one more brings them back."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from portal.db import db, session_as, utc_now
from portal.permits import PUBLIC, needs
from portal.reminders.delivery import Delivery
from portal.reminders.finding import find_delivery
from portal.reminders.opting_out import is_out, opt_in, opt_out
from portal.reminders.public_routes import TAPS, bp
from portal.security import csrf, limiter
from portal.tenants.boundary import enter_ward


@bp.route("/u/<token>", methods=["GET", "POST"])
@needs(PUBLIC)
@csrf.exempt
@limiter.limit(TAPS)
def opt_out_page(token: str) -> ResponseReturnValue:
    """Stop reminders to the address a message came to (RFC 8058: one POST, no cookie, no redirect)."""
    found = find_delivery(session_as("dispatch"), token)
    if found is None:
        return make_response(render_template("reminders/opt_out.html", ward=None, token=token), 404)
    enter_ward(found.ward.id)
    address = db.session.scalars(select(Delivery.address).where(Delivery.id == found.row_id)).one()
    if request.method == "POST":
        change = opt_in if request.form.get("again") else opt_out
        change(address, utc_now())
    return make_response(
        render_template("reminders/opt_out.html", ward=found.ward, token=token, out=is_out(address))
    )
