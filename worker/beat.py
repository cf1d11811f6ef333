"""The clock process, `celery -A worker.beat beat`: it knows when each job runs, and nothing of what a job does."""

from portal import config
from worker.calling import make_celery

celery = make_celery(config.load().broker_url)
