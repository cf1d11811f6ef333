"""Every job, one line of work each. Arguments are ids; "now" enters here and is passed down."""

from portal.db import utc_now
from worker.app import celery, flask_app
from worker.wards import in_every_ward, job, job_for_one_ward
