"""Ring for the workers after a commit: a hint that may be lost, never the work itself."""

import logging
import time

from celery import Celery
from flask import Flask, current_app

from portal.db import after_commit

log = logging.getLogger(__name__)

#: Jobs that talk to a relay have processes of their own: one that answers slowly holds up nothing else.
SENDING = ("accounts.send_mail", "reminders.drain")

#: Gateways for SMS may take twenty seconds for one answer; mail does not wait for them.
TEXTING = ("reminders.drain_texts", "reminders.poll_texts")

#: Units' own systems are anybody's: what they keep waiting is nothing but other webhooks.
HOOKING = ("reports.call_webhooks",)

#: What the bell, the clock and the workers all know: which queue a job is called through.
QUEUES = {
    "task_default_queue": "work",
    "task_routes": {
        **{job: {"queue": "sending"} for job in SENDING},
        **{job: {"queue": "texting"} for job in TEXTING},
        **{job: {"queue": "hooking"} for job in HOOKING},
    },
}

#: After a failed ring nobody tries again for this long, so that a dead broker costs requests nothing.
_SULK_SECONDS = 10.0

#: Seconds. A job without arguments does all there is to do: rung for again so soon, its next tick of the clock will do.
_ONCE_IN = 1.0

#: Seconds. A broker that does not answer at once is treated as away.
_PATIENCE = 0.2


class Doorbell:
    """Sends a job's name to the broker. The rows are the truth: a lost ring only costs a few seconds."""

    def __init__(self, broker_url: str) -> None:
        self._celery = Celery("doorbell", broker=broker_url, set_as_current=False)
        self._celery.conf.update(
            **QUEUES,
            task_ignore_result=True,
            broker_connection_timeout=_PATIENCE,
            broker_transport_options={
                "socket_timeout": _PATIENCE,
                "socket_connect_timeout": _PATIENCE,
                "global_keyprefix": "portal:",
                "max_retries": 0,
            },
        )
        self._quiet_until = 0.0
        self._rung: dict[str, float] = {}

    def ring(self, job: str, *args: str | int) -> bool:
        """Ask for `job` with ids as arguments. True when the broker took it, now or a moment ago."""
        now = time.monotonic()
        if now < self._quiet_until:
            return False
        if not args and now - self._rung.get(job, -_ONCE_IN) < _ONCE_IN:
            return True
        try:
            self._celery.send_task(job, args=args, retry=False, ignore_result=True)
        except Exception as error:  # any transport fault means the same: nobody heard it
            log.warning("the doorbell was not heard: %s", type(error).__name__)
            self._quiet_until = time.monotonic() + _SULK_SECONDS
            return False
        self._rung[job] = now
        return True


def attach(app: Flask, broker_url: str) -> None:
    """Hang the bell on the app."""
    app.extensions["doorbell"] = Doorbell(broker_url)


def ring_after_commit(job: str, *args: str | int) -> None:
    """Ring for `job` once the rows of this request are kept."""
    bell: Doorbell = current_app.extensions["doorbell"]
    after_commit(lambda: bell.ring(job, *args))
