"""A duty made from a heading and the labelled lines below it."""

from dataclasses import replace

from portal.plans.reading.agencies.assignments import Assignment
from portal.plans.reading.assignment.attributes import Described
from portal.plans.reading.assignment.context import due_certainty, joint_name, make_duty
from portal.plans.reading.assignment.lead_cells import agencies_in_cell, lead_and_supporting, mode_for
from portal.plans.reading.assignment.loose import skipped_passage
from portal.plans.reading.assignment.places import place_of
from portal.plans.reading.deadlines.deadline import read_deadline
from portal.plans.reading.deadlines.timeframe import Timeframe
from portal.plans.reading.duty import Duty, Skipped


def described_duty(described: Described, frame: Timeframe) -> tuple[Duty, list[Skipped]]:
    """Return the duty a heading with attributes states; its lines are listed as told in the duty's fields."""
    heading, values = described.heading, described.values
    words = heading.words.part(0, len(heading.text.rstrip(" :")))
    duty = make_duty(words, _assignment(values), place_of(heading, ""), frame, ())
    if "due" in values:
        due, recurrence = read_deadline(values["due"], frame, cell=True)
        certainty = {**duty.confidence, "due": due_certainty(due)}
        duty = replace(duty, due=due, recurrence=recurrence, confidence=certainty)
    duty = replace(duty, agency_path=(joint_name(duty.agencies),), product=values.get("product"))
    lines = [line for entry in described.entries[1:] for line in skipped_passage(entry.words, "attribute")]
    return duty, lines


def _assignment(values: dict[str, str]) -> Assignment:
    leads, supporting = lead_and_supporting(values["lead"])
    supporting += agencies_in_cell(values.get("supporting", ""))
    known = all(ref.code for ref in leads)
    return Assignment(leads, supporting, mode_for(leads), "label", values["lead"], 0, known, False)
