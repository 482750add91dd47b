"""Whether the service can do its work, and if not, why: one check a part, each with a sentence for an operator."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from alerts.service.freshness import STALE_AFTER, sources
from alerts.service.services import Services
from alerts.store.unit_of_work import UnitOfWork

SILENT_AFTER = timedelta(seconds=60)  # half of what design.md §6 allows for noticing a stopped part
PARTS = ("schedule", "feeds", "alerts", "push", "channels")
# Pushes do not go out, no time limit can be trusted, an evacuation order waits for a decision: R21, R22, R25, R27
URGENT_ALARMS = frozenset({"stuck", "push_down", "clock", "undecided"})


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold."""

    name: str
    ok: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """All checks of one world."""

    checks: tuple[Check, ...]

    @property
    def ready(self) -> bool:
        """Whether all of them hold."""
        return all(check.ok for check in self.checks)


def readiness(services: Services) -> Readiness:
    """Runs every check; a database that cannot be read leaves out what is known only from it."""
    try:
        with services.database.read() as uow:
            stored = [check for one in _STORED for check in one(services, uow)]
        newest = services.database.is_newest()
    except Exception as error:  # noqa: BLE001  whatever is wrong with the database is the answer, not a defect
        lost = Check("database", False, f"cannot be read ({type(error).__name__}); is its server up, is it migrated?")
        return Readiness((lost, _sender(services)))
    migrated = Check("migrations", newest, "the newest" if newest else "the schema is not this programme's: migrate it")
    return Readiness((Check("database", True, "can be read"), migrated, _sender(services), *stored))


def _sender(services: Services) -> Check:
    """In production a service that can reach no phone is not ready (design.md §3)."""
    if services.sender.channel != "none":
        return Check("sender", True, f"pushes go out by {services.sender.channel}")
    reason = "no Firebase key: pushes are kept in the outbox and reach nobody"
    return Check("sender", services.environment == "embedded", reason)


def _feeds(services: Services, uow: UnitOfWork) -> Iterator[Check]:
    now, found = services.clock.now(), sources(services, uow)
    if not found and not services.is_drill:
        yield Check("feed", False, "no feed is read; is polling switched off?")
    for source in found:
        name = f"feed {source.name}"
        if source.as_of is None:
            yield Check(name, False, f"not read since the first start: {source.error or 'not tried yet'}")
        elif not source.is_stale(now):
            yield Check(name, True, f"read at {source.as_of:%H:%M:%S} UTC")
        else:
            minutes = int(STALE_AFTER.total_seconds() // 60)
            yield Check(name, False, f"not read for more than {minutes} minutes: {source.error or 'no attempt'}")


def _heartbeats(services: Services, uow: UnitOfWork) -> Iterator[Check]:
    if services.is_drill:
        return  # the workers serve both worlds and tell the live one that they live
    now = services.clock.now()
    seen = {beat.part: beat.at for beat in uow.heartbeats.all()}
    for part in PARTS:
        last = seen.get(part)
        if last is None:
            yield Check(part, False, "has given no sign of life yet; is the worker running?")
        else:
            alive = now - last <= SILENT_AFTER
            yield Check(part, alive, f"last sign of life {int((now - last).total_seconds())} s ago")


def _alarms(_: Services, uow: UnitOfWork) -> Iterator[Check]:
    """Most alarms are for an operator to read, not a reason to say that the service cannot work."""
    found = uow.alarms.open_kinds()
    said = ", ".join(f"{one.count} {one.kind}" for one in found)
    is_ok = not any(one.kind in URGENT_ALARMS for one in found)
    yield Check("alarms", is_ok, f"open: {said}; bosai check lists them" if found else "none is open")


_STORED: tuple[Callable[[Services, UnitOfWork], Iterator[Check]], ...] = (_feeds, _heartbeats, _alarms)
