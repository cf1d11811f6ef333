"""One run at a time in one var folder."""

import fcntl
import os
from pathlib import Path
from typing import TextIO

FILE = "run.lock"


class AlreadyRunning(Exception):
    """Another run holds the folder; `pid` is its number, as far as it wrote it down."""

    def __init__(self, pid: str) -> None:
        super().__init__(pid)
        self.pid = pid


def hold(var: Path) -> TextIO:
    """Hold `var` until the file given back is closed or this process ends, however it ends.

    Raises AlreadyRunning, and PermissionError when the folder is somebody else's.
    """
    var.mkdir(parents=True, exist_ok=True)
    file = (var / FILE).open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as held:
        file.seek(0)
        raise AlreadyRunning(file.read().strip()) from held
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file
