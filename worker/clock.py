"""When each job runs. Ringing twice, or late, changes nothing: the rows say what is due."""

from typing import Any

from celery.schedules import crontab

#: name of the entry -> job, and every how many seconds or at what local time.
SCHEDULE: dict[str, dict[str, Any]] = {
    # A tick that was not heard in time is worth nothing: the next one does the same work.
    "rollups.publish_changed": {
        "task": "rollups.publish_changed",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "rollups.take_up_asks": {
        "task": "rollups.take_up_asks",
        "schedule": 15.0,
        "options": {"expires": 15.0},
    },
    "rollups.settle_asks": {"task": "rollups.settle_asks", "schedule": 300.0, "options": {"expires": 300.0}},
    "ward_jobs.carry_out": {"task": "ward_jobs.carry_out", "schedule": 3.0, "options": {"expires": 3.0}},
    "plans.carry_out_units": {
        "task": "plans.carry_out_units",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "reports.carry_out_exports": {
        "task": "reports.carry_out_exports",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "reports.call_webhooks": {
        "task": "reports.call_webhooks",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "reports.sweep_exports": {"task": "reports.sweep_exports", "schedule": crontab(minute=40)},
    "accounts.send_mail": {"task": "accounts.send_mail", "schedule": 5.0, "options": {"expires": 5.0}},
    "reminders.tick": {"task": "reminders.tick", "schedule": 30.0, "options": {"expires": 30.0}},
    # Asked every quarter of an hour, so that a clock that was down at half past seven makes up for it.
    "rollups.write_weekly": {
        "task": "rollups.write_weekly",
        "schedule": 900.0,
        "options": {"expires": 900.0},
    },
    "reminders.drain_texts": {
        "task": "reminders.drain_texts",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "reminders.poll_texts": {
        "task": "reminders.poll_texts",
        "schedule": 1800.0,
        "options": {"expires": 1800.0},
    },
    "reminders.listen_texts": {
        "task": "reminders.listen_texts",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "reminders.fall_back": {
        "task": "reminders.fall_back",
        "schedule": 300.0,
        "options": {"expires": 300.0},
    },
    "reminders.receipts": {"task": "reminders.receipts", "schedule": 5.0, "options": {"expires": 5.0}},
    "reminders.drain": {"task": "reminders.drain", "schedule": 2.0, "options": {"expires": 2.0}},
    # A period begins at midnight; the clock asks every hour, so that a machine that slept then makes up for it.
    "tasks.make_periods": {
        "task": "tasks.make_periods",
        "schedule": crontab(minute=10),
        "options": {"expires": 3600.0},
    },
    "tasks.sweep_evidence": {"task": "tasks.sweep_evidence", "schedule": crontab(hour=3, minute=20)},
    # After midnight, local: what was due yesterday is overdue today.
    "rollups.publish_all": {"task": "rollups.publish_all", "schedule": crontab(hour=0, minute=5)},
    # Once a month there is something to do; asked every hour, so that a machine that slept makes up for it.
    "rollups.announce": {
        "task": "rollups.announce",
        "schedule": crontab(minute=25),
        "options": {"expires": 3600.0},
    },
}

__all__ = ["SCHEDULE", "crontab"]
