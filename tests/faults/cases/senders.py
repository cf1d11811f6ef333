"""F1, F2, F23: workers are killed, their children are killed, workers are restarted in order."""

import signal
import time
from collections.abc import Callable
from contextlib import suppress

import psutil

from portal.local.child import Child
from tests.faults.processes import MANY, Site, kill_whole
from tests.faults.table import Verdict


def worker_killed(site: Site) -> Verdict:
    """F1: SIGKILL of the worker and its pool, over and over."""
    messages, kills = site.messages(MANY), site.kills(20)
    site.plant(messages)
    with site.relay(delay=0.005), site.workers() as (worker, _clock):
        done = harass(site, messages, kills, lambda: _kill_and_start(worker))
        seconds = site.finish()
    lost, doubled = site.counted()
    doubt = site.in_doubt()
    return Verdict(
        f"{done} x SIGKILL of the worker, {messages} messages",
        lost,
        doubled,
        f"{doubt} in doubt, all final {seconds:.1f} s later",
        "in doubt <= kills x processes, final <= 10 s",
        doubt <= done * 2 and seconds <= 10 and done == kills,
    )


def senders_killed(site: Site, messages: int, kills: int) -> Verdict:
    """F1 with bare senders: the same fault in a few seconds."""
    site.plant(messages)
    with site.relay(delay=0.01), site.senders() as senders:
        turns = iter(range(10_000))
        done = harass(site, messages, kills, lambda: _kill_and_start(senders[next(turns) % 2]))
        seconds = site.finish()
    lost, doubled = site.counted()
    return Verdict(
        f"{done} x SIGKILL of senders", lost, doubled, f"{seconds:.1f} s", "", done >= 3 and seconds < 60
    )


def pool_child_killed(site: Site) -> Verdict:
    """F2: SIGKILL of a child of the pool; its parent lives and makes another."""
    messages, kills = site.messages(MANY), site.kills(20)
    site.plant(messages)
    with site.relay(delay=0.005), site.workers() as (worker, _clock):
        done = harass(site, messages, kills, lambda: _kill_a_child(site, worker))
        seconds = site.finish()
    lost, doubled = site.counted()
    return Verdict(
        f"{done} x SIGKILL of a pool process, {messages} messages",
        lost,
        doubled,
        f"{site.in_doubt()} in doubt, all final {seconds:.1f} s later",
        "final <= 10 s",
        seconds <= 10 and done == kills,
    )


def rolling_restart(site: Site) -> Verdict:
    """F23: SIGTERM to the worker in the middle of its work, then a new one."""
    messages, times, slowest = site.messages(2000), site.kills(10), 0.0
    site.plant(messages)
    with site.relay(delay=0.02), site.workers() as (worker, _clock):
        for _turn in range(times):
            before = site.taken()
            site.wait(lambda before=before: site.taken() > before + 5 or site.left() == 0, 20)  # type: ignore[misc]
            begun = time.monotonic()
            worker.stop(patience=25, with_signal=signal.SIGTERM)
            slowest = max(slowest, time.monotonic() - begun)
            worker.start()
        seconds = site.finish()
    lost, doubled = site.counted()
    doubt = site.in_doubt()
    return Verdict(
        f"{times} x SIGTERM and a new worker, {messages} messages",
        lost,
        doubled,
        f"{doubt} in doubt, slowest exit {slowest:.1f} s",
        "0 in doubt, exit <= 20 s",
        doubt == 0 and slowest <= 20 and seconds < 60,
    )


def harass(site: Site, messages: int, kills: int, harm: Callable[[], object]) -> int:
    """Do harm each time some more messages have left, at odd moments all over the run; how often that was."""
    done, gap = 0, messages * 9 // (kills * 10)
    while done < kills and site.taken() < messages * 0.95:
        before = site.taken()
        site.wait(lambda before=before: site.taken() >= before + gap, 30)  # type: ignore[misc]
        time.sleep(site.chance.uniform(0, 0.04))
        harm()
        done += 1
    return done


def _kill_and_start(child: Child) -> None:
    kill_whole(child)
    child.start()


def _kill_a_child(site: Site, worker: Child) -> None:
    assert worker.pid is not None
    with suppress(psutil.NoSuchProcess):
        children = psutil.Process(worker.pid).children()
        if children:
            site.chance.choice(children).kill()
