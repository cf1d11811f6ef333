"""Search over the ward, and the ways of looking at the board that people keep."""

import uuid

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _

from portal.db import utc_now
from portal.pages import safe_next, see_other, today
from portal.permits import needs
from portal.tasks.board_filter import BoardFilter
from portal.tasks.finding import find
from portal.tasks.routes.blueprint import bp
from portal.tasks.saving_views import give_up_view, keep_view
from portal.tasks.state import STATE_TEXTS
from portal.tenants.access import Permission
from portal.tenants.entrance import current_actor
from portal.tenants.queries import agencies


@bp.get("/w/<ward>/search")
@needs(Permission.SEE_OWN_CARDS)
def search() -> str:
    """Cards, comments and agencies that say the words of `q`, with accents or without."""
    wanted = BoardFilter.from_address({"q": request.args.get("q", "")})
    found = find(wanted, agencies(), current_actor(), today())
    return render_template("tasks/search.html", found=found, wanted=wanted, state_texts=STATE_TEXTS)


@bp.post("/w/<ward>/views")
@needs(Permission.SEE_OWN_CARDS)
def save_view() -> Response:
    """Keep the filter of the page somebody looks at: fields `name`, `query`, and `for_ward`."""
    view = keep_view(
        request.form.get("name", ""),
        request.form.get("query", ""),
        current_actor(),
        utc_now(),
        for_ward=request.form.get("for_ward") == "1",
    )
    address = url_for("tasks.board") + (f"?{view.query}" if view.query else "")
    return see_other(address, _("Đã lưu cách xem “%(name)s”.", name=view.name))


@bp.post("/w/<ward>/views/<uuid:view_id>/removal")
@needs(Permission.SEE_OWN_CARDS)
def remove_view(view_id: uuid.UUID) -> Response:
    """Forget a way of looking at the board."""
    view = give_up_view(view_id, current_actor())
    back = safe_next(request.form.get("back")) or url_for("tasks.board")
    return see_other(back, _("Đã bỏ cách xem “%(name)s”.", name=view.name))
