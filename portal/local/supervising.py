"""Keep the processes of a city running: bring back what died, and end all of them in order."""

import time
from collections.abc import Callable, Sequence
from typing import NoReturn, Protocol

LOOK_SECONDS = 0.5
SHORTEST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
_CALM_SECONDS = 60.0  # alive so long, a process has earned the shortest pause again


class Kept(Protocol):
    """What a supervisor keeps: a server or another child process."""

    @property
    def name(self) -> str: ...
    @property
    def is_running(self) -> bool: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...


class Supervisor:
    """Watches processes, given in the order in which they need each other: the database comes first."""

    def __init__(self, processes: Sequence[Kept], say: Callable[[str], None]) -> None:
        self._processes = list(processes)
        self._say = say
        self._pause: dict[str, float] = {}
        self._due: dict[str, float] = {}
        self._born: dict[str, float] = {}

    def watch(self) -> NoReturn:
        """Look again and again, for ever; a signal's exception ends it."""
        while True:
            self.look(time.monotonic())
            time.sleep(LOOK_SECONDS)

    def look(self, now: float) -> None:
        """Plan to bring back each process that has died, and bring back those whose pause is over."""
        for process in self._processes:
            if process.is_running:
                continue
            if process.name not in self._due:
                self._plan(process, now)
            elif now >= self._due[process.name]:
                self._bring_back(process, now)

    def _plan(self, process: Kept, now: float) -> None:
        calm = now - self._born.get(process.name, 0.0) > _CALM_SECONDS
        last = 0.0 if calm else self._pause.get(process.name, 0.0)
        pause = min(LONGEST_PAUSE, max(SHORTEST_PAUSE, 2 * last))
        self._pause[process.name], self._due[process.name] = pause, now + pause
        self._say(f"{process.name} đã dừng bất ngờ, chạy lại sau {pause:.0f} giây")

    def _bring_back(self, process: Kept, now: float) -> None:
        del self._due[process.name]
        self._born[process.name] = now
        try:
            process.start()
        except Exception as failure:  # whatever it is, the next look tries again
            self._say(f"{process.name} chưa chạy lại được: {str(failure).splitlines()[0]}")

    def stop_all(self) -> None:
        """End everything, the last first, each given time to finish what it has in hand."""
        for process in reversed(self._processes):
            process.stop()
