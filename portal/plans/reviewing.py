"""A person corrects what a plan proposes, saved as they go; two people at once lose nothing they typed."""

import uuid
from collections.abc import Iterable
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.dates import parse_day
from portal.errors import Refused
from portal.plans.agency_book import AgencyBook
from portal.plans.document import NUMBER_LENGTH, bare_number
from portal.plans.forms import TypedCard, TypedHead, joined_names, parted_names
from portal.plans.plan import Plan, PlanState
from portal.plans.proposed_card import ProposedCard
from portal.plans.reading.deadlines.recurring import repeat_in
from portal.plans.reading.deadlines.timeframe import Timeframe
from portal.tasks.adding import clean_title
from portal.text import spelling
from portal.wording import full_date

_NOTE_LENGTH, _NAME_LENGTH = 120, 150

#: UBND assigns to its own units, and may only request of the Front and mass organisations.
MODE_TEXTS = {"assign": _l("Giao"), "request": _l("Đề nghị")}

#: The reader's name for what each field of the form shows.
_DOUBTS = {"title": "text", "agency": "agency", "due": "due"}

#: Those, as people say them.
DOUBT_TEXTS = {"text": _l("nội dung"), "agency": _l("cơ quan"), "due": _l("hạn")}


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


def recurrence_value(card: ProposedCard) -> str:
    """How the card comes back, in the words of the plan or of a person."""
    return str((card.recurrence or {}).get("raw") or "")


def supporting_value(card: ProposedCard) -> str:
    """Who helps, as the form's field holds it."""
    return joined_names(card.supporting)


def doubted(card: ProposedCard) -> str:
    """The fields of the card that somebody should look at, as people say them."""
    return ", ".join(str(DOUBT_TEXTS[name]) for name in card.unsure if name in DOUBT_TEXTS)


def edit(card: ProposedCard, typed: TypedCard, book: AgencyBook, year: int) -> None:
    """Keep what somebody changed in a row (`year` is meant when a day is typed without one).

    Raises Refused: 409 when another person changed the same field meanwhile, 422 when a value cannot be used.
    """
    stored = _stored(card)
    changed = [name for name in stored if typed.changed(name) and typed[name] != stored[name]]
    if any(stored[name] != typed.stood[name] for name in changed):
        raise Refused(_overtaken(card), status=409)
    if "title" in changed:
        card.title = clean_title(typed["title"])
    if "due" in changed:
        set_due(card, typed_day(typed["due"], year) if typed["due"] else None)
    if "agency" in changed:
        hand_to(card, typed["agency"], book)
    if "mode" in changed:
        card.mode = _mode(typed["mode"])
    if "recurrence" in changed:
        card.recurrence = noted_recurrence(typed["recurrence"], year)
    if "supporting" in changed:
        card.supporting = parted_names(typed["supporting"])
    card.looked_at(*(_DOUBTS[name] for name in changed if name in _DOUBTS))


def _stored(card: ProposedCard) -> dict[str, str]:
    return {
        "title": card.title,
        "agency": agency_value(card),
        "due": due_value(card),
        "mode": card.mode,
        "recurrence": recurrence_value(card),
        "supporting": supporting_value(card),
    }


def noted_recurrence(words: str, year: int) -> dict[str, object] | None:
    """What a person noted about how a duty comes back; its rhythm where the words say one."""
    if len(words) > _NOTE_LENGTH:
        raise Refused(_("Ghi chú lặp lại quá dài. Ví dụ: hằng quý."))
    if not words:
        return None
    found = repeat_in(spelling(words), Timeframe(year, None))
    return {"freq": found.recurrence.freq if found else "noted", "raw": words, "occurrences": []}


def check(card: ProposedCard) -> None:
    """Somebody looked at the card and found it right: no field of it is in doubt any more."""
    card.unsure = []


def set_due(card: ProposedCard, day: date | None) -> None:
    """Give the card a date of the person's own, so that it is the last day itself."""
    card.due_on, card.due_exclusive = day, False
    card.looked_at("due")


def accept_suggestion(card: ProposedCard) -> bool:
    """Make the suggested date the card's own; False when it has a date or none was suggested."""
    if card.suggested_on is None or not card.lacks_date:
        return False
    set_due(card, card.suggested_on)
    return True


def set_all_undated(cards: Iterable[ProposedCard], day: date) -> int:
    """Give one date to every card without one; how many those were."""
    undated = [card for card in cards if card.lacks_date]
    for card in undated:
        set_due(card, day)
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
    number = bare_number(typed.number)
    if len(number) > NUMBER_LENGTH:
        raise Refused(_("Số văn bản quá dài. Ví dụ: 35."))
    issued_on = typed_day(typed.day, year) if typed.day else None
    plan.number, plan.issued_on = number, issued_on


def hand_to(card: ProposedCard, value: str, book: AgencyBook) -> None:
    """Give the card to an agency the ward has, or to one that confirming will add."""
    if value.startswith("new:"):
        name = value.removeprefix("new:").strip()
        if len(name) > _NAME_LENGTH:
            raise Refused(_("Tên cơ quan quá dài. Rút còn dưới 150 ký tự."))
        agency = book.known(name) if name else None
        if agency is None:
            card.agency_id, card.agency_name = None, name
            return
    else:
        agency = next((one for one in book.agencies if one.id == _uuid(value)), None)
    if agency is None:
        raise Refused(_("Cơ quan này không còn. Chọn cơ quan khác."))
    card.agency_id, card.agency_name, card.mode = agency.id, agency.name, agency.mode


def _mode(value: str) -> str:
    if value not in MODE_TEXTS:
        raise Refused(_("Chọn giao hoặc đề nghị."))
    return value


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
