"""What reading a plan costs beside the bare words of the same file: processor time, and memory in a process of its own.

The floor takes the words out and does nothing with them: decoding, lxml over the one part that holds them, pypdf.
A reading may cost three floors and 50 ms, 200 pages 10 s (the child that reads is stopped after 8), any 512 MiB.
"""

import io
import resource
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pypdf
from lxml import etree

from benchmarks.figure import Figure
from portal.plans.reading import read_plan

_SOURCE = Path(__file__).parents[1] / "tests" / "plans" / "documents" / "hai-cap-hoa-binh.md"
_LINES_OF_A_PAGE, _FEW, _MANY = 36, 4, 200
_TIMES, _SPARE_SECONDS, _LONG_SECONDS, _MOST_MIB = 3, 0.05, 10, 512
_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_KIB = 1024


def measure(rounds: int) -> Iterator[Figure]:
    """Four pages and two hundred, as text, as a Word document, and printed where Chromium is installed."""
    for pages in (_FEW, _MANY):
        lines = _plan(pages)
        files = {"txt": "\n\n".join(lines).encode(), "docx": _word(lines)}
        if printed := _printed(lines):
            files["pdf"] = printed
        for suffix, data in files.items():
            yield from _figures(pages, suffix, data, rounds if pages == _FEW else 1)


def _figures(pages: int, suffix: str, data: bytes, rounds: int) -> Iterator[Figure]:
    what = f"read {pages} pages of {suffix}"
    floor = _seconds(lambda: _FLOORS[suffix](data), rounds)
    ours = _seconds(lambda: read_plan(data, f"plan.{suffix}"), rounds)
    limit = _TIMES * floor + _SPARE_SECONDS if pages == _FEW else _LONG_SECONDS
    yield Figure(f"{what}, processor", ours * 1000, "ms", limit * 1000)
    yield Figure(f"{what}, bare words alone", floor * 1000, "ms")
    if pages == _MANY:
        yield Figure(f"{what}, memory", _peak_mib(data, suffix), "MiB", _MOST_MIB)


def _seconds(work: Callable[[], object], rounds: int) -> float:
    """Processor seconds of the median of `rounds`, after one that warms up when there are several."""
    taken = []
    for _ in range(rounds + (rounds > 1)):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return sorted(taken[-rounds:])[rounds // 2]


def _plan(pages: int) -> list[str]:
    """A plan of so many pages: the head of ours, then its assignments over and over, numbered on."""
    lines = [line for line in _SOURCE.read_text(encoding="utf-8").splitlines() if line.strip()]
    lines = [line.lstrip("# ").replace("**", "") for line in lines]
    repeated = lines[len(lines) // 2 : -8]
    wanted = pages * _LINES_OF_A_PAGE // 2
    while len(lines) < wanted:
        lines[-8:-8] = repeated
    return lines


def _word(lines: list[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _printed(lines: list[str]) -> bytes:
    """The same printed, or nothing where no browser can print."""
    if (chromium := shutil.which("chromium") or shutil.which("chromium-browser")) is None:
        return b""
    with TemporaryDirectory() as folder:
        page, printed = Path(folder, "plan.html"), Path(folder, "plan.pdf")
        words = "".join(f"<p style='text-indent:1cm'>{escape(line)}</p>" for line in lines)
        page.write_text(f"<meta charset=utf-8><style>@page{{margin:2cm}}</style>{words}", encoding="utf-8")
        command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={printed}"]
        subprocess.run([*command, str(page)], check=True, capture_output=True, timeout=120)
        return printed.read_bytes()


def _words_of_docx(data: bytes) -> int:
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    return sum(len(element.text or "") for element in root.iter(_WORDS))


def _words_of_pdf(data: bytes) -> int:
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return sum(len(page.extract_text(extraction_mode="layout")) for page in pages)


_FLOORS: dict[str, Callable[[bytes], int]] = {
    "txt": lambda data: len(data.decode().splitlines()),
    "docx": _words_of_docx,
    "pdf": _words_of_pdf,
}


def _peak_mib(data: bytes, suffix: str) -> float:
    """The most memory that a process which reads only this file ever held."""
    command = [sys.executable, "-m", "benchmarks.plans", suffix]
    told = subprocess.run(command, input=data, check=True, capture_output=True)
    return float(told.stdout)


def _tell_peak(suffix: str) -> None:
    read_plan(sys.stdin.buffer.read(), f"plan.{suffix}")
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB)


def main() -> None:
    """These figures alone; with a suffix, the memory of reading standard input."""
    if len(sys.argv) > 1:
        _tell_peak(sys.argv[1])
        return
    for figure in measure(5):
        print(*figure.as_row(), sep="  ", flush=True)


if __name__ == "__main__":
    main()
