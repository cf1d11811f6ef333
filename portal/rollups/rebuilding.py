"""Counting every ward afresh, some workers side by side; doing it twice changes nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from flask import Flask, current_app

from portal.db import session_as
from portal.rollups.publishing import publish_each
from portal.rollups.publishing_queries import all_wards

#: Each has a connection of its own and waits for the database most of the time.
WORKERS = 2


def publish_all(now: datetime, workers: int = WORKERS) -> list[int]:
    """Count every ward afresh. Returns those that failed, in order."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    wards = all_wards(session_as("rollup"))
    session_as("rollup").rollback()
    share = -(-len(wards) // workers) or 1

    def publish(start: int) -> list[int]:
        with app.app_context():
            return publish_each(wards[start : start + share], now)

    with ThreadPoolExecutor(workers) as crew:
        return [failed for some in crew.map(publish, range(0, len(wards), share)) for failed in some]
