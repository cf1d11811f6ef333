"""The product's worker and clock, unchanged but for the quick pace of a test: `celery -A tests.faults.quick_worker`."""

from tests.faults.quick import QUICK
from worker.app import flask_app
from worker.main import celery

flask_app.config["PACE"] = QUICK

__all__ = ["celery"]
