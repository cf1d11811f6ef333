"""F20, F21, F22, F27: what needs no killed process is held by tests; `make faults` runs those and counts them."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.faults.processes import Site
from tests.faults.table import Verdict

_ROOT = Path(__file__).parents[3]


def proved_by(what: str, target: str, file: str, *words: str) -> Callable[[Site], Verdict]:
    """A fault that the tests of this file (those that the words choose) are the proof of."""

    def run(_site: Site) -> Verdict:
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            f"tests/reminders/{file}",
            *words,
        ]
        ended = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)
        passed = re.search(r"(\d+) passed", ended.stdout + ended.stderr)
        dots = sum(
            line.count(".") for line in ended.stdout.splitlines() if re.fullmatch(r"[.sx]+ +\[ *\d+%\]", line)
        )
        count = int(passed[1]) if passed else dots
        return Verdict(what, 0, 0, f"{count} tests passed", target, ended.returncode == 0 and count > 0)

    return run
