"""The table of reporting windows by year: on which day they close, and by when a report is sent. Data, not code.

A reform or a circular is a new version in `report_windows.json`: it holds from its first year until the next one's.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Window:
    """`closes_in`: months. `from_new_year`: its data begin with the reporting year, not after the window before."""

    closes_in: tuple[int, ...]
    from_new_year: bool


@dataclass(frozen=True)
class ReportWindows:
    """One version. `closes_on`: the day of the month. `action_month`: a calendar month, with the last day to send."""

    first_year: int
    source: str
    closes_on: int
    send_within_working_days: int
    windows: Mapping[str, Window]
    action_month: int
    action_send_by: tuple[int, int]


@cache
def _versions() -> tuple[ReportWindows, ...]:
    """Every version, the latest first."""
    rows = json.loads(Path(__file__).with_name("report_windows.json").read_text(encoding="utf-8"))
    return tuple(sorted(map(_read, rows), key=lambda one: one.first_year, reverse=True))


def _read(row: dict[str, object]) -> ReportWindows:
    said = dict(row)
    windows, action = said.pop("windows"), said.pop("action_month")
    assert isinstance(windows, dict) and isinstance(action, dict)
    month, day = map(int, str(action["send_by"]).split("-"))
    return ReportWindows(
        **said,  # type: ignore[arg-type]
        windows={
            code: Window(tuple(one["closes_in"]), one["from_new_year"]) for code, one in windows.items()
        },
        action_month=action["month"],
        action_send_by=(month, day),
    )


@cache
def windows_of(year: int) -> ReportWindows:
    """The version that holds for the reports of a year; the oldest one before there was any."""
    return next((one for one in _versions() if one.first_year <= year), _versions()[-1])
