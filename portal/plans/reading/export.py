"""A reading as JSON for the command line and for scoring, in one fixed shape."""

from typing import Any

from portal.plans.reading.agencies.groups import catalogue_name
from portal.plans.reading.document import Metadata
from portal.plans.reading.duty import AgencyRef, Duty, Indicator, PlanReading, Recurrence, TargetReading

Json = dict[str, Any]


def to_json(reading: PlanReading) -> Json:
    """Return the reading as plain JSON values: metadata, targets, activities, tasks, skipped."""
    own = [target for target in reading.targets if not target.hidden]
    hidden = [target for target in reading.targets if target.hidden]
    return {
        "format_version": 1,
        "metadata": _metadata(reading.metadata),
        "targets": [{"id": f"g{n}", **_target(target)} for n, target in enumerate(own, start=1)],
        "targets_outside_section_ii": [_target(target) for target in hidden],
        "activities": [
            {
                "section": a.section,
                "heading": a.heading,
                "items": list(a.items),
                "links": [list(x) for x in a.links],
            }
            for a in reading.activities
        ],
        "tasks": [{"id": f"t{n:02d}", **_task(duty)} for n, duty in enumerate(reading.duties, start=1)],
        "counts": _counts(reading.duties),
        "skipped": [{"paragraph": s.paragraph, "text": s.text, "reason": s.reason} for s in reading.skipped],
    }


def _metadata(metadata: Metadata) -> Json:
    values: Json = {
        name: list(value) if isinstance(value, tuple) else value for name, value in vars(metadata).items()
    }
    values["issue_date"] = _iso(metadata.issue_date)
    parent = metadata.parent_plan
    values["parent_plan"] = parent and {**vars(parent), "date": _iso(parent.date)}
    values["legal_refs"] = [
        _legal_ref(ref.number, _iso(ref.date), ref.as_written) for ref in metadata.legal_refs
    ]
    return values


def _legal_ref(number: str, date: str | None, as_written: str | None) -> Json:
    ref: Json = {"no": number, "date": date}
    return {**ref, "as_written": as_written} if as_written else ref


def _target(target: TargetReading) -> Json:
    return {
        "section": target.section,
        "text": target.text,
        "values": [_figure(i.percent) for i in target.indicators if i.percent is not None],
        "indicators": [_indicator(indicator) for indicator in target.indicators],
    }


def _indicator(indicator: Indicator) -> Json:
    return {
        **vars(indicator),
        "percent": _figure(indicator.percent),
        "value": _figure(indicator.value),
    }


def _task(duty: Duty) -> Json:
    due = duty.due
    return {
        "agency": next(iter(_names(duty.agencies)), None),
        "agencies": _names(duty.agencies),
        "agency_as_written": duty.agency_as_written,
        "agency_path": list(duty.agency_path),
        "section": duty.section,
        "block": duty.block,
        "kind": duty.shape,
        "mode": duty.mode,
        "title": duty.title,
        "text": duty.text,
        "suggested_due": _iso(due.date),
        "due_raw": due.raw,
        "due_exclusive": due.exclusive,
        "due_start": _iso(due.start),
        "due_precision": due.precision,
        "due_time": due.time,
        "due_relative": due.relative,
        "due_event": due.event,
        "due_occurrences": [_iso(day) for day in due.occurrences],
        "recurrence": _recurrence(duty.recurrence),
        "co_agencies": _names(duty.supporting),
        "output": duty.product,
        "locator": duty.locator,
        "paragraph": duty.paragraph,
        "spans": [list(span) for span in duty.spans],
        "sha256": duty.sha256,
        "confidence": duty.confidence,
    }


def _recurrence(recurrence: Recurrence | None) -> Json | None:
    if recurrence is None:
        return None
    values: Json = {
        "freq": recurrence.freq,
        "raw": recurrence.raw,
        "occurrences": [_iso(day) for day in recurrence.occurrences],
    }
    if recurrence.by_month_day is not None:
        values["by_month_day"] = recurrence.by_month_day
    if recurrence.by_weekday is not None:
        values["by_weekday"] = recurrence.by_weekday
    return values


def _counts(duties: list[Duty]) -> Json:
    by_agency: dict[str, int] = {}
    for duty in duties:
        for name in _names(duty.agencies):
            by_agency[name] = by_agency.get(name, 0) + 1
    return {
        "total_tasks": len(duties),
        "total_blocks": len({duty.block for duty in duties}),
        "by_agency": by_agency,
        "with_due": sum(duty.due.date is not None for duty in duties),
        "with_recurrence": sum(duty.recurrence is not None for duty in duties),
    }


def _names(agencies: tuple[AgencyRef, ...]) -> list[str]:
    return list(dict.fromkeys(catalogue_name(ref) for ref in agencies))


def _figure(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


def _iso(day: object) -> str | None:
    return str(day) if day is not None else None
