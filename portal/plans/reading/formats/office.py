"""Old binary formats (.doc) turned into .docx by LibreOffice where it is installed, in a process with limits."""

import shutil
import subprocess
import tempfile
from pathlib import Path, PurePath

from portal.plans.reading.unreadable import UnreadablePlan

OFFICE_SUFFIXES = frozenset({".doc", ".wps"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LITTLE_ENDIAN = b"\xfe\xff"  # at byte 28 of every OLE file, [MS-CFB] 2.2
_WORD_STREAM = "WordDocument".encode("utf-16-le")
# Much that is called .doc is of another format, which is read without LibreOffice.
_CALLED_DOC = ((b"PK\x03\x04", ".docx"), (b"{\\rtf", ".rtf"))
# Measured: three seconds and 220 MiB for a plan of four pages; with the reading after it, it fits into a job's minute.
WALL_SECONDS = 20
_LIMITS = ("--as=2147483648", "--cpu=15", "--fsize=67108864", "--core=0")
# Beside what every walled-off process may see: its settings and the fonts it measures lines with.
_SHOWN = ("/etc/libreoffice", "/etc/fonts", "/opt/libreoffice")


def modern(data: bytes, filename: str, fence: tuple[str, ...] = ()) -> tuple[bytes, str]:
    """Return (file, name) in a format that is read here: an old Word file converted, any other file as it is.

    Raises UnreadablePlan: mismatched_type when the content is no Word file at all, and what `converted` raises.
    """
    if PurePath(filename.lower()).suffix not in OFFICE_SUFFIXES:
        return data, filename
    for first, suffix in _CALLED_DOC:
        if data.startswith(first):
            return data, f"{filename}{suffix}"
    if not (data.startswith(_OLE) and data[28:30] == _LITTLE_ENDIAN and _WORD_STREAM in data):
        raise UnreadablePlan("mismatched_type")
    return converted(data, filename, fence), f"{filename}.docx"


def converted(data: bytes, filename: str, fence: tuple[str, ...] = ()) -> bytes:
    """Return the file as .docx; `fence` is the command that starts a process walled off.

    Raises UnreadablePlan: needs_libreoffice where LibreOffice is missing, too_slow after 20 s, broken when it makes
    nothing of the file. LibreOffice works in a directory of its own that is removed afterwards.
    """
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice is None:
        raise UnreadablePlan("needs_libreoffice")
    with tempfile.TemporaryDirectory() as directory:
        source = Path(directory, f"plan{PurePath(filename.lower()).suffix}")
        source.write_bytes(data)
        command: tuple[str, ...] = (
            soffice,
            f"-env:UserInstallation=file://{directory}/profile",
            "--headless",
            "--norestore",
        )
        command += ("--convert-to", "docx", "--outdir", directory, str(source))
        try:
            subprocess.run(  # noqa: S603 - fixed program, the file's name is ours, no shell
                [*_limits(), *_around(fence, directory), *command],
                timeout=WALL_SECONDS,
                capture_output=True,
                env={"HOME": directory, "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"},
                cwd=directory,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise UnreadablePlan("too_slow") from error
        result = source.with_suffix(".docx")
        if not result.exists():
            raise UnreadablePlan("broken")
        return result.read_bytes()


def _limits() -> tuple[str, ...]:
    prlimit = shutil.which("prlimit")
    return (prlimit, *_LIMITS) if prlimit else ()


def _around(fence: tuple[str, ...], directory: str) -> tuple[str, ...]:
    """Return the fence with a door to the working directory, or nothing where there is no fence."""
    if not fence:
        return ()
    shown = [part for path in _SHOWN for part in ("--ro-bind-try", path, path)]
    return (
        *fence,
        *shown,
        "--bind",
        directory,
        directory,
        "--setenv",
        "HOME",
        directory,
        "--chdir",
        directory,
    )
