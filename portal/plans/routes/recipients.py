"""The page on which many people to write to are added: from a spreadsheet, or beside agencies of a plan."""

import io
import json
import uuid
from dataclasses import asdict

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import files
from portal.errors import Refused
from portal.pages import see_other
from portal.permits import needs, of_adults
from portal.plans.agency_book import AgencyBook
from portal.plans.recipient_sheet import Recipients, column_words, read_recipients, write_recipients
from portal.plans.recipients_named import missing_recipients
from portal.plans.routes.blueprint import bp
from portal.plans.routes.sheet_upload import SHEET_BYTES, XLSX, sheet_sent
from portal.security import takes_up_to
from portal.tenants.access import Permission
from portal.tenants.agency import Agency
from portal.tenants.contacting import Typed, add_contact
from portal.tenants.entrance import current_ward
from portal.tenants.queries import agencies

_FIELDS = ("name", "title", "email", "phone")


@bp.get("/w/<ward>/recipients")
@needs(Permission.MANAGE_PEOPLE)
def recipients_page() -> str:
    """Agencies nobody is written to of, those the plan names under "Nơi nhận" first; a spreadsheet to send in."""
    return _page()


recipients_page.bar_item = "tenants.people_page"  # type: ignore[attr-defined]


def _page(why: str = "") -> str:
    return render_template(
        "plans/recipients.html",
        missing=missing_recipients(),
        why=why,
        typed=request.form,
        columns=column_words(),
    )


@bp.get("/w/<ward>/recipients.xlsx")
@needs(Permission.MANAGE_PEOPLE)
def recipients_book() -> Response:
    """The spreadsheet to fill in."""
    name = f"nguoi-nhan-tin-{current_ward().slug}.xlsx"
    return files.as_download(io.BytesIO(write_recipients(agencies())), name, XLSX)


@bp.post("/w/<ward>/recipients.xlsx")
@needs(Permission.MANAGE_PEOPLE)
@takes_up_to(SHEET_BYTES)
def look_at_recipients() -> ResponseReturnValue:
    """Show whom the spreadsheet (field `file`) would add; nobody is added yet."""
    try:
        found = _read()
    except Refused as refusal:
        return _page(refusal.why), refusal.status
    return render_template("plans/recipients_seen.html", found=found, columns=column_words())


def _read() -> Recipients:
    found = read_recipients(sheet_sent(_("Chọn tệp danh sách người nhận tin (.xlsx).")), AgencyBook())
    if found is None or not (found.offers or found.problems):
        raise Refused(
            _("Không thấy ai trong tệp. Cần hàng tiêu đề có cột “Cơ quan” và “E-mail” hoặc “Số di động”.")
        )
    return found


@bp.post("/w/<ward>/recipients")
@needs(Permission.MANAGE_PEOPLE)
@of_adults
def add_recipients() -> ResponseReturnValue:
    """Add whoever was ticked (fields `take`), or typed beside an agency (fields `email-ID`, `phone-ID`, …)."""
    known = {str(agency.id): agency for agency in agencies()}
    added, refused = 0, []
    for agency, typed in [*_ticked(known), *_typed_beside(known)]:
        try:
            add_contact(agency, typed)
            added += 1
        except Refused as refusal:
            refused.append(f"{agency.short_name}: {refusal.why}")
    if not added:
        return _page(" ".join(refused) or _("Ghi e-mail hoặc số di động của ít nhất một cơ quan.")), 422
    told = _("Đã thêm %(n)s người nhận tin.", n=added)
    return see_other(url_for("plans.recipients_page"), " ".join([told, *refused]))


def _ticked(known: dict[str, Agency]) -> list[tuple[Agency, Typed]]:
    """The ticked rows of the preview. Raises Refused when one is not as the page wrote it."""
    found = []
    for one in request.form.getlist("take"):
        try:
            said = json.loads(one[:2_000])
            found.append(
                (known[str(uuid.UUID(said["agency"]))], Typed(*(str(said[name]) for name in _FIELDS)))
            )
        except (ValueError, KeyError, TypeError):
            raise Refused(_("Hàng đã chọn không đọc được. Gửi lại tệp.")) from None
    return found


def _typed_beside(known: dict[str, Agency]) -> list[tuple[Agency, Typed]]:
    found = [
        (agency, Typed(*(request.form.get(f"{name}-{key}", "") for name in _FIELDS)))
        for key, agency in known.items()
    ]
    return [(agency, typed) for agency, typed in found if any(asdict(typed).values())]
