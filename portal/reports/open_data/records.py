"""The records of open data: what a program reads of a unit's published figures, field by field, with meanings."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portal.reports.unit.tables import kind_name
from portal.reports.unit.unit_figures import TargetFigures, UnitFigures, WardCounts
from portal.rollups.figures import NAMES
from portal.rollups.part import Part

Value = str | int | float | bool | None
Record = dict[str, Value]

#: Type and meaning of a field, by its name; the document of the interface is written from it (openapi.py).
Fields = dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Dataset:
    """`about`: one sentence; `records`: every record of a report, in a stable order."""

    name: str
    about: str
    fields: Fields
    records: Callable[[UnitFigures], Iterable[Record]]


_WARD: Fields = {
    "ward_id": ("integer", "The ward's number in this system; it never changes, names do."),
    "ward": ("string", "The ward's name."),
}
_MEANINGS = {
    "done_on_time": "Approved; submitted by the due date, or without one.",
    "done_late": "Approved; submitted after the due date.",
    "open_in_time": "Not approved; not submitted too late, and still time to submit.",
    "open_overdue": "Not approved; the due date has passed without a submission, or it was submitted late.",
    "awaiting_approval": "Submitted, neither approved nor returned yet.",
    "without_date": "Tasks without a due date.",
    "extensions": "Extensions granted; one task may have several.",
    "with_evidence": "Tasks with at least one piece of evidence.",
    "not_accepted": "Given to an agency that has not taken them up.",
    "blocked": "Open tasks with an obstacle noted.",
    "answered": "Tasks that their agency has taken up.",
    "answer_minutes": "Minutes from being given to being taken up, summed over the answered tasks.",
}
_COUNTS: Fields = {name: ("integer", _MEANINGS[name]) for name in NAMES}


def _ward(ward: WardCounts) -> Record:
    return {"ward_id": ward.ward_id, "ward": ward.name}


def _wards(figures: UnitFigures) -> Iterable[Record]:
    for ward in figures.wards:
        yield {
            **_ward(ward),
            **ward.figures._asdict(),
            "frozen": figures.frozen,
            "as_of": ward.as_of.isoformat() if ward.as_of else None,
        }


def _counts(figures: UnitFigures) -> Iterable[Record]:
    for ward in figures.wards:
        for code, counted in sorted(ward.by_kind.items()):
            yield {
                **_ward(ward),
                "agency_kind": code,
                "agency_kind_name": kind_name(code),
                **counted._asdict(),
                "frozen": figures.frozen,
            }


def _targets(figures: UnitFigures) -> Iterable[Record]:
    names = {ward.ward_id: ward.name for ward in figures.wards}
    for target in figures.targets:
        yield {"ward_id": None, "ward": None, **_figure(target, target.together)}
        for ward_id, part in sorted(target.by_ward.items()):
            yield {"ward_id": ward_id, "ward": names[ward_id], **_figure(target, part)}


def _figure(target: TargetFigures, part: Part) -> Record:
    return {
        "target": target.text,
        "period_end": target.period_end.isoformat(),
        "measure": target.measure.kind.value,
        "promised": target.measure.said_target,
        "numerator": part.numerator,
        "denominator": part.denominator,
        "hidden": part.hidden,
        "met": target.is_met(part),
    }


_FROZEN: Fields = {"frozen": ("boolean", "Whether the counts are those kept at the close of the period.")}

DATASETS = {
    one.name: one
    for one in (
        Dataset(
            "wards",
            "One record for each ward: all its assigned tasks, each in exactly one of the first four counts.",
            {
                **_WARD,
                **_COUNTS,
                **_FROZEN,
                "as_of": (
                    "string",
                    "When the ward was last counted (ISO 8601), null while it published nothing.",
                ),
            },
            _wards,
        ),
        Dataset(
            "counts",
            "One record for each ward and kind of agency.",
            {
                **_WARD,
                "agency_kind": (
                    "string",
                    "The code of the kind of agency; 'other' for those of no known kind.",
                ),
                "agency_kind_name": ("string", "The kind of agency in words."),
                **_COUNTS,
                **_FROZEN,
            },
            _counts,
        ),
        Dataset(
            "targets",
            "One record for each target and ward, and one of all wards together, in which ward_id is null. "
            "Add up numerators and denominators; never average percentages.",
            {
                **_WARD,
                "target": ("string", "The target in the words of the unit's own plan."),
                "period_end": ("string", "The last day of the period of the figures (YYYY-MM-DD)."),
                "measure": ("string", "share, per_mille, ratio, decrease, increase or points."),
                "promised": ("string", "The value promised."),
                "numerator": ("number", "Null when it was not reported, or is hidden."),
                "denominator": ("number", "Null when it was not reported, is hidden, or there is none."),
                "hidden": ("boolean", "True when a small number of a sensitive target is not told."),
                "met": ("boolean", "Whether the promise is kept; null when that cannot be said."),
            },
            _targets,
        ),
    )
}
