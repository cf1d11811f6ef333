"""The steps of a new ward that are about its plan: uploaded, reviewed and assigned, its indicators reported."""

from flask_babel import gettext as _

from portal.plans.plan import PlanState
from portal.plans.queries import all_plans
from portal.plans.reading_queries import measurable
from portal.plans.routes.addresses import plan_address, plans_address
from portal.tenants.addresses import address_of
from portal.tenants.first_steps import FirstStep


def plan_steps() -> list[FirstStep]:
    """Two statements at most."""
    plans = all_plans()
    confirmed = [plan for plan in plans if plan.standing is PlanState.CONFIRMED]
    open_one = next((plan for plan in plans if plan.standing is PlanState.REVIEW), None)
    rows = measurable([plan.id for plan in confirmed]) if confirmed else []
    settled = bool(rows) and any(reporter for _target, _indicator, reporter in rows)
    return [
        FirstStep(
            1,
            _("Tải lên kế hoạch"),
            _("Tệp Word, PDF hoặc chữ dán vào"),
            address_of("plans.new_plan"),
            is_done=bool(confirmed or open_one),
        ),
        FirstStep(
            2,
            _("Kiểm tra việc và đặt hạn"),
            _("Sửa tên việc, đặt hạn còn thiếu, rồi giao"),
            plan_address(open_one) if open_one else plans_address(),
            is_done=bool(confirmed),
        ),
        FirstStep(
            4,
            _("Chọn cơ quan báo cáo chỉ tiêu"),
            _("Gợi ý sẵn từ kế hoạch, xem lại rồi lưu"),
            address_of("plans.indicators_page"),
            is_done=settled or (bool(confirmed) and not rows),
        ),
    ]
