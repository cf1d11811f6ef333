"""A sender as a process of its own, to be killed: drains the outbox for ever, with no broker, at a quick pace."""

import json
import os
import time

from sqlalchemy.exc import SQLAlchemyError

from portal.app import create_app
from portal.db import keep, utc_now
from portal.reminders.draining import drain
from tests.faults.quick import QUICK


def main() -> None:
    """Until somebody kills us."""
    app = create_app(json.loads(os.environ["SENDER_SETTINGS"]))
    app.config["PACE"] = QUICK
    while True:
        try:
            with app.app_context():
                drain(utc_now)
                keep()
        except SQLAlchemyError as error:
            print(type(error).__name__, flush=True)
        time.sleep(0.05)


if __name__ == "__main__":
    main()
