"""The Celery application of the workers: every job runs inside the Flask app."""

import gc

from celery import signals

from portal.app import create_app
from portal.db import db
from worker.calling import make_celery

flask_app = create_app()
celery = make_celery(flask_app.config["PORTAL"].broker_url)


@signals.worker_init.connect
def _share_what_was_made(**_unused: object) -> None:
    """What was made before the children are forked stays: the collector touches it in none of them (performance.md)."""
    gc.collect()
    gc.freeze()


@signals.worker_process_init.connect
def _own_connections(**_unused: object) -> None:
    """A forked child must not share its parent's database connections."""
    with flask_app.app_context():
        for engine in db.engines.values():
            engine.dispose(close=False)
