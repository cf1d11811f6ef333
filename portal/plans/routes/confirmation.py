"""The one button that creates the cards and hands them out; before it nobody is told anything."""

import uuid

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.db import utc_now
from portal.pages import see_other
from portal.permits import needs
from portal.plans.agency_book import AgencyBook
from portal.plans.confirming import awaits_comparison, confirm, leading_agencies
from portal.plans.queries import all_plans, plan_or_404, proposed_cards
from portal.plans.routes.blueprint import bp
from portal.tasks.doer import Doer
from portal.tenants.access import Permission
from portal.tenants.entrance import current_actor


@bp.post("/w/<ward>/plans/<uuid:plan_id>/confirmation")
@needs(Permission.MANAGE_PLANS)
def confirm_plan(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Create the cards; a second press finds them there and creates nothing.

    A plan that may correct one of before is compared with it first.
    """
    plan = plan_or_404(plan_id)
    if awaits_comparison(plan, all_plans()):
        why = _("Phường đã giao việc theo một kế hoạch như thế này. So hai bản, rồi áp dụng chỗ khác nhau.")
        return see_other(url_for("plans.comparison", plan_id=plan_id), why)
    cards = confirm(plan_id, Doer.from_actor(current_actor()), utc_now())
    if not cards:
        return see_other(
            url_for("tasks.board"), _("Kế hoạch này đã giao việc trước đó; không tạo thêm việc nào.")
        )
    agencies = len(
        leading_agencies([card for card in proposed_cards(plan_id) if not card.dropped], AgencyBook())
    )
    done = _("Đã tạo %(cards)s việc và giao %(agencies)s cơ quan.", cards=len(cards), agencies=agencies)
    return see_other(url_for("tasks.board"), done)
