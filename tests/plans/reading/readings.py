"""Each document of the tests is read once in a session; nobody changes a reading."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from portal.plans.reading import PlanReading, read_plan
from portal.plans.reading.export import to_json


@cache
def reading_of(document: Path) -> PlanReading:
    """The reading of a file."""
    return read_plan(document.read_bytes(), document.name)


@cache
def json_of(document: Path) -> dict[str, Any]:
    """The reading of a file as the command line gives it."""
    return to_json(reading_of(document))


@cache
def expected_beside(document: Path) -> dict[str, Any]:
    """What was written down beside a document as its right reading."""
    expected: dict[str, Any] = json.loads(document.with_suffix(".expected.json").read_text(encoding="utf-8"))
    return expected
