"""The worker and clock processes: `celery -A worker.main worker` and `celery -A worker.main beat`."""

from worker import jobs
from worker.app import celery
from worker.clock import SCHEDULE

celery.conf.beat_schedule = SCHEDULE

__all__ = ["celery", "jobs"]
