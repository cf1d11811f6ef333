"""Records as JSON or CSV. No cell of a CSV is a formula to any spreadsheet (security.md C51)."""

import csv
import io
import json
import re
from collections.abc import Iterable
from datetime import date

from portal.reports.open_data.records import Dataset, Record, Value
from portal.reports.unit.unit_figures import UnitFigures

#: By the ending of an address what the answer is.
MEDIA_TYPES = {"json": "application/json; charset=utf-8", "csv": "text/csv; charset=utf-8"}

#: How a text begins that some spreadsheet would calculate, whatever cannot be seen before it.
_FORMULA = re.compile("[\ufeff\x00-\x20\u200b-\u200f]*[=+\\-@|%＝＋－＠]")

#: So that spreadsheets read the letters as UTF-8.
_BYTE_ORDER_MARK = "\ufeff"


def serialised(figures: UnitFigures, dataset: Dataset, ending: str) -> bytes:
    """The dataset of a report in the form that an address ends with."""
    records = list(dataset.records(figures))
    return _json(figures, dataset, records) if ending == "json" else _csv(dataset, records)


def _json(figures: UnitFigures, dataset: Dataset, records: list[Record]) -> bytes:
    period = figures.period
    said = {
        "unit": figures.unit,
        "period": period.code,
        "period_start": _day(period.start),
        "period_end": _day(period.end),
        "dataset": dataset.name,
        "records": records,
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _day(day: date) -> str:
    return day.isoformat()


def _csv(dataset: Dataset, records: Iterable[Record]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(dataset.fields)
    for record in records:
        writer.writerow([_cell(record[name]) for name in dataset.fields])
    return (_BYTE_ORDER_MARK + file.getvalue()).encode()


def _cell(value: Value) -> Value:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
