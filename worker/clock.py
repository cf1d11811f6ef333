"""When each job runs. Ringing twice, or late, changes nothing: the rows say what is due."""

from typing import Any

from celery.schedules import crontab

#: name of the entry -> job, and every how many seconds or at what local time.
SCHEDULE: dict[str, dict[str, Any]] = {}

__all__ = ["SCHEDULE", "crontab"]
