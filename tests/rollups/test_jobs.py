"""The jobs of the rollup, each run as the worker runs it: in a process of its own, with settings from outside."""

import subprocess
import sys
from pathlib import Path

from flask import Flask

from tests.cast import Cast
from tests.city import City, Snapshot
from tests.rollups.boards import four, give

ROOT = Path(__file__).parents[2]

_EVERY_JOB_BY_NAME = """
from worker.main import celery
from worker.clock import SCHEDULE
assert {entry["task"] for entry in SCHEDULE.values()} <= set(celery.tasks), SCHEDULE
celery.tasks["{job}"](*{arguments})
"""


def _run(city: City, job: str, *arguments: int) -> None:
    code = _EVERY_JOB_BY_NAME.replace("{job}", job).replace("{arguments}", repr(arguments))
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**city.settings(), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_each_job_of_the_clock_exists_and_the_changed_wards_are_published(
    app: Flask, cast: Cast, city: City, behind_the_wall: Snapshot
) -> None:
    give(app, cast.north, cast.police, None)
    _run(city, "rollups.publish_changed")
    assert four(behind_the_wall, cast.north) == (0, 0, 1, 0)
    assert behind_the_wall.query("select ward_id from app.ward_rollup_state") == [(cast.north,)]


def test_all_wards_are_counted_after_midnight(
    app: Flask, cast: Cast, city: City, behind_the_wall: Snapshot
) -> None:
    _run(city, "rollups.publish_all")
    assert behind_the_wall.query("select count(*) from app.ward_rollup_state") == [(2,)]


def test_the_wards_of_a_unit_are_counted_when_it_asks(
    app: Flask, cast: Cast, city: City, behind_the_wall: Snapshot
) -> None:
    _run(city, "rollups.publish_unit", cast.unit)
    assert behind_the_wall.query("select count(*) from app.ward_rollup_state") == [(2,)]
