"""A sender as a process of its own, to be killed: drains the outbox for ever, with the quick pace of a test."""

import json
import os
import time
from dataclasses import replace
from datetime import timedelta

from portal.app import create_app
from portal.db import keep, utc_now
from portal.reminders.draining import drain
from portal.reminders.pace import PACE

#: A crash is found out by its lock at once; a second is enough for the test's relay to note what it took.
QUICK = replace(
    PACE,
    claim=timedelta(seconds=3),
    submission=timedelta(seconds=4),
    settle=timedelta(seconds=1),
    slice=timedelta(seconds=1),
)


def main() -> None:
    """Until somebody kills us."""
    app = create_app(json.loads(os.environ["SENDER_SETTINGS"]))
    while True:
        with app.app_context():
            drain(utc_now, QUICK)
            keep()
        time.sleep(0.05)


if __name__ == "__main__":
    main()
