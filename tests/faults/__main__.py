"""`make faults`: does harm to real processes, fault by fault, and tells what was lost and what was doubled."""

import argparse
import random
import shutil
import sys
import tempfile
import time
import traceback
from itertools import product
from pathlib import Path

from portal.app import create_app
from tests.cast import gather
from tests.city import Snapshot, found_city
from tests.faults.cases import CASES
from tests.faults.processes import Site
from tests.faults.table import OTHERWISE, Verdict, table


def main() -> int:
    """Run the faults that were asked for. Exit status 1 when a target was missed."""
    wanted = _arguments()
    city = found_city()
    app = create_app(city.settings())
    app.config["RATELIMIT_ENABLED"] = False
    cast = gather(app)
    wall = Snapshot(city.superuser(), city.valkey.port)
    wall.take()
    verdicts = []
    try:
        for name, seed in product(wanted.faults or CASES, wanted.seed):
            folder = Path(tempfile.mkdtemp(prefix=f"{name}-"))
            site = Site(city, app, cast, wall, folder, random.Random(seed), wanted.size)
            begun = time.monotonic()
            verdict = _run(name, site)
            verdicts.append((name, time.monotonic() - begun, verdict))
            print(f"{name}: {'met' if verdict.holds else 'MISSED'}", file=sys.stderr, flush=True)
            if verdict.holds:  # what went wrong is left to be read
                shutil.rmtree(folder, ignore_errors=True)
            wall.look_again()
            wall.restore()
    finally:
        city.end()
    print(table(verdicts))
    print(f"\n{OTHERWISE}")
    return 0 if all(verdict.holds for _name, _seconds, verdict in verdicts) else 1


def _run(name: str, site: Site) -> Verdict:
    """A fault that could not be carried out is a target missed."""
    try:
        return CASES[name](site)
    except Exception as error:
        traceback.print_exc()
        return Verdict(f"could not be carried out, see {site.folder}", 0, 0, type(error).__name__, "", False)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("faults", nargs="*", choices=[*CASES, []], metavar="F1", help="these alone")
    parser.add_argument(
        "--seed", type=int, nargs="+", default=[7], help="one run of each fault for each of them"
    )
    parser.add_argument("--size", type=float, default=1.0, help="more or fewer messages and kills")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
