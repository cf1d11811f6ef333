"""The address a gateway reports to: what it says is kept and answered at once; conclusions are drawn afterwards."""

from typing import Any

from flask import Response, make_response, request
from flask.typing import ResponseReturnValue

from portal.db import db, session_as, utc_now
from portal.doorbell import ring_after_commit
from portal.errors import or_404
from portal.permits import PUBLIC, needs
from portal.reminders.finding import find_account
from portal.reminders.public_routes import bp
from portal.reminders.texts.account import ChannelAccount
from portal.reminders.texts.hearing import is_genuine, keep_said, said_in
from portal.reminders.texts.shape import Shape, shapes
from portal.security import csrf, limiter
from portal.tenants.boundary import enter_ward

#: Messages one request may be about.
_AT_ONCE = 500


def _is_missing(answer: Response) -> bool:
    return answer.status_code == 404


@bp.route("/r/<token>", methods=["GET", "POST"])
@needs(PUBLIC)
@csrf.exempt
@limiter.limit("60 per hour", deduct_when=_is_missing)
def gateway_reports(token: str) -> ResponseReturnValue:
    """Keep what a gateway says. Whatever it says is answered 200, so that it stops saying it."""
    found = or_404(find_account(session_as("dispatch"), token))
    raw = request.get_data(as_text=True)
    enter_ward(found.ward.id)
    account = or_404(db.session.get(ChannelAccount, (found.ward.id, found.row_id)))
    shape = or_404(shapes().get(account.shape))
    given = _given()
    if not _signed_by_them(shape, account, given, raw):
        return make_response("", 403)
    now = utc_now()
    for one in given[:_AT_ONCE]:
        if said := said_in(shape, one, now):
            keep_said(account, said, now)
    ring_after_commit("reminders.receipts")
    return make_response("ok", 200, {"Content-Type": "text/plain"})


def _given() -> list[dict[str, Any]]:
    """The fields of the request, however they came; a list of JSON is several."""
    told = request.get_json(silent=True)
    if isinstance(told, list):
        return [one for one in told if isinstance(one, dict)]
    return [{**request.values.to_dict(), **told}] if isinstance(told, dict) else [request.values.to_dict()]


def _signed_by_them(shape: Shape, account: ChannelAccount, given: list[dict[str, Any]], raw: str) -> bool:
    header = request.headers.get(shape.signed.get("header", ""), "") if shape.signed else ""
    at = str(given[0].get(shape.signed.get("time", ""), "")) if given else ""
    return is_genuine(shape, account, header, raw, at)
