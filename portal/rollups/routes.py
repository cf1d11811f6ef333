"""The city's page, and the request to count its wards now."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _

from portal.db import session_as
from portal.doorbell import ring_after_commit
from portal.pages import see_other, today
from portal.permits import needs
from portal.rollups import wording
from portal.rollups.overview import WEEKS, overview_of
from portal.security import limiter
from portal.tenants.access import Permission
from portal.tenants.entrance import current_unit

bp = Blueprint("rollups", __name__, template_folder="templates")


@bp.get("/o/<unit>/")
@needs(Permission.SEE_ROLLUP)
def overview() -> str:
    """Every ward of the unit beside the others: counts only, the slowest first."""
    order = "name" if request.args.get("order") == "name" else "slow"
    page = overview_of(session_as("city"), current_unit().id, today(), by_name=order == "name")
    return render_template(
        "rollups/overview.html",
        page=page,
        unit=current_unit(),
        weeks=WEEKS,
        words=wording,
        order=order,
        orders={"slow": _("Chậm nhất trước"), "name": _("Theo tên")},
    )


@bp.post("/o/<unit>/publication")
@needs(Permission.SEE_ROLLUP)
@limiter.limit("6 per minute")
def publication() -> Response:
    """Ask the workers to count the unit's wards now; the page shows it when they have."""
    ring_after_commit("rollups.publish_unit", current_unit().id)
    return see_other(
        url_for("rollups.overview"),
        _("Đã yêu cầu cập nhật số liệu. Tải lại trang sau vài giây để xem số mới."),
    )
