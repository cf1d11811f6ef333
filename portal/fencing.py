"""The fence around a child that opens other people's files: no network, no files, no rights (security.md C45)."""

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_READ_ONLY = ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/alternatives")


@cache
def fence() -> tuple[str, ...]:
    """Return the bubblewrap command that starts the child, or nothing where it is missing or not allowed to work.

    Containers often forbid the namespaces bubblewrap needs, so it is tried once.
    """
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        return ()
    shown = {path for path in _READ_ONLY if Path(path).exists()}
    shown |= {sys.prefix, sys.base_prefix, str(_ROOT / "portal")}
    binds = [part for path in sorted(shown) for part in ("--ro-bind", path, path)]
    apart = ("--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv")
    fence = (bwrap, *apart, *binds, "--proc", "/proc", "--dev", "/dev")
    trial = subprocess.run([*fence, sys.executable, "-I", "-c", ""], capture_output=True, check=False)  # noqa: S603
    return fence if trial.returncode == 0 else ()
