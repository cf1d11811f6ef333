"""The whole board as a spreadsheet: taken away, brought back, looked at, and only then applied."""

import io
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import files
from portal.db import utc_now
from portal.doorbell import ring_after_commit
from portal.errors import Refused
from portal.pages import see_other, today
from portal.permits import needs
from portal.plans.agency_book import AgencyBook
from portal.plans.board_row import BoardRow, board_rows, column_names
from portal.plans.queries import every_agency, every_card, every_support
from portal.plans.reading.formats.spreadsheet import Sheet
from portal.plans.routes.blueprint import bp
from portal.plans.routes.sheet_upload import SHEET_BYTES, XLSX, sheet_sent
from portal.plans.sheet_applying import carry_out, wishes
from portal.plans.sheet_comparing import SheetComparison, SheetDifferences
from portal.plans.spreadsheet import write_board
from portal.security import takes_up_to
from portal.tasks.queries import unreadable_ids
from portal.tenants.access import Permission
from portal.tenants.entrance import current_actor, current_ward
from portal.wording import full_date


@bp.get("/w/<ward>/board.xlsx")
@needs(Permission.SEE_ALL_CARDS)
def board_book() -> Response:
    """The board as a download; a print-ready sheet whose dates, titles and agencies can be edited and sent back."""
    ward, day = current_ward(), today()
    title = _(
        "Bảng việc bảo vệ, chăm sóc trẻ em · %(ward)s · %(day)s", ward=ward.full_name, day=full_date(day)
    )
    book = io.BytesIO(write_board(_rows(), title))
    return files.as_download(book, f"bang-viec-{ward.slug}-{day:%Y-%m-%d}.xlsx", XLSX)


@bp.post("/w/<ward>/board.xlsx")
@needs(Permission.ASSIGN_CARDS)
@takes_up_to(SHEET_BYTES)
def compare_board_book() -> ResponseReturnValue:
    """Show what the edited spreadsheet (field `file`) would change; nothing changes yet."""
    try:
        return _page(found=_differences(sheet_sent(_("Chọn tệp bảng việc (.xlsx) đã sửa."))))
    except Refused as refusal:
        return _page(why=refusal.why), refusal.status


@bp.post("/w/<ward>/board/changes")
@needs(Permission.ASSIGN_CARDS)
def change_board() -> ResponseReturnValue:
    """Carry out the ticked changes (fields `take`); pressing twice changes nothing more."""
    wanted = wishes(request.form.getlist("take"))
    carried = carry_out(wanted, current_actor(), utc_now())
    if carried.done:
        ring_after_commit("rollups.publish_changed")
    told = [_("Đã sửa %(n)s việc.", n=len(carried.done)) if carried.done else _("Không có gì để sửa thêm.")]
    if carried.overtaken:
        numbers = ", ".join(str(number) for number in sorted(carried.overtaken))
        told.append(_("Người khác vừa sửa nên để nguyên: việc số %(numbers)s.", numbers=numbers))
    return see_other(url_for("tasks.board", view="list"), " ".join(told))


def _differences(sheet: Sheet) -> SheetDifferences:
    book = AgencyBook()

    def name_of(written: str) -> str | None:
        agency = book.known(written)
        return agency.name if agency else None

    found = SheetComparison(_rows(), name_of, today().year).differences(sheet)
    if found is None or not found.rows:
        raise Refused(
            _("Đây không phải bảng việc tải xuống từ đây. Tải bảng xuống, sửa trên tệp đó rồi gửi lại.")
        )
    if not found.known and len({one.why for one in found.problems}) == 1:
        raise Refused(found.problems[0].why)
    return found


def _rows() -> list[BoardRow]:
    cards = every_card()
    hidden = unreadable_ids(current_actor(), [card.id for card in cards if card.confidential])
    return board_rows(cards, every_support(), every_agency(), hidden)


def _page(found: SheetDifferences | None = None, why: str = "") -> str:
    shown: dict[str, Any] = {"found": found, "why": why, "columns": column_names()}
    return render_template("plans/board_book.html", **shown)
