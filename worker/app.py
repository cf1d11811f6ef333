"""The Celery application and its settings, each for a measured reason (reminders.md 2.2, in short below)."""

from celery import Celery, signals
from flask import Flask

from portal.app import create_app
from portal.db import db
from portal.doorbell import QUEUES


def make_celery(app: Flask) -> Celery:
    """Celery as the house uses it: no results, no retries, no ETA; a lost message loses nothing."""
    celery = Celery("portal", broker=app.config["PORTAL"].broker_url, set_as_current=True)
    celery.conf.update(
        **QUEUES,
        task_ignore_result=True,
        task_store_errors_even_if_ignored=False,
        task_serializer="json",
        accept_content=["json"],
        # A doorbell may be lost, so it is acknowledged early; nothing is ever run twice because of the broker.
        task_acks_late=False,
        worker_prefetch_multiplier=1,
        worker_max_tasks_per_child=2000,
        # A slice of work is at most five seconds; a plan's reader has its own, longer limit in its child process.
        task_soft_time_limit=60,
        task_time_limit=90,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={
            "visibility_timeout": 3600,
            "socket_timeout": 10,
            "socket_connect_timeout": 5,
            "socket_keepalive": True,
            "health_check_interval": 25,
            "global_keyprefix": "portal:",
        },
        worker_cancel_long_running_tasks_on_connection_loss=True,
        worker_send_task_events=False,
        worker_hijack_root_logger=False,
        timezone="Asia/Ho_Chi_Minh",
    )
    return celery


flask_app = create_app()
celery = make_celery(flask_app)


@signals.worker_process_init.connect
def _own_connections(**_unused: object) -> None:
    """A forked child must not share its parent's database connections."""
    with flask_app.app_context():
        for engine in db.engines.values():
            engine.dispose(close=False)
