"""Start a whole city on this machine, keep it running, end it in order: what `make run` does."""

import argparse
import http.client
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

from portal.local import locking, ports
from portal.local.apart import run_apart
from portal.local.child import ChildFailed
from portal.local.ports import LOOPBACK, Ports
from portal.local.processes import City, city
from portal.local.settings import var_folder
from portal.local.supervising import Supervisor

READY_SECONDS = 60.0
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked us to stop; not an error, and nothing but `run` may catch it."""


def run(port: int, demo: Sequence[str] = ()) -> int:
    """Run the city with its pages on `port` until Ctrl-C or SIGTERM; gives the exit status.

    `demo`: options of `portal demo`, for a database that is still empty.

    0 after an orderly stop; 1 when it could not start, with the reason on stderr.
    """
    var = var_folder()
    try:
        lock = locking.hold(var)
    except locking.AlreadyRunning as other:
        return _refuse(f"Đã có một lần chạy khác dùng {var} (tiến trình {other.pid}). Dừng nó trước.")
    except PermissionError:
        return _refuse(f"Không ghi được vào {var}: thư mục này của người dùng khác. Đặt PORTAL_VAR.")
    with lock:
        if not ports.is_free(port):
            return _refuse(f"Cổng {port} đang được dùng. Chọn cổng khác: PORT={port + 1} make run")
        return _run_held(var, ports.settle(var, port), demo)


def _run_held(var: Path, chosen: Ports, demo: Sequence[str]) -> int:
    processes = city(var, chosen)
    supervisor = Supervisor(processes.in_order, _say)
    try:
        _listen_for_stop()
        _start(var, processes, chosen, demo)
        supervisor.watch()
    except Stopped:
        _say("Đang dừng…")
        return 0
    except ChildFailed as failure:
        return _refuse(str(failure))
    finally:
        _ignore_more_signals()
        supervisor.stop_all()
        _say("Đã dừng.")


def _start(var: Path, processes: City, chosen: Ports, demo: Sequence[str]) -> None:
    begun = time.monotonic()
    _say("Khởi động cơ sở dữ liệu, hàng đợi và hộp thư")
    processes.postgres.launch()
    processes.valkey.launch()
    processes.mailbox.start()
    processes.gateway.start()
    processes.postgres.wait_until_ready()
    _say("Kiểm tra và nâng cấp cơ sở dữ liệu")
    run_apart("portal.local.preparing", str(var), "database")
    processes.valkey.wait_until_ready()
    _say("Khởi động trang web")
    processes.web.start()
    run_apart("portal.local.preparing", str(var), "demo", *demo)
    processes.web.wait_until(lambda: _is_ready(chosen.web), READY_SECONDS)
    processes.worker.start()
    processes.sender.start()
    processes.clock.start()
    run_apart("portal.local.greeting", str(var), str(time.monotonic() - begun))
    _say("  Thư gửi đi: var/mail   Nhật ký: var/log   Dừng: Ctrl-C")


def _is_ready(port: int) -> bool:
    """True when /readyz says that pages, database and migrations are there."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _listen_for_stop() -> None:
    for stop in _STOP_SIGNALS:
        signal.signal(stop, _stop)


def _ignore_more_signals() -> None:
    """Once we are stopping, a second Ctrl-C must not leave half of the processes behind."""
    for stop in _STOP_SIGNALS:
        signal.signal(stop, signal.SIG_IGN)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    _ignore_more_signals()
    raise Stopped


def _say(line: str) -> None:
    print(line, flush=True)


def _refuse(reason: str) -> int:
    print(reason, file=sys.stderr, flush=True)
    return 1


def main() -> None:
    """`python -m portal.local.up --port 8000`."""
    parser = argparse.ArgumentParser(prog="python -m portal.local.up", description=__doc__)
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument(
        "--history", action="store_true", help="an empty city begins with half a year of work"
    )
    given = parser.parse_args()
    sys.exit(run(given.port, ["--history"] if given.history else []))


if __name__ == "__main__":
    main()
