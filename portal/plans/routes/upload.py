"""The first-run page: a plan comes in as a file, as pasted text, or as the built-in sample."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import files
from portal.db import utc_now
from portal.errors import Refused
from portal.pages import see_other, today
from portal.permits import needs
from portal.plans.carrying_over import to_carry_over, year_of
from portal.plans.document import MEDIA_TYPES
from portal.plans.plan import Plan, PlanState
from portal.plans.queries import all_plans
from portal.plans.receiving import receive_file, receive_sample, receive_text
from portal.plans.routes.addresses import plan_address
from portal.plans.routes.blueprint import bp
from portal.plans.unit_starting import plan_to_start_from
from portal.security import takes_up_to
from portal.tenants.access import Permission
from portal.tenants.entrance import current_actor, current_ward
from portal.tenants.first_steps import first_steps

#: Bytes of a form around its file: field names, the pasted text, the token.
_FORM_ROOM = 1024 * 1024


@bp.route("/w/<ward>/plans/new", methods=["GET", "POST"])
@needs(Permission.MANAGE_PLANS)
@takes_up_to(files.MAX_BYTES + _FORM_ROOM)
def new_plan() -> ResponseReturnValue:
    """Take a plan in; the file field is `file`, the pasted text `text`, the sample's button `sample`."""
    if request.method == "GET":
        return first_run()
    try:
        plan = _received()
    except Refused as refusal:
        return first_run(refusal.why, request.form.get("text", "")), refusal.status
    return see_other(plan_address(plan), _known_before(plan))


def _received() -> Plan:
    by, now = current_actor().name, utc_now()
    upload = request.files.get("file")
    if request.form.get("sample"):
        return receive_sample(by, now)
    if upload is not None and upload.filename:
        return receive_file(upload.stream, upload.filename, by, now)
    return receive_text(request.form.get("text", ""), by, now)


def first_run(why: str = "", text: str = "", failed: Plan | None = None) -> str:
    """The page to begin at; or to begin again at, with what was wrong and what was pasted."""
    return render_template(
        "plans/new.html",
        steps=first_steps(),
        why=why,
        text=text,
        plan=failed,
        endings=",".join(MEDIA_TYPES),
        last_year=[(one, year_of(one)) for one in to_carry_over(all_plans())],
        upper=plan_to_start_from(current_ward().id, today()),
    )


def _known_before(plan: Plan) -> str | None:
    """A sentence when the same bytes were sent before, so that nobody thinks a second plan was made."""
    if plan.standing is PlanState.READING:
        return None
    return _("Tệp này đã được tải lên trước đó. Đây là kế hoạch ấy.")
