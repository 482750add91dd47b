"""Logging of the processes that `bosai` starts: to standard error, a line a record; the supervisor adds the time."""

import logging
import sys

OWN = ("alerts", "api", "bosai", "workers")
FORMAT = "%(levelname)s %(name)s: %(message)s"


def configure(level: str) -> None:
    """Own loggers speak from `level` on, those of libraries from WARNING on."""
    logging.basicConfig(level=logging.WARNING, format=FORMAT, stream=sys.stderr, force=True)
    for name in OWN:
        logging.getLogger(name).setLevel(level)
