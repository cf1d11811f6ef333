"""What units asked of the ward, on the ward's side: its card, and the leader's answer to the unit."""

import uuid

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.db import db, utc_now
from portal.errors import Refused
from portal.pages import see_other
from portal.permits import needs
from portal.rollups.answering import answers_of, asks_of_ward, release_answer
from portal.rollups.ask_wording import said
from portal.rollups.routes.blueprint import bp
from portal.rollups.unit_ask import EXPLAIN
from portal.rollups.ward_answer import LONGEST
from portal.tenants.access import Permission
from portal.tenants.entrance import current_actor


@bp.get("/w/<ward>/asks")
@needs(Permission.MAKE_REPORTS)
def ward_asks_page() -> str:
    """What was asked, with the answers that were released."""
    return _page()


@bp.post("/w/<ward>/asks/<uuid:ask_id>/answer")
@needs(Permission.APPROVE_REPORTS)
def release_ward_answer(ask_id: uuid.UUID) -> ResponseReturnValue:
    """The leader lets the unit read the ward's answer."""
    words = request.form.get("words", "")
    try:
        release_answer(ask_id, words, current_actor().contact_id, utc_now())
    except Refused as refusal:
        return _page(why=refusal.why, of=ask_id, typed=words), refusal.status
    return see_other(url_for("rollups.ward_asks_page"), _("Đã gửi trả lời lên cấp trên."))


def _page(**more: object) -> str:
    return render_template(
        "rollups/ward_asks.html",
        asks=asks_of_ward(),
        answers=answers_of(db.session()),
        may_release=current_actor().may(Permission.APPROVE_REPORTS),
        said=said,
        explain=EXPLAIN,
        longest=LONGEST,
        **more,
    )
