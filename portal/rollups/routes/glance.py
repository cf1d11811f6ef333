"""What the unit's page fetches once it stands: how the targets fare, and who has sent the report asked for last."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from portal.db import session_as
from portal.pages import is_htmx, see_other, today
from portal.permits import needs
from portal.rollups import wording
from portal.rollups.asks_table import asks_table
from portal.rollups.routes.blueprint import bp
from portal.rollups.routes.targets import NAMED
from portal.rollups.target_table import target_table
from portal.tenants.access import Permission
from portal.tenants.entrance import current_unit
from portal.tenants.report_period import reporting_year


@bp.get("/o/<unit>/glance")
@needs(Permission.SEE_ROLLUP)
def glance() -> ResponseReturnValue:
    """A piece of the unit's page, fetched by itself so that the wards need not wait for it."""
    if not is_htmx():
        return see_other(url_for("rollups.targets_page"))
    city, unit = session_as("city"), current_unit()
    return render_template(
        "rollups/glance.html",
        page=target_table(city, unit.id, reporting_year(today()), today()),
        latest=asks_table(city, unit.id, today()).latest,
        words=wording,
        named=NAMED,
    )
