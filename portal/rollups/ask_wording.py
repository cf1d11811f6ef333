"""The words of what a unit asks: on its pages, and on the card that a ward gets."""

from flask_babel import gettext as _

from portal.rollups.unit_ask import EXPLAIN, REMIND, REPORT, UnitAsk
from portal.rollups.ward_rollup import OTHER_KIND
from portal.tenants.catalogue import AGENCY_KINDS
from portal.tenants.report_period import report_period
from portal.wording import full_date


def kinds_said() -> dict[str, str]:
    """The kinds by their names."""
    return {REMIND: _("Nhắc"), EXPLAIN: _("Yêu cầu giải trình"), REPORT: _("Yêu cầu báo cáo")}


def sentences_said() -> dict[tuple[str, str], str]:
    """What can be asked, by kind and sentence."""
    return {
        (REMIND, "overdue"): _("Đẩy nhanh việc quá hạn"),
        (REMIND, "accept"): _("Tiếp nhận việc đã giao"),
        (REMIND, "figures"): _("Báo cáo số liệu chỉ tiêu"),
        (EXPLAIN, "overdue"): _("Giải trình việc quá hạn, nêu ngày sẽ xong"),
        (EXPLAIN, "slow"): _("Giải trình tiến độ chậm, nêu cách khắc phục"),
        (EXPLAIN, "figures"): _("Giải trình chỉ tiêu chưa đạt hoặc chưa báo cáo"),
    }


def said(ask: UnitAsk) -> str:
    """What one ask says, with the period of a report and the agencies it is about."""
    if ask.period_code:
        period = report_period(ask.period_code).name
        if ask.kind == REMIND:
            return _("Nhắc gửi báo cáo: %(period)s", period=period)
        return _("Gửi báo cáo: %(period)s", period=period)
    words = sentences_said()[ask.kind, ask.sentence]
    return f"{words} ({agency_said(ask.agency_kind)})" if ask.agency_kind else words


def agency_said(code: str) -> str:
    """The kind of agency an ask is about."""
    return _("Cơ quan khác") if code == OTHER_KIND else AGENCY_KINDS[code].name


def card_title(ask: UnitAsk, unit: str) -> str:
    """`TP Thử: Giải trình việc quá hạn, nêu ngày sẽ xong (Công an phường)`."""
    return f"{unit}: {said(ask)}"


def card_text(ask: UnitAsk, unit: str) -> str:
    """Who asks, and by when; the figures themselves stand on the ward's own board."""
    return _(
        "%(unit)s gửi yêu cầu này qua trang tổng hợp. Hạn trả lời: %(day)s. Trả lời ở phần kết quả của việc này; "
        "cơ quan cấp trên chỉ thấy ngày trả lời, không thấy nội dung, trừ câu trả lời chính thức mà lãnh đạo phường "
        "gửi.",
        unit=unit,
        day=full_date(ask.due_on),
    )
