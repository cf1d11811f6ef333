"""Reading a plan once more after it could not be read."""

import uuid

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.db import utc_now
from portal.pages import see_other
from portal.permits import needs
from portal.plans.queries import plan_held
from portal.plans.receiving import read_again
from portal.plans.routes.addresses import plan_address
from portal.plans.routes.blueprint import bp
from portal.tenants.access import Permission


@bp.post("/w/<ward>/plans/<uuid:plan_id>/reading")
@needs(Permission.MANAGE_PLANS)
def read_plan_again(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Ask for another reading of a plan that could not be read."""
    plan = plan_held(plan_id, alone=True)
    read_again(plan, utc_now())
    return see_other(plan_address(plan), _("Đang đọc lại."))
