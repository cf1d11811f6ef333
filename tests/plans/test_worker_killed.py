"""A real worker process is killed with SIGKILL while it reads; the plan is read again by itself and nothing doubled."""

import os
import signal
import subprocess
import sys
import time

import pytest
from flask import Flask

from portal.plans.sample import sample_plan
from tests.cast import Browser
from tests.city import City, Snapshot
from tests.plans.walking import address_of_plan, read_waiting, upload

_WORKER = """
from portal.app import create_app
from worker.ward_jobs import carry_out_next
carry_out_next(create_app())
"""


def _long_plan() -> bytes:
    """A plan that takes seconds to read, so that there is a middle to be killed in."""
    duty = "\n\n- Kiểm tra điểm nước sâu số {n}, báo cáo UBND phường trước ngày 15/5/2026.".format
    more = "".join(duty(n=n) for n in range(4000))
    return sample_plan(2026).replace(b"\n\n### 6.", more.encode() + b"\n\n### 6.")


def _state(behind_the_wall: Snapshot) -> object:
    return behind_the_wall.query("select state from app.ward_job")[0][0]


@pytest.mark.faults
def test_a_plan_whose_reader_was_killed_is_read_again(
    alice: Browser, app: Flask, city: City, behind_the_wall: Snapshot
) -> None:
    address = address_of_plan(upload(alice, _long_plan(), "dai.md"))
    with subprocess.Popen([sys.executable, "-c", _WORKER], env={**os.environ, **city.settings()}) as worker:
        while _state(behind_the_wall) == "queued":
            assert worker.poll() is None
            time.sleep(0.01)
        worker.send_signal(signal.SIGKILL)
    assert _state(behind_the_wall) == "running"
    assert behind_the_wall.query("select count(*) from app.proposed_card") == [(0,)]
    assert read_waiting(app) == 0, "its lease has not run out"
    behind_the_wall.query("update app.ward_job set lease_until = now() - interval '1 second' returning id")
    assert read_waiting(app) == 1
    assert behind_the_wall.query("select count(*), count(distinct position) from app.proposed_card") == [
        (4023, 4023)
    ]
    assert "Đang đọc" not in alice.get(address).text
