"""Webhooks: what there is to tell is noticed, then sent one by one, each call between two short transactions."""

import logging
import time

from flask import Flask

from portal.db import session_as, utc_now
from portal.errors import kind_of
from portal.reports.webhooks.delivering import claim, send, settle
from portal.reports.webhooks.noticing import due_webhooks, notice
from worker.ward_jobs import SLICE
from worker.wards import job

log = logging.getLogger(__name__)


def notice_news(app: Flask) -> int:
    """Write down the messages there are for each webhook; how many. One that fails does not stop the others."""
    with job(app):
        due = due_webhooks(session_as("auth"), utc_now())
    found = 0
    for hook_id in due:
        try:
            with job(app):
                found += notice(session_as("auth"), session_as("city"), hook_id, utc_now())
        except Exception as error:
            log.error("webhook %s was not looked after: %s", hook_id, kind_of(error))
    return found


def deliver_news(app: Flask) -> int:
    """Send messages that are due, for one slice of time; how many that were."""
    until, sent = time.monotonic() + SLICE, 0
    while time.monotonic() < until:
        with job(app):
            claimed = claim(session_as("auth"), utc_now())
        if claimed is None:
            break
        with app.app_context():
            answer = send(claimed)
        with job(app):
            settle(session_as("auth"), claimed, answer, utc_now())
        sent += 1
    return sent
