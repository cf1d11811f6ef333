"""A plan comes in: as a file, as pasted text, or as the sample; it is kept, and the workers are asked to read it."""

import uuid
from datetime import datetime
from typing import IO

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from portal import files
from portal.db import db
from portal.errors import Refused
from portal.plans.original import PASTED, take_in, taken_name, taken_text
from portal.plans.plan import Plan, PlanState
from portal.plans.sample import FILENAME, sample_plan
from portal.tenants.boundary import entered_ward
from portal.tenants.ward_job import ask_for
from portal.wording import local_day

#: The doorbell's name, and the kind of the job that reads a plan.
READ = "plans.read"

#: Plans that the same bytes lead to: one that could not be read may come again.
ALIVE = Plan.state != PlanState.UNREADABLE.value


def receive_file(stream: IO[bytes], filename: str | None, by: str, now: datetime) -> Plan:
    """Take an uploaded file. Raises Refused when it is empty, too large, or of a kind nobody here can read."""
    return _receive(stream, taken_name(filename), "file", by, now)


def receive_text(text: str, by: str, now: datetime) -> Plan:
    """Take pasted text. Raises Refused when there is none."""
    return _receive(taken_text(text), PASTED, "text", by, now)


def receive_sample(by: str, now: datetime) -> Plan:
    """Take the built-in sample, as of this year."""
    return _receive(sample_plan(local_day(now).year), FILENAME, "sample", by, now)


def _receive(source: IO[bytes] | bytes, filename: str, kind: str, by: str, now: datetime) -> Plan:
    """Keep the original and a row for it; the same bytes again lead to the plan they made before."""
    plan = Plan(source=kind, filename=filename, added_by=by, added_at=now)
    known = take_in(db.session(), entered_ward(), plan, source, ALIVE)
    if known is not None:
        return known
    ask_for(READ, plan.id, now)
    return plan


def read_again(plan: Plan, now: datetime) -> None:
    """Ask the workers to read an unreadable plan once more. Raises Refused (409) when it is being read or was read,
    or when the same file came again meanwhile.
    """
    if plan.standing is not PlanState.UNREADABLE:
        raise Refused(_("Kế hoạch này đang đọc hoặc đã đọc xong. Tải lại trang."), status=409)
    try:
        with db.session.begin_nested():
            plan.state, plan.problem, plan.step = PlanState.READING.value, "", "received"
    except IntegrityError:
        raise Refused(_("Tệp này đã được tải lên lại. Mở kế hoạch ấy trong danh sách."), status=409) from None
    ask_for(READ, plan.id, now)


def pasted_text(plan: Plan) -> str:
    """What somebody pasted to make this plan, so that it need not be pasted again; empty for a file."""
    if plan.source != "text":
        return ""
    with files.open_stored(entered_ward(), plan.stored_as) as original:
        return original.read().decode()


def remove(plan: Plan) -> uuid.UUID:
    """Forget a plan that was never confirmed, with everything read from it. Raises Refused when it was."""
    if plan.standing is PlanState.CONFIRMED:
        raise Refused(_("Kế hoạch đã giao việc, không bỏ được."), status=409)
    db.session.delete(plan)
    db.session.flush()
    return plan.id
