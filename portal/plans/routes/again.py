"""A plan that comes again: compared with the board, applied, kept apart; or copied for the year after."""

import uuid
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.db import db, utc_now
from portal.doorbell import ring_after_commit
from portal.errors import Refused, key_or_404, or_404
from portal.pages import see_other
from portal.permits import needs
from portal.plans.carrying_over import carry_over
from portal.plans.correction import Correction, can_be_cancelled
from portal.plans.earlier import earlier_plans
from portal.plans.plan import Plan, PlanState
from portal.plans.queries import all_plans, plan_or_404
from portal.plans.renewing import Ticked, correction, keep_apart, renew
from portal.plans.reviewing import refuse_unless_open
from portal.plans.routes.addresses import plan_address
from portal.plans.routes.blueprint import bp
from portal.tasks.doer import Doer
from portal.tasks.state import STATE_TEXTS
from portal.tenants.access import Permission
from portal.tenants.entrance import current_actor
from portal.text import nfc, normalise_spaces


@bp.get("/w/<ward>/plans/<uuid:plan_id>/comparison")
@needs(Permission.MANAGE_PLANS)
def comparison(plan_id: uuid.UUID) -> ResponseReturnValue:
    """What a corrected plan would change; `with` names the former plan where there are several."""
    plan = plan_or_404(plan_id)
    if plan.standing is PlanState.CONFIRMED:
        return see_other(plan_address(plan))
    refuse_unless_open(plan)
    if not earlier_plans(plan, all_plans()):
        return see_other(plan_address(plan), _("Phường chưa giao việc theo kế hoạch nào như thế này."))
    return _page(plan, _id(request.args.get("with", "")))


@bp.post("/w/<ward>/plans/<uuid:plan_id>/comparison")
@needs(Permission.MANAGE_PLANS)
def apply_comparison(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Apply what was ticked (fields `added`, `words`, `dues`, `agencies`, `gone`); a second press changes nothing."""
    earlier_id = _id(request.form.get("earlier", ""))
    ticked = _ticked()
    try:
        done = renew(plan_id, earlier_id, ticked, Doer.from_actor(current_actor()), utc_now())
    except Refused as refusal:
        db.session.rollback()  # the page is drawn again as things stand, not as they were half changed
        plan = plan_or_404(plan_id)
        if plan.standing is not PlanState.REVIEW or not earlier_plans(plan, all_plans()):
            raise
        return _page(plan, earlier_id, ticked=ticked, why=refusal.why), refusal.status
    if done is None:
        return see_other(url_for("tasks.board"), _("Kế hoạch này đã áp dụng trước đó; không đổi gì thêm."))
    ring_after_commit("rollups.publish_changed")
    return see_other(
        url_for("tasks.board"),
        _(
            "Đã thêm %(added)s việc, đổi %(changed)s việc, hủy %(cancelled)s việc. Việc khác giữ nguyên.",
            **done,
        ),
    )


@bp.post("/w/<ward>/plans/<uuid:plan_id>/copy")
@needs(Permission.MANAGE_PLANS)
def copy_plan(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Begin the next year from this plan: a plan to review; a second press leads to the same one."""
    plan = carry_over(plan_or_404(plan_id), current_actor().name, utc_now())
    return see_other(
        plan_address(plan), _("Đã chép từ năm trước, hạn lùi một năm. Kiểm tra từng việc rồi giao.")
    )


@bp.post("/w/<ward>/plans/<uuid:plan_id>/separation")
@needs(Permission.MANAGE_PLANS)
def keep_plan_apart(plan_id: uuid.UUID) -> ResponseReturnValue:
    """It is another plan: its cards will stand beside those of the former one."""
    plan = keep_apart(plan_id)
    return see_other(plan_address(plan), _("Đã ghi: đây là kế hoạch khác. Việc của nó đứng riêng trên bảng."))


def _page(plan: Plan, earlier_id: uuid.UUID | None, *, ticked: Ticked | None = None, why: str = "") -> str:
    found = or_404(correction(plan, earlier_id))
    shown: dict[str, Any] = {
        "plan": plan,
        "found": found,
        "others": [one for one in earlier_plans(plan, all_plans()) if one.id != found.earlier.id],
        "ticked": ticked or _ticked_at_first(found),
        "can_be_cancelled": can_be_cancelled,
        "state_texts": STATE_TEXTS,
        "why": why,
    }
    return render_template("plans/again.html", **shown)


def _ticked_at_first(found: Correction) -> Ticked:
    """New duties and new words are offered ticked; dates, agencies and cancellations are for a person to tick."""
    return Ticked(
        found.stamp,
        added=frozenset(one.number for one in found.added) - found.set_aside_before,
        words=frozenset(one.proposed.number for one in found.changed if one.words),
        reason=_("Không còn trong kế hoạch sửa lại."),
    )


def _ticked() -> Ticked:
    return Ticked(
        stamp=request.form.get("stamp", ""),
        **{name: _numbers(name) for name in ("added", "words", "dues", "agencies", "gone")},
        reason=normalise_spaces(nfc(request.form.get("reason", ""))),
    )


def _numbers(name: str) -> frozenset[int]:
    return frozenset(
        int(value) for value in request.form.getlist(name) if value.isdecimal() and len(value) < 10
    )


def _id(value: str) -> uuid.UUID | None:
    return key_or_404(value) if value else None
