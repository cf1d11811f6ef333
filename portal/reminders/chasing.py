"""The chasing letter: an agency's overdue cards as a draft công văn; a letter of request where nothing may be ordered.

The ward's committee assigns to its own units and only requests of the Front and the mass organisations (domain.md c),
so these get other words. Nothing anybody typed is in it: the plan's own titles, numbers, sections and dates.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from portal.errors import Refused
from portal.official_document import Block, Grid, OfficialDocument, as_docx, for_the_committee
from portal.reminders.queries import late_cards
from portal.tasks.card import Card
from portal.tasks.doer import Doer
from portal.tasks.plan_title import plan_title
from portal.tasks.recording import record
from portal.tasks.timeliness import last_day
from portal.tenants.agency import Agency
from portal.tenants.queries import signer
from portal.tenants.ward import Ward
from portal.wording import full_date

#: Days the agency is given to answer.
_ANSWER = timedelta(days=5)

#: How the date and what has passed since are called of an order, and of a request.
_DATES = (("Thời hạn", "Quá hạn (ngày)"), ("Ngày đề nghị", "Đã qua (ngày)"))

#: Centimetres: order, duty, where it stands in the plan, date, days late.
_WIDTHS = (1.0, 6.9, 3.3, 2.9, 2.4)


def late_cards_of(agency: Agency, today: date) -> list[Card]:
    """The agency's overdue cards, the latest first. Raises Refused when there is nothing to chase."""
    found = [card for card in late_cards(today) if card.agency_id == agency.id]
    if not found:
        raise Refused(_("Cơ quan này không có việc quá hạn, nên không cần công văn."), status=409)
    return sorted(found, key=lambda card: (card.due_on or today, card.number))


def chasing_letter(ward: Ward, agency: Agency, cards: Sequence[Card], today: date) -> bytes:
    """The draft as .docx."""
    requested = agency.mode == "request"
    title, name = signer()
    return as_docx(
        OfficialDocument(
            issuer=f"ỦY BAN NHÂN DÂN\n{ward.full_name.upper()}",
            symbol="UBND-VHXH",
            place=ward.name,
            day=today,
            subject=_subject(requested),
            to=(agency.name,),
            body=_body(ward, agency, cards, today),
            copies=("Như trên", "Chủ tịch, các Phó Chủ tịch UBND (để báo cáo)", "Lưu: VT, VHXH"),
            signed_for=for_the_committee(title),
            signer_title=title,
            signer_name=name,
        )
    )


def _subject(requested: bool) -> str:
    if requested:
        return "phối hợp thực hiện nhiệm vụ công tác trẻ em đã quá thời gian đề nghị"
    return "đôn đốc thực hiện nhiệm vụ công tác trẻ em quá hạn"


def _body(ward: Ward, agency: Agency, cards: Sequence[Card], today: date) -> tuple[Block, ...]:
    requested, until = agency.mode == "request", full_date(today + _ANSWER)
    plan = f"Kế hoạch bảo vệ, chăm sóc trẻ em năm {today.year} của UBND {ward.full_name}"
    grid = Grid(
        heads=("TT", "Nhiệm vụ", "Nơi ghi trong kế hoạch", *_DATES[requested]),
        rows=tuple(_row(n, card, today) for n, card in enumerate(cards, start=1)),
        widths=_WIDTHS,
    )
    if requested:
        return (
            f"Thực hiện {plan}, UBND {ward.full_name} đã đề nghị {agency.name} phối hợp. "
            f"Đến ngày {full_date(today)}, {len(cards)} nhiệm vụ sau chưa có kết quả phản hồi:",
            grid,
            f"UBND {ward.full_name} trân trọng đề nghị {agency.name} quan tâm, phối hợp thực hiện và cho biết kết quả "
            f"hoặc khó khăn, vướng mắc trước ngày {until}.",
            "Rất mong nhận được sự phối hợp của quý cơ quan./.",
        )
    return (
        f"Thực hiện {plan}, đến ngày {full_date(today)}, {agency.name} còn {len(cards)} nhiệm vụ quá hạn:",
        grid,
        f"UBND {ward.full_name} yêu cầu {agency.name} khẩn trương thực hiện, cập nhật kết quả và minh chứng, báo cáo "
        f"lý do chậm trễ, khó khăn, vướng mắc (nếu có) trước ngày {until}.",
        f"Yêu cầu {agency.name} nghiêm túc thực hiện./.",
    )


def _row(n: int, card: Card, today: date) -> tuple[str, ...]:
    assert card.due_on is not None
    last = last_day(card.due_on, card.due_exclusive)
    said = plan_title(card) or f"Việc số {card.number}"
    return str(n), said, card.locator or card.section, f"{last:%d/%m/%Y}", str((today - last).days)


def log_chasing(cards: Sequence[Card], by: Doer, now: datetime) -> None:
    """Write on every card that a letter names it."""
    for card in cards:
        record(card, "chased", by, now)
