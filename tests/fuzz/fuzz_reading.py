"""Coverage-guided fuzzing of the reader, by hand: `make fuzz`, or `make fuzz ARGS="docx 300"` for one format longer.

Whatever the bytes, reading may answer or refuse (UnreadablePlan), within 5 s and 512 MiB. Anything else is a finding:
it is told once with its trace, its input is kept beside the others, and the search goes on. Mend the reader, and
give the input, made small, to tests/plans/reading. Needs atheris, which no other command does.
"""

import argparse
import importlib
import random
import resource
import signal
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from tests.fuzz.mutation import change_bytes, change_container
from tests.fuzz.seeds import seeds_of

FORMATS = ("text", "docx", "xlsx", "odt", "rtf", "pdf")
_CONTAINERS = ("docx", "xlsx", "odt")
_MOST_SECONDS, _MOST_KIB, _MOST_BYTES = 5, 512 * 1024, 200_000


class TooSlow(Exception):
    """Reading took longer than `_MOST_SECONDS`."""


class Fuzzed:
    """One format under search: reads every input and keeps what went wrong."""

    def __init__(self, atheris: Any, kind: str, kept: Path) -> None:
        with atheris.instrument_imports(include=["portal.plans.reading", "portal.text"]):
            self._reading = importlib.import_module("portal.plans.reading")
            self._wire = importlib.import_module("portal.plans.reading.wire")
        self._atheris = atheris
        self._kind, self._kept = kind, kept
        self._found: set[str] = set()

    def read(self, data: bytes) -> None:
        """Read one input as the reading process does, up to the answer it sends."""
        signal.setitimer(signal.ITIMER_PROF, _MOST_SECONDS)
        try:
            self._answer(data)
        except self._reading.UnreadablePlan:
            pass
        except Exception as error:
            self._keep(data, error)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > _MOST_KIB:
            self._keep(data, MemoryError("more than 512 MiB"))

    def change(self, data: bytes, most: int, seed: int) -> bytes:
        """Make the next input from an earlier one."""
        change = change_container if self._kind in _CONTAINERS else change_bytes
        return change(self._atheris.Mutate, data, most, random.Random(seed))

    def _answer(self, data: bytes) -> None:
        name = f"plan.{'txt' if self._kind == 'text' else self._kind}"
        reading = self._reading.read_plan(data, name)
        for duty in reading.duties:
            self._reading.suggest_due(duty, reading.metadata)
        sent = self._wire.to_wire(reading)
        sent.encode()
        if self._wire.from_wire(sent) != reading:
            raise AssertionError("the answer is not what was read")

    def _keep(self, data: bytes, error: Exception) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        place = f"{frames[-1].name}:{frames[-1].lineno}" if frames else ""
        if (what := f"{type(error).__name__} {'' if isinstance(error, TooSlow) else place}") in self._found:
            return
        self._found.add(what)
        file = self._kept / f"finding-{self._kind}-{len(self._found)}"
        file.write_bytes(data)
        print(
            f"FINDING {what} in {file}",
            *traceback.format_exception(error),
            sep="\n",
            file=sys.stderr,
            flush=True,
        )


def search(kind: str, seconds: int, kept: Path) -> NoReturn:
    """Search one format; the fuzzer ends this process."""
    atheris = importlib.import_module("atheris")
    corpus = kept / kind
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds_of(kind)):
        (corpus / f"seed-{number}").write_bytes(seed)
    fuzzed = Fuzzed(atheris, kind, kept)
    signal.signal(signal.SIGPROF, _too_slow)
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={_MOST_BYTES}",
        "-timeout=30",
        "-rss_limit_mb=0",
        "-verbosity=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], fuzzed.read, custom_mutator=fuzzed.change)
    atheris.Fuzz()
    raise SystemExit


def _too_slow(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise TooSlow


def main() -> None:
    """Search the formats one after the other, each in a process of its own."""
    parser = argparse.ArgumentParser(prog="fuzz_reading", description=__doc__)
    parser.add_argument("kind", nargs="?", default="all", choices=["all", *FORMATS])
    parser.add_argument("seconds", nargs="?", type=int, default=120, help="for each format")
    parser.add_argument("--kept", type=Path, help="where inputs and findings are kept between runs")
    wanted = parser.parse_args()
    kept = wanted.kept or Path(tempfile.mkdtemp(prefix="fuzz-"))
    if wanted.kind != "all":
        search(wanted.kind, wanted.seconds, kept)
    for kind in FORMATS:
        command = [sys.executable, "-m", __spec__.name, kind, str(wanted.seconds), "--kept", str(kept)]
        subprocess.run(command, check=False)


if __name__ == "__main__":
    main()
