"""What processes weigh and work: memory (shared pages divided among those who share them) and processor time."""

import os
from pathlib import Path


def descendants(pid: int) -> list[int]:
    """The process and everything it started, as far as it still lives."""
    parents = {int(entry): _parent(int(entry)) for entry in os.listdir("/proc") if entry.isdigit()}
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def mebibytes(pid: int) -> float:
    """Its proportional set size; 0 once it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def processor_seconds(pids: list[int]) -> float:
    """The processor time of these processes together, in the kernel and outside it, in steps of 10 ms."""
    return sum(_processor_ticks(pid) for pid in pids) / os.sysconf("SC_CLK_TCK")


def command(pid: int) -> str:
    """How it was started."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ").strip()
    except OSError:
        return ""


def _parent(pid: int) -> int:
    return int(_stat(pid)[1])


def _processor_ticks(pid: int) -> int:
    return sum(int(ticks) for ticks in _stat(pid)[11:13])


def _stat(pid: int) -> list[str]:
    """The fields of proc(5) from `state` on; zeros once the process has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return ["0"] * 50
