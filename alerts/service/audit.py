"""The office's book: written in the transaction of the act, read, checked and exported (issue 8.11)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from alerts.audit import Entry, Fault, Head, State, faults
from alerts.service.people.acting import Actor
from alerts.service.services import Services
from alerts.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at a whole chain found."""

    entries: int
    head: Head
    faults: tuple[Fault, ...]


def record(  # noqa: PLR0917 - one line of the book, in its order
    uow: UnitOfWork, actor: Actor, action: str, before: State | None, after: State | None, now: datetime
) -> Entry:
    """Writes an act into the book of the world that `uow` belongs to: both are committed, or neither.

    `action` is `subject.verb`; `before` and `after` hold values of JSON and never a secret.
    """
    return uow.audit.append(actor.officer_id, actor.name, action, before, after, now)


def newest(services: Services, limit: int, before: int | None = None) -> list[Entry]:
    """The last entries, the newest first; `before` goes on from a number."""
    with services.database.read() as uow:
        return uow.audit.newest(limit, before)


def check(services: Services, noted: Head | None = None) -> Checked:
    """Looks at every entry. `noted` is a head that somebody kept outside the database."""
    with services.database.read() as uow:
        counted = _Counted(uow.audit.all())
        found = tuple(faults(counted, uow.audit.head(), noted))
        return Checked(counted.number, uow.audit.head(), found)


def every(services: Services) -> Iterator[Entry]:
    """The whole chain, from one snapshot."""
    with services.database.read() as uow:
        yield from uow.audit.all()


class _Counted:
    """Entries, counted as they pass."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = entries
        self.number = 0

    def __iter__(self) -> Iterator[Entry]:
        for entry in self._entries:
            self.number += 1
            yield entry
