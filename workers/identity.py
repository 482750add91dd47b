"""Who this process is, in the `claimed_by` of a chunk."""

import os
import secrets
import socket
from functools import cache

HOST_LENGTH = 40  # the column holds 80


def worker_name() -> str:
    """A name that no other process has, also none that later gets the same number: a lease belongs to one life."""
    return _name(os.getpid())


@cache
def _name(pid: int) -> str:
    return f"{socket.gethostname()[:HOST_LENGTH]}:{pid}:{secrets.token_hex(6)}"
