"""The real plans, scored by the score that will judge the reader."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.plans.reading import readings
from tests.plans.reading.readings import expected_beside, json_of

PLANS = Path(__file__).parents[4] / "shared" / "plans"
NAMES = ["lao-cai-2024.txt", "tan-lap-2024.md", "minh-tan-2024.docx"]

pytestmark = pytest.mark.skipif(not PLANS.is_dir(), reason="the real plans are not beside the checkout")


@pytest.fixture(scope="module")
def score() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", PLANS / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reading_of(name: str) -> dict[str, Any]:
    return json_of(PLANS / name)


def expected_of(name: str) -> dict[str, Any]:
    return expected_beside(PLANS / name)


@pytest.mark.parametrize("name", NAMES)
def test_every_duty_is_found_with_its_agency_date_and_recurrence(name: str, score: ModuleType) -> None:
    result = score.score(reading_of(name), expected_of(name))

    assert result["missed"] == []
    measures = ("f1", "agency_acc", "due_acc", "recurrence_acc")
    assert {measure: result[measure] for measure in measures} == dict.fromkeys(measures, 1.0)


@pytest.mark.parametrize("name", NAMES)
def test_targets_and_activities_are_those_of_the_plan(name: str) -> None:
    reading, expected = reading_of(name), expected_of(name)

    assert [target["text"] for target in reading["targets"]] == [t["text"] for t in expected["targets"]]
    assert [target["values"] for target in reading["targets"]] == [t["values"] for t in expected["targets"]]
    activities = [(a["section"], a["heading"], a["items"]) for a in reading["activities"]]
    assert activities == [(a["section"], a["heading"], a["items"]) for a in expected["activities"]]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "fact", ["title", "year", "issuer", "number", "issue_date", "signer", "issuer_level"]
)
def test_the_frame_of_the_document_is_read(name: str, fact: str) -> None:
    assert reading_of(name)["metadata"][fact] == expected_of(name)["metadata"][fact]


def test_the_plan_of_lao_cai_gives_22_cards_to_11_agencies() -> None:
    tasks = reading_of("lao-cai-2024.txt")["tasks"]

    assert len(tasks) == 22
    assert len({name for task in tasks for name in task["agencies"]}) == 11


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_the_assignment_section_is_lost(name: str) -> None:
    reading = readings.reading_of(PLANS / name)
    section = expected_of(name)["tasks"][0]["section"].partition(".")[0]
    inside = {p.index for p in reading.paragraphs if (p.section or "").split(".")[0] in (section, "PL")}
    told = {span[0] for duty in reading.duties for span in duty.spans} | {
        s.paragraph for s in reading.skipped
    }

    assert inside - told - appendix_titles(reading.paragraphs) == set()


def appendix_titles(paragraphs: list[Any]) -> set[int]:
    return {p.index for p in paragraphs if p.kind == "heading" and p.section is None}


@pytest.mark.parametrize("name", NAMES)
def test_each_span_holds_exactly_the_words_of_its_card(name: str) -> None:
    reading = readings.reading_of(PLANS / name)

    for duty in reading.duties:
        words = " ".join(reading.paragraphs[p].text[start:end] for p, start, end in duty.spans)
        assert words == duty.text
        assert len(duty.title.split()) <= 12
