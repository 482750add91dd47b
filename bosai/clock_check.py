"""Whether this machine's clock and the database server's agree: leases are given by one host and judged by another."""

from datetime import datetime, timedelta

from alerts.ports import Clock
from alerts.store.database import Database

TOLERATED = timedelta(seconds=0.5)  # a lease lasts 2 s and is renewed each 0.5 s: two hosts may be 1 s apart


def clock_problem(database: Database, clock: Clock) -> str | None:
    """One sentence if the server's clock is more than `TOLERATED` from this machine's; None also for a file."""
    before = clock.now()
    server = database.server_time()
    if server is None:
        return None
    ahead = _distance(server, before, clock.now())
    if abs(ahead) <= TOLERATED:
        return None
    direction = "ahead of" if ahead > timedelta(0) else "behind"
    return f"the server's clock is {abs(ahead).total_seconds():.1f} s {direction} this machine's; mend NTP on both"


def _distance(server: datetime, before: datetime, after: datetime) -> timedelta:
    """How far outside the time of asking the answer lies: a slow network is no wrong clock."""
    return max(server - after, timedelta(0)) or min(server - before, timedelta(0))
