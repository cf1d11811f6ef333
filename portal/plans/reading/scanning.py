"""The words of a scanned PDF, by character recognition, where poppler and tesseract with Vietnamese are installed.

Page by page, each program in a process of its own with limits; what they answer is text like any other pasted text.
"""

import shutil
import subprocess
import time
from functools import cache

from portal.plans.reading.unreadable import UnreadablePlan

MOST_PAGES = 20
# With the reading before and after it this has to fit into the minute that a job may take.
WALL_SECONDS = 30
_PAGE_SECONDS = 10
_DOTS_PER_INCH = "200"
_TOOLS = ("prlimit", "pdftoppm", "tesseract")
_LIMITS = ("prlimit", f"--as={1024 * 1024 * 1024}", f"--cpu={_PAGE_SECONDS}", "--fsize=0", "--core=0")
_ALONE = {"LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1", "PATH": "/usr/local/bin:/usr/bin:/bin"}


@cache
def can_scan() -> bool:
    """Say whether the programs are installed, and Vietnamese with them."""
    if not all(map(shutil.which, _TOOLS)):
        return False
    told = subprocess.run(["tesseract", "--list-langs"], capture_output=True, check=False)  # noqa: S607
    return b"vie" in told.stdout.split()


def words_of_scan(data: bytes, fence: tuple[str, ...]) -> str:
    """Return the words on the pages of a scanned PDF; `fence` is the command that starts a process walled off.

    Raises UnreadablePlan: scanned_pdf when the programs are missing, there are more than 20 pages, or there are no
    words on them; too_slow after half a minute.
    """
    if not can_scan() or _image(data, MOST_PAGES + 1, fence, dots="10"):
        raise UnreadablePlan("scanned_pdf")
    until = time.monotonic() + WALL_SECONDS
    pages: list[str] = []
    while len(pages) < MOST_PAGES and (image := _image(data, len(pages) + 1, fence)):
        if time.monotonic() > until:
            raise UnreadablePlan("too_slow")
        command = ("tesseract", "stdin", "stdout", "-l", "vie", "--psm", "4")
        pages.append(_answer(command, image, fence).decode(errors="replace"))
    if not any(page.strip() for page in pages):
        raise UnreadablePlan("scanned_pdf")
    return "\n".join(pages).replace("\f", "")


def _image(data: bytes, page: int, fence: tuple[str, ...], dots: str = _DOTS_PER_INCH) -> bytes:
    """One page in shades of grey, or nothing where there is no such page."""
    only = ("-f", str(page), "-l", str(page))
    return _answer(("pdftoppm", "-gray", "-r", dots, *only, "-"), data, fence)


def _answer(command: tuple[str, ...], given: bytes, fence: tuple[str, ...]) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - fixed programs, the file comes through the pipe
            [*_LIMITS, *fence, *command],
            input=given,
            capture_output=True,
            timeout=_PAGE_SECONDS,
            env=_ALONE,
            cwd="/",
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadablePlan("too_slow") from error
    return done.stdout if done.returncode == 0 else b""
