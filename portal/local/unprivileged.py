"""When we are root: the ordinary system user the servers run as, and letting it reach its files.

PostgreSQL refuses to run as root, so a run as root (a container, CI) needs somebody else.
"""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

SERVER_USER = "chung-tay"
_OTHERS_READ = stat.S_IROTH
_OTHERS_ENTER = stat.S_IXOTH


@dataclass(frozen=True)
class ServerAccount:
    """A system user by its numbers."""

    uid: int
    gid: int


def server_account(data_dir: Path) -> ServerAccount | None:
    """Who must run a server that keeps its data in `data_dir`; None means: we ourselves.

    Data that exists stays with its owner; new data belongs to a system user made for it.
    """
    if os.geteuid() != 0:
        return None
    if data_dir.exists() and (owner := data_dir.stat()).st_uid != 0:
        return ServerAccount(owner.st_uid, owner.st_gid)
    entry = _made_user()
    return ServerAccount(entry.pw_uid, entry.pw_gid)


def _made_user() -> pwd.struct_passwd:
    """The server user, made when missing; where no tool can make one, `nobody` serves."""
    useradd = shutil.which("useradd")
    if useradd and not _known(SERVER_USER):
        options = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        subprocess.run([useradd, *options, SERVER_USER], check=True, capture_output=True)  # noqa: S603
    return pwd.getpwnam(SERVER_USER if _known(SERVER_USER) else "nobody")


def _known(name: str) -> bool:
    return any(entry.pw_name == name for entry in pwd.getpwall())


def make_private_dir(path: Path, account: ServerAccount | None) -> None:
    """Make `path` (and its parents) if missing: for the server alone, and within its reach."""
    path.mkdir(parents=True, exist_ok=True)
    if account is not None:
        os.chown(path, account.uid, account.gid)
        let_reach(path)
    path.chmod(0o700)


def let_reach(path: Path) -> None:
    """Let other users pass through (not list) each folder above `path`, as a home of mode 0700 would not."""
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & _OTHERS_ENTER:
            folder.chmod(mode | _OTHERS_ENTER)


def let_read(tree: Path) -> None:
    """Let other users read and run a tree of programs that a strict umask closed to them."""
    let_reach(tree)
    for path in (tree, *tree.rglob("*")):
        mode = path.stat().st_mode
        also_run = _OTHERS_ENTER if mode & stat.S_IXUSR else 0
        if mode & (_OTHERS_READ | also_run) != (_OTHERS_READ | also_run):
            path.chmod(mode | _OTHERS_READ | also_run)
