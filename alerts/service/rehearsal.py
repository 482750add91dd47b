"""A throw-away world in which the real functions run and nothing can come of it (issue 4, simulate).

The real database is only read, in one snapshot. What is written goes to a file of its own that is deleted; nobody is
nudged, no alarm is said, and the sender of this world refuses to send.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from alerts.ports import NO_CHANNEL, Clock, PushJob, PushOutcome, StopSendingError
from alerts.service.rule_changes import take_over
from alerts.service.services import Services
from alerts.store.alarm import Alarm
from alerts.store.alarm_log import AlarmLog
from alerts.store.database import Database
from alerts.store.standing import Around


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A moment that stays."""

    moment: datetime

    def now(self) -> datetime:
        """Always the same."""
        return self.moment


class _Nobody:
    """Takes the place of the nudge and of the sender."""

    channel = NO_CHANNEL

    def chunk_due(self, chunk_id: int) -> None:
        """Nobody is nudged."""

    def send(self, jobs: Sequence[PushJob], clock: Clock, record: Callable[[Sequence[PushOutcome]], None]) -> None:
        """Refuses: a rehearsal delivers no chunk."""
        raise StopSendingError("a simulation sends nothing")

    def close(self) -> None:
        """Nothing is open."""


class _SilentAlarms(AlarmLog):
    """Alarms of a rehearsal concern nobody."""

    def opened(self, alarm: Alarm) -> None:
        """Says nothing."""


@contextmanager
def rehearsal(services: Services, moment: datetime, around: Around | None) -> Iterator[Services]:
    """A world like that of `services` at `moment`: with what stands in it now, or empty where `around` is None.

    The city's matching rules are those that act now in both.
    """
    with tempfile.TemporaryDirectory(prefix="bosai-simulate-") as folder:
        world = services.world
        database = Database(f"sqlite:///{Path(folder)}/world.db", world, alarm_log=_SilentAlarms(world.name))
        try:
            database.migrate()
            take_over(services.database, database)
            if around is not None:
                _copy(services.database, database, around)
            nobody = _Nobody()
            yield replace(services, database=database, nudge=nobody, sender=nobody, clock=FixedClock(moment))
        finally:
            database.dispose()


def _copy(real: Database, rehearsed: Database, around: Around) -> None:
    with real.read() as uow:
        standing = uow.standing.rows(around)
    with rehearsed.write() as uow:
        uow.standing.put(standing)
