"""The pace of processes that are killed on purpose: a second is enough for a test's relay to note what it took."""

from dataclasses import replace
from datetime import timedelta

from portal.reminders.pace import PACE

QUICK = replace(
    PACE,
    claim=timedelta(seconds=3),
    submission=timedelta(seconds=4),
    settle=timedelta(seconds=1),
    away=timedelta(seconds=0.5),
    breaker=timedelta(seconds=1),
)
