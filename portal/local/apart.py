"""A step of the start in a process of its own: what it loads is gone when it ends, and the supervisor stays small."""

import subprocess
import sys

from portal.local.child import ChildFailed


def run_apart(module: str, *arguments: str) -> None:
    """Run `python -m module …` to its end, its words among ours; a terminal's Ctrl-C reaches us and not it.

    Raises ChildFailed when it says that it could not do it; the reason stands above, in its own words.
    """
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, start_new_session=True, check=False)  # noqa: S603 - ours
    if done.returncode != 0:
        raise ChildFailed(f"Không làm xong bước {' '.join([module, *arguments[1:]])}; lý do ở ngay trên.")
