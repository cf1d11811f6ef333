"""The operator merges, splits and renames wards: looked at first, then done, taken back within 30 days."""

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from portal.db import session_as, utc_now
from portal.errors import Refused, or_404
from portal.pages import see_other, today
from portal.permits import needs, of_adults
from portal.tasks.reform_asked import AskedReform
from portal.tasks.reforming import coming_home, take_back
from portal.tasks.routes.blueprint import bp
from portal.tenants.access import Permission
from portal.tenants.succession import Succession
from portal.tenants.ward import KINDS, Ward
from portal.text import collation_key

#: Reforms on the page, the latest ones.
_SHOWN = 100


@bp.get("/operator/reforms")
@needs(Permission.MANAGE_WARDS)
def reforms_page() -> str:
    """What was done, and a form for each kind of reform."""
    return _page()


@bp.get("/operator/reforms/preview")
@needs(Permission.MANAGE_WARDS)
def preview_reform() -> ResponseReturnValue:
    """What would move, before anything does."""
    try:
        asked = AskedReform.of(request.args, today())
    except Refused as refusal:
        return _page(why=refusal.why, typed=request.args), refusal.status
    return render_template(
        "tasks/reform_preview.html", asked=asked, looked_at=asked.looked_at(), typed=request.args
    )


@bp.post("/operator/reforms")
@needs(Permission.MANAGE_WARDS)
@of_adults
def carry_out_reform() -> ResponseReturnValue:
    """Do what was looked at."""
    try:
        carried = AskedReform.of(request.form, today()).carry_out(utc_now())
    except Refused as refusal:
        return _page(why=refusal.why, typed=request.form), refusal.status
    return see_other(url_for("tasks.reforms_page"), _("Đã làm xong; %(n)s việc đã chuyển.", n=carried))


@bp.get("/operator/reforms/<int:reform_id>/return")
@needs(Permission.MANAGE_WARDS)
def preview_return(reform_id: int) -> str:
    """What would come home, before anything does."""
    done = _reform(reform_id)
    return render_template(
        "tasks/reform_return.html", done=done, wards=_wards(), coming=coming_home(done), now=utc_now()
    )


@bp.post("/operator/reforms/<int:reform_id>/return")
@needs(Permission.MANAGE_WARDS)
def return_reform(reform_id: int) -> Response:
    """Take it back. Raises Refused when it is too late, or was done before."""
    came = take_back(_reform(reform_id), utc_now())
    return see_other(url_for("tasks.reforms_page"), _("Đã hoàn tác; %(n)s việc trở về.", n=came))


def _reform(reform_id: int) -> Succession:
    return or_404(session_as("auth").get(Succession, reform_id))


def _wards() -> dict[int, Ward]:
    return {ward.id: ward for ward in session_as("auth").scalars(select(Ward))}


def _page(**more: object) -> str:
    latest = select(Succession).order_by(Succession.id.desc()).limit(_SHOWN)
    wards = _wards()
    return render_template(
        "tasks/reforms.html",
        done=session_as("auth").scalars(latest).all(),
        wards=wards,
        working=sorted(
            (ward for ward in wards.values() if ward.valid_to is None),
            key=lambda ward: collation_key(ward.name),
        ),
        kinds=KINDS,
        now=utc_now(),
        **({"typed": {}} | more),
    )
