"""`make bench`: every measurement, one table, and with `--json FILE` the same for a program."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import acts, board, painting, wall, weighing
from benchmarks.figure import Figure, table
from benchmarks.stage import stage

_ROUNDS, _QUICK_ROUNDS = 12, 3


def main() -> int:
    """Measure and print. Never fails for a figure: a shared machine decides nothing, people do."""
    wanted = _arguments()
    figures = []
    for figure in _measured(_QUICK_ROUNDS if wanted.quick else _ROUNDS):
        figures.append(figure)
        print("·", figure.what, file=sys.stderr, flush=True)
    print(table(figures))
    if wanted.json:
        wanted.json.write_text(
            json.dumps([figure.as_json() for figure in figures], indent=1, ensure_ascii=False)
        )
    return 0


def _measured(rounds: int) -> Iterator[Figure]:
    with stage() as set_up:
        yield from weighing.measure(set_up)
        yield from board.measure(set_up, rounds)
        yield from wall.measure(set_up, rounds)
        yield from painting.measure(set_up, rounds)
        yield from acts.measure(set_up, rounds)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds: a first idea in a minute")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
