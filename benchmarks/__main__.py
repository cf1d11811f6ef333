"""`make bench`: every measurement, one table, and with `--json FILE` the same for a program."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from benchmarks import (
    acts,
    board,
    country,
    effort,
    painting,
    plans,
    reminders,
    rollups,
    start,
    wall,
    weighing,
)
from benchmarks.figure import Figure, table
from benchmarks.stage import Stage, stage

_ROUNDS, _QUICK_ROUNDS = 12, 3
_STARTS, _QUICK_STARTS = 3, 1

#: What is measured on the two boards, in this order: what changes them comes last.
_ON_STAGE: dict[str, Callable[[Stage, int], Iterable[Figure]]] = {
    "weighing": lambda stage, _rounds: weighing.measure(stage),
    "board": board.measure,
    "wall": wall.measure,
    "painting": painting.measure,
    "effort": effort.measure,
    "acts": acts.measure,
    "rollups": rollups.measure,
}

_ALONE: dict[str, Callable[[bool], Iterable[Figure]]] = {
    "country": country.measure,
    "plans": lambda quick: plans.measure(_QUICK_ROUNDS if quick else _ROUNDS),
    "reminders": lambda quick: reminders.measure(reminders.FEW_WARDS if quick else reminders.WARDS),
    "all_reminders": lambda _quick: reminders.measure(reminders.ALL_WARDS),
    "start": lambda quick: start.measure(_QUICK_STARTS if quick else _STARTS, many=0 if quick else 9_000),
}


def main() -> int:
    """Measure and print. Never fails for a figure: a shared machine decides nothing, people do."""
    wanted = _arguments()
    figures = []
    for figure in _measured(wanted.only or [*_ON_STAGE, *(set(_ALONE) - {"all_reminders"})], wanted.quick):
        figures.append(figure)
        print("·", figure.what, file=sys.stderr, flush=True)
    print(table(figures))
    if wanted.json:
        wanted.json.write_text(
            json.dumps([figure.as_json() for figure in figures], indent=1, ensure_ascii=False)
        )
    return 0


def _measured(names: list[str], quick: bool) -> Iterator[Figure]:
    rounds = _QUICK_ROUNDS if quick else _ROUNDS
    if any(name in _ON_STAGE for name in names):
        with stage() as set_up:
            for name, measure in _ON_STAGE.items():
                if name in names:
                    yield from measure(set_up, rounds)
    for name, measure_alone in _ALONE.items():
        if name in names:
            yield from measure_alone(quick)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds: a first idea in some minutes")
    parser.add_argument("--only", nargs="+", choices=[*_ON_STAGE, *_ALONE], help="measure these alone")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
