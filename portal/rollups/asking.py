"""A unit asks its wards: rows are published for them, and each ward's own job makes a card of its row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import Integer, bindparam, select
from sqlalchemy.orm import Session

from portal.dates import parse_day
from portal.db import new_id
from portal.errors import NotFound, Refused
from portal.rollups.unit_ask import REPORT, SENTENCES, UnitAsk
from portal.rollups.ward_rollup import OTHER_KIND
from portal.tenants.catalogue import AGENCY_KINDS
from portal.tenants.report_period import report_period
from portal.wording import full_date

_UNIT = bindparam("unit_id", type_=Integer)
_LATEST = select(UnitAsk).where(UnitAsk.unit_id == _UNIT).order_by(UnitAsk.asked_at.desc(), UnitAsk.id)


@dataclass(frozen=True)
class Asked:
    """What is asked, the same of every ward."""

    kind: str
    sentence: str
    due_on: date
    agency_kind: str = ""
    period_code: str = ""

    @classmethod
    def of(cls, form: Mapping[str, str], today: date) -> "Asked":
        """What a form says. Raises NotFound for words that are not on the list, Refused for a day gone by."""
        kind, sentence = form.get("kind", ""), form.get("sentence", "")
        if sentence not in SENTENCES.get(kind, ()):
            raise NotFound
        return cls(kind, sentence, due_day(form, today), _kind_of_agency(form.get("agency_kind", "")))

    @classmethod
    def report(cls, form: Mapping[str, str], today: date) -> "Asked":
        """A report of a period by a day. Raises NotFound, Refused."""
        period = report_period(form.get("period", ""))
        return cls(REPORT, "report", due_day(form, today), period_code=period.code)


def due_day(form: Mapping[str, str], today: date) -> date:
    """The day that was typed. Raises Refused."""
    try:
        day = parse_day(form.get("due", ""), today.year)
    except ValueError as error:
        raise Refused(_("Ghi hạn trả lời theo ngày/tháng, ví dụ 25/6.")) from error
    if day < today:
        raise Refused(_("Hạn trả lời đã qua. Chọn từ hôm nay trở đi."))
    return day


def ask(
    auth: Session, city: Session, unit_id: int, ward_ids: Iterable[int], asked: Asked, now: datetime
) -> int:
    """Publish the ask for these wards, which the city's session has entered; how many were asked.

    A ward that still has the same ask open is not asked again. Raises Refused when all have.
    """
    still_open = {
        row.ward_id: row for row in asks_of(city, unit_id) if row.done_at is None and _same(row, asked)
    }
    wanted = [ward_id for ward_id in ward_ids if ward_id not in still_open]
    if not wanted:
        day = max(row.due_on for row in still_open.values()) if still_open else asked.due_on
        raise Refused(
            _("Đã gửi rồi, hạn trả lời %(day)s. Chờ trả lời trước khi gửi lại.", day=full_date(day))
        )
    press_id = new_id()
    auth.add_all(
        UnitAsk(
            ward_id=ward_id,
            unit_id=unit_id,
            press_id=press_id,
            kind=asked.kind,
            sentence=asked.sentence,
            agency_kind=asked.agency_kind,
            period_code=asked.period_code,
            due_on=asked.due_on,
            asked_at=now,
        )
        for ward_id in wanted
    )
    auth.flush()
    return len(wanted)


def asks_of(city: Session, unit_id: int) -> list[UnitAsk]:
    """What the unit asked of the wards entered, the latest first."""
    return list(city.scalars(_LATEST, {"unit_id": unit_id}))


def _same(row: UnitAsk, asked: Asked) -> bool:
    ours = (asked.kind, asked.sentence, asked.agency_kind, asked.period_code)
    return (row.kind, row.sentence, row.agency_kind, row.period_code) == ours


def _kind_of_agency(code: str) -> str:
    if code and code not in AGENCY_KINDS and code != OTHER_KIND:
        raise NotFound
    return code
