"""The reading process: limits itself, reads one file from standard input, writes one line of JSON.

Started by its path, it makes bare packages of the rooms above it, so that neither Flask nor SQLAlchemy is
loaded into the process that opens other people's files.
"""

import importlib
import json
import resource
import sys
import types
from pathlib import Path

_MIB = 1024 * 1024
LIMITS = {
    resource.RLIMIT_AS: 512 * _MIB,
    resource.RLIMIT_CPU: 12,  # seconds: 200 printed pages take about eight; the clock's limit of 20 stays
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_NOFILE: 64,
    resource.RLIMIT_CORE: 0,
}
_ROOMS = ("portal", "portal.tenants", "portal.plans")


def main() -> None:
    """Read the file named by the first argument from standard input; print {"reading": …} or {"unreadable": code}.

    With the second argument "sheet" it is no plan but a table: print {"sheet": …}, its cells as they stand.
    """
    for limit, value in LIMITS.items():
        resource.setrlimit(limit, (value, value))
    if not __package__:
        _stand_alone(Path(__file__).resolve().parents[3])
    reading = importlib.import_module("portal.plans.reading")
    wire = importlib.import_module("portal.plans.reading.wire")
    try:
        answer = _sheet(wire) if sys.argv[2:] == ["sheet"] else _plan(reading, wire)
    except reading.UnreadablePlan as error:
        answer = json.dumps({"unreadable": error.code})
    sys.stdout.buffer.write(answer.encode())


def _plan(reading: types.ModuleType, wire: types.ModuleType) -> str:
    found = reading.read_plan(sys.stdin.buffer.read(), sys.argv[1])
    return f'{{"reading": {wire.to_wire(found)}}}'


def _sheet(wire: types.ModuleType) -> str:
    detection = importlib.import_module("portal.plans.reading.formats.detection")
    found = detection.sheet_of(sys.stdin.buffer.read())
    return f'{{"sheet": {wire.sheet_to_wire(found)}}}'


def _stand_alone(root: Path) -> None:
    """Put packages in place of the rooms' own, whose opening would start the whole portal."""
    sys.path.insert(0, str(root))
    for name in _ROOMS:
        room = types.ModuleType(name)
        room.__path__ = [str(root.joinpath(*name.split(".")))]
        sys.modules[name] = room


if __name__ == "__main__":
    main()
