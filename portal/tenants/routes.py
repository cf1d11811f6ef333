"""The pages about places and people: home, the table of permissions, a ward's people, the operator's wards."""

import uuid

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from portal.db import drop, keep_first, session_as, utc_now
from portal.doorbell import ring_after_commit
from portal.errors import Refused
from portal.pages import see_other
from portal.permits import SIGNED_IN, needs, of_adults
from portal.tenants.access import PERMISSION_TEXTS, ROLE_TEXTS, TABLE, Permission, Role
from portal.tenants.boundary import enter_ward
from portal.tenants.entrance import current_ward
from portal.tenants.first_steps import first_steps
from portal.tenants.forms import AgencyForm, InviteForm, WardForm
from portal.tenants.joining import add_agency, add_ward, clean_email, let_in
from portal.tenants.oversight_unit import OversightUnit
from portal.tenants.queries import agencies, agencies_without_people, people, places_of, units_of
from portal.tenants.ward import Ward
from portal.text import collation_key

bp = Blueprint("tenants", __name__, template_folder="templates")


@bp.get("/")
@needs(SIGNED_IN)
def home() -> ResponseReturnValue:
    """Straight to the only place somebody has, or a choice of them."""
    auth = session_as("auth")
    places, units = places_of(auth, current_user.id), units_of(auth, current_user.id)
    addresses = [url_for("tenants.ward_home", ward=place.ward.slug) for place in places]
    addresses += [url_for("rollups.overview", unit=unit.slug) for unit in units]
    if current_user.is_operator:
        addresses.append(url_for("tenants.wards_page"))
    if len(addresses) == 1:
        return redirect(addresses[0], 303)
    return render_template("tenants/home.html", places=places, units=units)


@bp.get("/w/<ward>/")
@needs(Permission.SEE_OWN_CARDS)
def ward_home() -> Response:
    """The ward's front door; the board knows where each person begins."""
    return see_other(url_for("tasks.start"))


@bp.get("/permissions")
@needs(SIGNED_IN)
def permissions_page() -> str:
    """Who may do what, drawn from the table the checks use."""
    return render_template(
        "tenants/permissions.html", table=TABLE, roles=ROLE_TEXTS, permissions=PERMISSION_TEXTS
    )


@bp.get("/w/<ward>/people")
@needs(Permission.MANAGE_PEOPLE)
def people_page() -> str:
    """The ward's agencies and people."""
    form = InviteForm()
    form.agency.data = request.args.get("agency", "")
    return _people(form, AgencyForm())


def _people(invite_form: InviteForm, agency_form: AgencyForm, why: str = "") -> str:
    known = agencies()
    invite_form.agency.choices = [("", _("Không thuộc cơ quan nào"))] + [
        (str(agency.id), agency.name) for agency in known
    ]
    return render_template(
        "tenants/people.html",
        agencies=known,
        people=people(),
        lonely={agency.id for agency in agencies_without_people()},
        steps=first_steps(),
        invite_form=invite_form,
        agency_form=agency_form,
        why=why,
        roles=ROLE_TEXTS,
        Role=Role,
    )


@bp.post("/w/<ward>/people")
@needs(Permission.MANAGE_PEOPLE)
@of_adults
def add_person() -> ResponseReturnValue:
    """Give somebody a hat; an invitation leaves by e-mail when they have no account."""
    form = InviteForm()
    if not form.validate():
        return _people(form, AgencyForm(formdata=None)), 422
    try:
        contact = let_in(
            session_as("auth"),
            place=current_ward().office,
            name=form.name.data,
            title=form.title.data or "",
            email=form.email.data,
            phone=form.phone.data,
            role=Role(form.role.data),
            agency_id=_chosen_agency(form.agency.data),
            now=utc_now(),
        )
    except Refused as refusal:
        drop()  # the page shows the ward as it is, not with half of what was refused
        return _people(form, AgencyForm(formdata=None), refusal.why), refusal.status
    ring_after_commit("accounts.send_mail")
    return see_other(
        url_for("tenants.people_page"),
        _("Đã thêm %(name)s. Ai chưa có mật khẩu sẽ nhận thư mời trong ít phút.", name=contact.name),
    )


def _chosen_agency(value: str | None) -> uuid.UUID | None:
    known = {str(agency.id): agency.id for agency in agencies()}
    if value and value not in known:
        raise Refused(_("Cơ quan này không còn. Chọn cơ quan khác."))
    return known.get(value or "")


@bp.post("/w/<ward>/agencies")
@needs(Permission.MANAGE_PEOPLE)
@of_adults
def add_ward_agency() -> ResponseReturnValue:
    """Add an agency to the ward."""
    form = AgencyForm()
    try:
        if not form.validate():
            raise Refused(_("Ghi tên cơ quan."))
        agency = add_agency(form.name.data)
    except Refused as refusal:
        return _people(InviteForm(formdata=None), form, refusal.why), refusal.status
    return see_other(url_for("tenants.people_page"), _("Đã thêm %(name)s.", name=agency.name))


@bp.get("/operator/wards")
@needs(Permission.MANAGE_WARDS)
def wards_page() -> str:
    """All wards of the platform, and a form for a new one."""
    return _wards(WardForm())


def _wards(form: WardForm, why: str = "") -> str:
    auth = session_as("auth")
    units = sorted(auth.scalars(select(OversightUnit)), key=lambda unit: collation_key(unit.name))
    form.unit.choices = [("", _("Chưa có"))] + [(str(unit.id), unit.name) for unit in units]
    wards = sorted(auth.scalars(select(Ward)), key=lambda ward: collation_key(ward.name))
    names = {unit.id: unit.name for unit in units}
    return render_template("tenants/wards.html", wards=wards, units=names, form=form, why=why)


@bp.post("/operator/wards")
@needs(Permission.MANAGE_WARDS)
def open_ward() -> ResponseReturnValue:
    """Open a ward and invite its first coordinator."""
    form, auth = WardForm(), session_as("auth")
    if not form.validate():
        return _wards(form), 422
    try:
        clean_email(form.coordinator_email.data)
        ward = add_ward(auth, _ward_of(form))
        keep_first("auth")
        _invite_first_coordinator(ward, form)
    except Refused as refusal:
        return _wards(form, refusal.why), refusal.status
    ring_after_commit("accounts.send_mail")
    return see_other(url_for("tenants.wards_page"), _("Đã mở %(ward)s.", ward=ward.office))


def _ward_of(form: WardForm) -> Ward:
    return Ward(
        slug=form.slug.data,
        name=form.name.data.strip(),
        kind=form.kind.data,
        province=form.province.data or "",
        oversight_unit_id=_chosen_unit(form.unit.data),
        created_at=utc_now(),
    )


def _chosen_unit(value: str | None) -> int | None:
    known = {str(unit_id): unit_id for unit_id in session_as("auth").scalars(select(OversightUnit.id))}
    if value and value not in known:
        raise Refused(_("Cơ quan theo dõi này không còn. Chọn cơ quan khác."))
    return known.get(value or "")


def _invite_first_coordinator(ward: Ward, form: WardForm) -> None:
    enter_ward(ward.id)
    let_in(
        session_as("auth"),
        place=ward.office,
        name=form.coordinator_name.data,
        email=form.coordinator_email.data,
        role=Role.COORDINATOR,
        agency_id=None,
        now=utc_now(),
    )
