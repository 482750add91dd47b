"""The Celery app: queues, settings and the one-second schedule (design.md §2.6, push.md §5).

A message here is a nudge: what is due stands in the database, and a task that finds nothing due does nothing. So there
is no ETA, no countdown and no result, and losing every message loses nothing.
"""

from collections.abc import Mapping

from celery import Celery

from alerts.service.services import Services
from workers.schedule import BEAT_SCHEDULE
from workers.tasks import alerts, channels, feeds, push, watch
from workers.tasks.feeds import Polling

BROKER_TRANSPORT = {
    "visibility_timeout": 60,
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
}
# Who publishes does not wait for a broker that is away or silent: one try, a second to connect and one for the answer.
ONE_TRY = {"max_retries": 0, "socket_connect_timeout": 1, "socket_timeout": 1}
TASK_SECONDS = 300  # a task that hangs is ended; the sweeper nudges again what it held


def create_publisher(broker_url: str) -> Celery:
    """A Celery app that only sends: for the API's nudges and for the supervisor."""
    app = Celery("bosai", broker=broker_url, set_as_current=False)
    app.conf.update(
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=1,
        task_ignore_result=True,
        task_serializer="json",
        accept_content=["json"],
        task_time_limit=TASK_SECONDS,
        task_create_missing_queues=True,
        broker_transport_options=BROKER_TRANSPORT | ONE_TRY,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        task_publish_retry=True,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
    )
    return app


def create_app(services: Mapping[str, Services], broker_url: str, polling: Polling | None = None) -> Celery:
    """The app of the workers and of the schedule.

    `services` maps `live` and `drill` to their services; it is asked only inside tasks, in the process that runs them.
    Without `polling` no feed is read.
    """
    app = create_publisher(broker_url)
    app.conf.broker_transport_options = BROKER_TRANSPORT
    app.conf.beat_schedule = BEAT_SCHEDULE
    app.conf.beat_scheduler = "workers.schedule:BoundedScheduler"
    app.conf.beat_max_loop_interval = 1
    alerts.register(app, services)
    feeds.register(app, services, polling)
    push.register(app, services)
    channels.register(app, services)
    watch.register(app, services)
    return app
