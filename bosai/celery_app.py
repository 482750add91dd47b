"""What `celery -A bosai.celery_app` loads: the workers' and the schedule's Celery app, by the settings.

Nothing is opened when this is imported: database connections and the sender are made by the first task, in the process
that runs it, so that no connection is ever shared over a fork.
"""

import gc
import os
import sys
import warnings
from typing import Any

from celery.signals import setup_logging, worker_process_init, worker_process_shutdown, worker_shutdown

from bosai.logs import configure
from bosai.settings import load_settings
from bosai.tether import tie_to_parent
from bosai.wiring import Worlds, broker_url, polling
from workers.app import create_app

GARBAGE_AFTER = 20_000  # new objects; Python's 700 takes a tenth of a fan-out's time to find nothing
SWITCH_SECONDS = 0.001  # the thread that sends waits no longer for the one that keeps the books

_settings = load_settings()
_worlds = Worlds(_settings)
_main_process = os.getpid()

# Celery says it in eight lines for each worker; what it fears, pickled messages, is not accepted here.
warnings.filterwarnings("ignore", message="You're running the worker with superuser privileges")

app = create_app(_worlds, broker_url(_settings), polling(_settings))


@setup_logging.connect
def _log(**_: Any) -> None:  # noqa: ANN401 - whatever Celery sends
    configure(_settings.log_level)


@worker_process_init.connect
def _tie(**_: Any) -> None:  # noqa: ANN401
    """A pool process must not outlive a worker that was killed (push.md §5), and is made for many small objects."""
    gc.freeze()  # what was imported is never looked through again
    gc.set_threshold(GARBAGE_AFTER, 20, 50)
    sys.setswitchinterval(SWITCH_SECONDS)
    if os.getpid() != _main_process:
        tie_to_parent(_main_process)


@worker_process_shutdown.connect
@worker_shutdown.connect
def _close(**_: Any) -> None:  # noqa: ANN401
    _worlds.close()
