"""How the house calls jobs by Celery: settings, each for a measured reason (reminders.md 2.2, in short below)."""

from celery import Celery
from kombu.transport.redis import Channel

from portal.doorbell import QUEUES
from worker.clock import SCHEDULE


def make_celery(broker_url: str) -> Celery:
    """Celery as the house uses it: no results, no retries, no ETA; a lost message loses nothing."""
    # What a worker has taken and not begun is not put back when its connection breaks: kombu would do so on the broken
    # connection, and where the broker is gone the whole worker dies of it (measured: F3 with many messages).
    Channel.do_restore = False
    celery = Celery("portal", broker=broker_url, set_as_current=True)
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
        beat_schedule=SCHEDULE,
    )
    return celery
