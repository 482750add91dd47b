"""What goes wrong in one world stays there (R1)."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

log = logging.getLogger(__name__)


@contextmanager
def on_its_own(what: str) -> Iterator[None]:
    """Logs whatever is raised inside, so that what follows is done all the same; the next tick tries again."""
    try:
        yield
    except Exception:
        log.exception("%s failed and is tried again; the rest goes on", what)
