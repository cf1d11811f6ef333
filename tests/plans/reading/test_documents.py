"""Plans of our own making, one for each shape that real plans take, with the reading they must give."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from portal.plans.reading import PlanReading
from portal.plans.reading.export import to_json
from tests.plans.reading import readings

DOCUMENTS = Path(__file__).parents[1] / "documents"
EXPECTED = sorted(DOCUMENTS.glob("*.expected.json"))


def expected_of(path: Path) -> dict[str, Any]:
    expected: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return expected


def reading_of(path: Path) -> PlanReading:
    document = DOCUMENTS / expected_of(path)["doc"]
    if document.suffix == ".doc" and not (shutil.which("soffice") or shutil.which("libreoffice")):
        pytest.skip("old Word files are read through LibreOffice, which is not installed here")
    return readings.reading_of(document)


def name_of(path: Path) -> str:
    return path.name.removesuffix(".expected.json")


@pytest.mark.parametrize("path", EXPECTED, ids=name_of)
def test_each_document_gives_the_duties_written_beside_it(path: Path) -> None:
    expected = expected_of(path)["tasks"]
    tasks = to_json(reading_of(path))["tasks"]

    assert [task["text"] for task in tasks] == [task["text"] for task in expected]
    for task, wanted in zip(tasks, expected, strict=True):
        given = {key: task[key] for key in wanted if key != "recurrence"}
        assert given == {key: wanted[key] for key in wanted if key != "recurrence"}
        assert (task["recurrence"] or {}).get("freq") == (wanted["recurrence"] or {}).get("freq")


@pytest.mark.parametrize("path", EXPECTED, ids=name_of)
def test_each_document_says_who_issued_it_and_when(path: Path) -> None:
    wanted = expected_of(path)["metadata"]

    metadata = to_json(reading_of(path))["metadata"]

    assert {key: metadata[key] for key in wanted} == wanted


@pytest.mark.parametrize("path", EXPECTED, ids=name_of)
def test_what_is_no_duty_is_listed_with_its_reason(path: Path) -> None:
    assert [skipped.reason for skipped in reading_of(path).skipped] == expected_of(path)["skipped"]


@pytest.mark.parametrize("path", EXPECTED, ids=name_of)
def test_every_span_of_every_document_holds_the_words_of_its_duty(path: Path) -> None:
    reading = reading_of(path)

    for duty in reading.duties:
        words = " ".join(reading.paragraphs[p].text[start:end] for p, start, end in duty.spans)
        assert words == duty.text
