"""Reads a plan in a child process with limits and no network, so that a hostile file can only kill the child.

Limits are those of `__main__.LIMITS` and 20 s of wall time; bubblewrap takes the network and the file system
away where it is installed.
"""

import json
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

from portal.fencing import fence
from portal.plans.reading.duty import PlanReading
from portal.plans.reading.formats.detection import MOST_BYTES
from portal.plans.reading.formats.office import modern
from portal.plans.reading.formats.spreadsheet import Sheet
from portal.plans.reading.scanning import words_of_scan
from portal.plans.reading.unreadable import UNREADABLE_MESSAGES, UnreadablePlan
from portal.plans.reading.wire import from_wire, sheet_from_wire

WALL_SECONDS = 20
# Below every limit under which the review asks a person to check.
_RECOGNISED = 0.3
_CHILD = Path(__file__).with_name("__main__.py")


def read_plan_safely(source: bytes | Path, filename: str) -> PlanReading:
    """Return the reading of a file made in a child process.

    Raises UnreadablePlan with the child's code, or too_slow, or crashed when the child died or answered nothing
    sensible.
    """
    data = source if isinstance(source, bytes) else _content(source)
    if len(data) > MOST_BYTES:
        raise UnreadablePlan("too_large")
    data, filename = modern(data, filename, fence())
    try:
        return _answer(_ask_child(data, filename))
    except UnreadablePlan as error:
        if error.code != "scanned_pdf":
            raise
    return _doubted(_answer(_ask_child(words_of_scan(data, fence()).encode(), "scan.txt")))


def _doubted(reading: PlanReading) -> PlanReading:
    """Words that a program recognised on a picture are all to be checked by a person."""
    duties = [
        replace(duty, confidence=dict.fromkeys(duty.confidence, _RECOGNISED)) for duty in reading.duties
    ]
    return replace(reading, duties=duties)


def read_sheet_safely(data: bytes) -> Sheet:
    """Return the first sheet of an .xlsx file as it stands, read in a child process. Raises like read_plan_safely."""
    if len(data) > MOST_BYTES:
        raise UnreadablePlan("too_large")
    try:
        return sheet_from_wire(_answered(_ask_child(data, "sheet.xlsx", "sheet"))["sheet"])
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadablePlan("crashed") from error


def _content(path: Path) -> bytes:
    if path.stat().st_size > MOST_BYTES:
        raise UnreadablePlan("too_large")
    return path.read_bytes()


def _ask_child(data: bytes, filename: str, *more: str) -> bytes:
    command = [*fence(), sys.executable, "-I", str(_CHILD), PurePath(filename).name or "file", *more]
    try:
        child = subprocess.run(  # noqa: S603 - our own module, the file name is one argument, no shell
            command,
            input=data,
            capture_output=True,
            timeout=WALL_SECONDS,
            env={"PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"},
            cwd="/",
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadablePlan("too_slow") from error
    if child.returncode in (-signal.SIGXCPU, 128 + signal.SIGXCPU, -signal.SIGKILL, 128 + signal.SIGKILL):
        raise UnreadablePlan("too_slow")
    if child.returncode != 0:
        raise UnreadablePlan("crashed")
    return child.stdout


def _answer(written: bytes) -> PlanReading:
    try:
        return from_wire(json.dumps(_answered(written)["reading"]))
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadablePlan("crashed") from error


def _answered(written: bytes) -> dict[str, Any]:
    """What the child printed. Raises UnreadablePlan with the child's code, ValueError when it makes no sense."""
    answer = json.loads(written)
    if not isinstance(answer, dict):
        raise ValueError("not an object")
    if (code := answer.get("unreadable")) in UNREADABLE_MESSAGES:
        raise UnreadablePlan(code)
    return answer
