"""A person corrects what a plan proposes, saved as they go; two people at once lose nothing they typed."""

import uuid
from collections.abc import Iterable
from datetime import date

from flask_babel import gettext as _

from portal.dates import parse_day
from portal.errors import Refused
from portal.plans.forms import TypedCard, TypedHead
from portal.plans.plan import Plan, PlanState
from portal.plans.proposed_card import ProposedCard
from portal.tasks.adding import clean_title
from portal.tenants.agency import Agency
from portal.text import nfc, normalise_spaces
from portal.wording import full_date

_NUMBER_LENGTH = 20


def refuse_unless_open(plan: Plan) -> None:
    """Raises Refused (409) when the plan's cards are on the board already, or it is not read yet."""
    if plan.standing is PlanState.CONFIRMED:
        raise Refused(_("Kế hoạch đã giao việc. Sửa tiếp trên bảng việc."), status=409)
    if plan.standing is not PlanState.REVIEW:
        raise Refused(_("Kế hoạch chưa đọc xong. Đợi một lát rồi tải lại trang."), status=409)


def agency_value(card: ProposedCard) -> str:
    """What stands for the card's agency in a form: the id of one the ward has, or the name of a new one."""
    return str(card.agency_id) if card.agency_id else f"new:{card.agency_name}"


def due_value(card: ProposedCard) -> str:
    """The card's date as the form shows it."""
    return full_date(card.due_on) if card.due_on else ""


def edit(card: ProposedCard, typed: TypedCard, known: Iterable[Agency], year: int, by: str) -> None:
    """Keep what somebody changed in a row: title, agency, date (`year` is meant when none is typed).

    Raises Refused: 409 when another person changed the same field meanwhile, 422 when a value cannot be used.
    """
    stored = {"title": card.title, "agency": agency_value(card), "due": due_value(card)}
    changed = [name for name in stored if typed.changed(name) and getattr(typed, name) != stored[name]]
    for name in changed:
        if stored[name] != getattr(typed, f"{name}_was"):
            raise Refused(_overtaken(card), status=409)
    if "title" in changed:
        card.title = clean_title(typed.title)
    if "due" in changed:
        set_due(card, typed_day(typed.due, year) if typed.due else None)
    if "agency" in changed:
        _hand_to(card, typed.agency, known)
    if changed:
        card.changed_by = by


def set_due(card: ProposedCard, day: date | None) -> None:
    """Give the card a date of the person's own, so that it is the last day itself."""
    card.due_on, card.due_exclusive = day, False


def accept_suggestion(card: ProposedCard, by: str) -> bool:
    """Make the suggested date the card's own; False when it has a date or none was suggested."""
    if card.suggested_on is None or not card.lacks_date:
        return False
    set_due(card, card.suggested_on)
    card.changed_by = by
    return True


def set_all_undated(cards: Iterable[ProposedCard], day: date, by: str) -> int:
    """Give one date to every card without one; how many those were."""
    undated = [card for card in cards if card.lacks_date]
    for card in undated:
        set_due(card, day)
        card.changed_by = by
    return len(undated)


def typed_day(typed: str, year: int) -> date:
    """The day somebody typed. Raises Refused with an example when it is none."""
    try:
        return parse_day(typed, year)
    except ValueError:
        why = _("Chưa hiểu ngày “%(typed)s”. Gõ như 24/5 hoặc 24/05/%(year)s.", typed=typed, year=year)
        raise Refused(why) from None


def fill_head(plan: Plan, typed: TypedHead, year: int) -> None:
    """Fill in the number and the day the document left blank. Raises Refused when the day is none."""
    number = normalise_spaces(nfc(typed.number)).split("/", 1)[0].strip()
    if len(number) > _NUMBER_LENGTH:
        raise Refused(_("Số văn bản quá dài. Ví dụ: 35."))
    issued_on = typed_day(typed.day, year) if typed.day else None
    plan.number, plan.issued_on = number, issued_on


def _hand_to(card: ProposedCard, value: str, known: Iterable[Agency]) -> None:
    """Give the card to an agency the ward has, or to one that confirming will add."""
    if value.startswith("new:"):
        name = value.removeprefix("new:").strip()
        card.agency_id, card.agency_name = None, name
        return
    agency = next((one for one in known if one.id == _uuid(value)), None)
    if agency is None:
        raise Refused(_("Cơ quan này không còn. Chọn cơ quan khác."))
    card.agency_id, card.agency_name, card.mode = agency.id, agency.name, agency.mode


def _uuid(value: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(value)
    except ValueError:
        return None


def _overtaken(card: ProposedCard) -> str:
    return _(
        "%(name)s vừa sửa việc này: “%(title)s”, hạn %(due)s. Bấm Lưu để dùng bản của mình.",
        name=card.changed_by or _("Người khác"),
        title=card.title,
        due=due_value(card) or _("chưa có"),
    )
