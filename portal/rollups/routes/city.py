"""The city's page, wards beside each other, and the request to count them now."""

from datetime import date

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _

from portal.db import session_as
from portal.doorbell import ring_after_commit
from portal.errors import NotFound
from portal.pages import see_other, today
from portal.permits import needs
from portal.rollups import wording
from portal.rollups.changing import changes_since
from portal.rollups.choosing import NAME, SLOW, Choice, named_periods
from portal.rollups.comparing import comparison_of
from portal.rollups.overview import overview_of
from portal.rollups.routes.blueprint import bp
from portal.rollups.ward_line import WEEKS
from portal.security import limiter
from portal.tenants.access import Permission
from portal.tenants.entrance import current_unit, current_unit_place


@bp.get("/o/<unit>/")
@needs(Permission.SEE_ROLLUP)
def overview() -> str:
    """Every ward of the unit beside the others: counts only, the slowest first."""
    choice = Choice.of(request.args, today())
    page = overview_of(session_as("city"), current_unit().id, choice, today())
    return render_template(
        "rollups/overview.html",
        page=page,
        choice=choice,
        years=page.offered.years,
        periods=named_periods(page.offered.periods),
        unit=current_unit(),
        weeks=WEEKS,
        glances=choice.is_whole,
        since=current_unit_place().visit(today()),
        words=wording,
        orders={SLOW: _("Chậm nhất trước"), NAME: _("Theo tên")},
    )


@bp.get("/o/<unit>/comparison")
@needs(Permission.SEE_ROLLUP)
def comparison() -> str:
    """Some wards side by side, figure by figure."""
    choice = Choice.of(request.args, today())
    chosen = request.args.getlist("with")
    page = comparison_of(session_as("city"), current_unit().id, choice, chosen, today())
    return render_template(
        "rollups/comparison.html", page=page, choice=choice, unit=current_unit(), words=wording
    )


@bp.get("/o/<unit>/changes/<since>")
@needs(Permission.SEE_ROLLUP)
def changes_page(since: str) -> str:
    """What changed in the unit's wards since the end of a day."""
    page = changes_since(session_as("city"), current_unit().id, _past_day(since), today())
    return render_template("rollups/changes.html", page=page, unit=current_unit(), words=wording)


def _past_day(said: str) -> date:
    try:
        day = date.fromisoformat(said)
    except ValueError as error:
        raise NotFound from error
    if day >= today():
        raise NotFound
    return day


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
