"""The worker processes: `celery -A worker.main worker`; the clock is beat.py."""

from worker import jobs
from worker.app import celery

__all__ = ["celery", "jobs"]
