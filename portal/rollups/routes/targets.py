"""The unit's targets over its wards."""

from flask import render_template, request

from portal.db import session_as
from portal.errors import NotFound
from portal.pages import today
from portal.permits import needs
from portal.rollups import wording
from portal.rollups.routes.blueprint import bp
from portal.rollups.target_table import target_table
from portal.tenants.access import Permission
from portal.tenants.entrance import current_unit
from portal.tenants.report_period import reporting_year

#: Names that are listed of those who have not reported; the count says how many there are.
NAMED = 60


@bp.get("/o/<unit>/targets")
@needs(Permission.SEE_ROLLUP)
def targets_page() -> str:
    """Targets with what the wards reported, against what the unit's plan promises."""
    now = reporting_year(today())
    offered = [now, now - 1, now - 2]
    year = request.args.get("year", str(now))
    if year not in map(str, offered):
        raise NotFound
    page = target_table(session_as("city"), current_unit().id, int(year), today())
    return render_template(
        "rollups/targets.html", page=page, unit=current_unit(), words=wording, years=offered, named=NAMED
    )


targets_page.bar_item = "rollups.targets_page"  # type: ignore[attr-defined]
