"""Steps that several tests of the plan pages walk: send a plan in, let a worker read it, find the way back."""

import io
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.cast import Browser
from worker.ward_jobs import carry_out_waiting

_PLANS = Path(__file__).parents[3] / "shared" / "plans"


def real_plan(name: str) -> bytes:
    """A real plan, which is not part of the project; the test is skipped where it is not at hand."""
    path = _PLANS / name
    if not path.exists():
        pytest.skip(f"the real plan {name} is not at hand")
    return path.read_bytes()


def upload(browser: Browser, data: bytes, filename: str, ward: str = "north") -> TestResponse:
    """Send a file through the page's form."""
    return browser.post(f"/w/{ward}/plans/new", file=(io.BytesIO(data), filename))


def address_of_plan(answer: TestResponse) -> str:
    """Where a form sent the browser."""
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def read_waiting(app: Flask) -> int:
    """Let a worker do what waits, as the clock's sweep would; how many jobs that were."""
    return carry_out_waiting(app)


def plan_under_review(
    browser: Browser, app: Flask, data: bytes | None = None, filename: str = "ke-hoach.md"
) -> str:
    """Send a plan in (the sample by default) and have it read; the address of its review."""
    sent = upload(browser, data, filename) if data else browser.post("/w/north/plans/new", sample="1")
    address = address_of_plan(sent)
    read_waiting(app)
    return address
