"""An oversight unit's plan comes in and is published once a worker has read it; later it is replaced or withdrawn."""

import uuid
from datetime import date, datetime
from typing import IO

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.doorbell import ring_after_commit
from portal.errors import NotFound, Refused, or_404
from portal.plans.document import NUMBER_LENGTH, bare_number
from portal.plans.original import PASTED, take_in, taken_name, taken_text
from portal.plans.unit_plan import UnitPlan, UnitPlanState

#: The doorbell's name for everything that unit plans are waiting for.
CARRY_OUT = "plans.carry_out_units"


def new_unit_plan(
    auth: Session, unit_id: int, by: str, now: datetime, replaces: uuid.UUID | None
) -> UnitPlan:
    """A plan about to come in. Raises Refused when the one it is to replace is no published plan of the unit."""
    if replaces is not None:
        standing = (UnitPlan.unit_id == unit_id, UnitPlan.state == UnitPlanState.PUBLISHED.value)
        if auth.scalar(select(UnitPlan.id).where(UnitPlan.id == replaces, *standing)) is None:
            raise Refused(_("Kế hoạch muốn thay không còn được công bố. Chọn lại."))
    return UnitPlan(unit_id=unit_id, replaces_id=replaces, added_by=by, added_at=now)


def receive_unit_file(auth: Session, plan: UnitPlan, stream: IO[bytes], filename: str) -> UnitPlan:
    """Take an uploaded file. Raises Refused when it is empty, too large, or of a kind nobody here can read."""
    plan.source, plan.filename = "file", taken_name(filename)
    return _receive(auth, plan, stream)


def receive_unit_text(auth: Session, plan: UnitPlan, text: str) -> UnitPlan:
    """Take pasted text. Raises Refused when there is none."""
    plan.source, plan.filename = "text", PASTED
    return _receive(auth, plan, taken_text(text))


def withdraw(auth: Session, unit_id: int, plan_id: uuid.UUID, now: datetime) -> UnitPlan:
    """Take a plan back, also one that could not be read. Raises NotFound."""
    plan = unit_plan_held(auth, plan_id)
    if plan.unit_id != unit_id:
        raise NotFound
    if plan.standing is not UnitPlanState.WITHDRAWN:
        plan.withdraw(now)
        ring_after_commit(CARRY_OUT)
    return plan


def fill_unit_head(plan: UnitPlan, number: str, issued_on: date | None) -> None:
    """Fill in the number and the day: wards' plans are found by them.

    Raises Refused when the number is none, or the plan is not published (any more).
    """
    if plan.standing is not UnitPlanState.PUBLISHED:
        raise Refused(_("Kế hoạch này không còn được công bố."), status=409)
    number = bare_number(number)
    if not number or len(number) > NUMBER_LENGTH:
        raise Refused(_("Ghi số văn bản. Ví dụ: 35."))
    plan.number, plan.issued_on = number, issued_on
    plan.spread_again()
    ring_after_commit(CARRY_OUT)


def unit_plan_held(auth: Session, plan_id: uuid.UUID) -> UnitPlan:
    """A plan that nobody else changes until this transaction ends. Raises NotFound."""
    asked = select(UnitPlan).where(UnitPlan.id == plan_id).with_for_update()
    return or_404(auth.scalar(asked.execution_options(populate_existing=True)))


def _receive(auth: Session, plan: UnitPlan, source: IO[bytes] | bytes) -> UnitPlan:
    """Keep the original and a row for it; the same bytes again lead to the plan they made before."""
    alive = UnitPlan.state.in_((UnitPlanState.READING.value, UnitPlanState.PUBLISHED.value))
    known = take_in(auth, plan.shelf, plan, source, UnitPlan.unit_id == plan.unit_id, alive)
    if known is not None:
        return known
    ring_after_commit(CARRY_OUT)
    return plan
