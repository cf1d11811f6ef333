"""What a unit's own system can be told, and in which words: numbers, codes, moments and an address; never a text."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.letter import public_address
from portal.tenants.oversight_unit import OversightUnit
from portal.tenants.report_period import report_periods, reporting_year
from portal.wording import local_day

FIGURES, CLOSED, REPORT, TEST = "figures.published", "period.closed", "report.received", "webhook.test"

#: What can be chosen, as people read it.
EVENT_TEXTS = {
    FIGURES: _l("Số liệu mới: xã, phường nào vừa có số liệu khác trước"),
    CLOSED: _l("Chốt kỳ: số liệu của kỳ vừa kết thúc đã giữ cố định"),
    REPORT: _l("Báo cáo đến: xã, phường nào vừa gửi báo cáo kỳ nào"),
}

#: The same for those who write programs (openapi.py).
EVENT_MEANINGS = {
    FIGURES: "Published figures of the wards listed differ from what was told before. At most one a minute.",
    CLOSED: "The counts of the periods that ended on this day are frozen.",
    REPORT: "Wards sent in reports.",
    TEST: "Somebody pressed 'send a test'. It is tried once.",
}

#: Wards named in one message; when more changed, `complete` is false and all are to be read.
MOST_WARDS = 1000


def figures_body(unit: OversightUnit, wards: Mapping[int, datetime], now: datetime) -> str:
    """Of these wards the published figures changed, last at these moments."""
    code = f"{reporting_year(local_day(now))}-year"
    named = [
        {"ward_id": ward_id, "as_of": _moment(as_of)} for ward_id, as_of in sorted(wards.items())[:MOST_WARDS]
    ]
    about = {"period": code, "wards": named, "complete": len(wards) <= MOST_WARDS}
    return _body(FIGURES, unit, {**about, "href": _data(code)}, now)


def closed_body(unit: OversightUnit, day: date, now: datetime) -> str:
    """The periods that ended on this day are closed."""
    codes = [one.code for one in report_periods(day.year) if one.end == day]
    periods = [{"period": code, "href": _data(code)} for code in codes]
    return _body(CLOSED, unit, {"period_end": day.isoformat(), "periods": periods}, now)


def report_body(unit: OversightUnit, reports: Sequence[tuple[int, str, int, datetime]], now: datetime) -> str:
    """Reports came in: of which ward, period and edition, and when."""
    named = [
        {"ward_id": ward_id, "period": code, "edition": edition, "received_at": _moment(sent_at)}
        for ward_id, code, edition, sent_at in reports
    ]
    return _body(REPORT, unit, {"reports": named}, now)


def trial_body(unit: OversightUnit, now: datetime) -> str:
    """Nothing happened; somebody wants to see whether messages arrive."""
    return _body(TEST, unit, {"href": public_address("reports.open_data_periods")}, now)


def _body(event: str, unit: OversightUnit, data: Mapping[str, Any], now: datetime) -> str:
    said = {"type": event, "timestamp": _moment(now), "data": {"unit_id": unit.id, "unit": unit.name, **data}}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _data(code: str) -> str:
    return public_address("reports.open_data", code=code, name="wards", ending="json")


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
