"""The office's book: each entry carries the hash of the one before, so that a changed one shows (issue 8.11).

Whoever can write the database can also write a whole new chain. Against that, a head that was noted elsewhere (on
paper, in an export) is looked for in the chain: a chain that was written anew does not hold it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

State = Mapping[str, Any]
"""What something was like, in the values of JSON."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a chain; number 0 before the first."""

    number: int
    hash: str


BEGINNING = Head(0, "0" * 64)


@dataclass(frozen=True, slots=True)
class Entry:
    """Who did what when, and what it was like before and after."""

    number: int  # 1, 2, 3, … without a gap
    at: datetime
    world: str
    officer_id: str | None  # None: the machine's console, or nobody who has logged in
    who: str
    action: str
    before: State | None
    after: State | None
    previous: str
    hash: str = ""

    @property
    def head(self) -> Head:
        """The chain's head when this entry was its last."""
        return Head(self.number, self.hash)


class Break(StrEnum):
    """What is wrong at an entry."""

    CHANGED = "changed"  # it does not have its own hash
    MISSING = "missing"  # what should stand here is not here
    FOREIGN = "foreign"  # it does not follow the entry before
    CUT_OFF = "cut_off"  # the chain ends before its kept head, or goes on after it


@dataclass(frozen=True, slots=True)
class Fault:
    """A break, and the number where it is."""

    kind: Break
    number: int


def hash_of(entry: Entry) -> str:
    """SHA-256 over everything the entry says, and the hash before it, as canonical JSON."""
    said = [entry.previous, entry.number, entry.at.astimezone(UTC).isoformat(timespec="microseconds"), entry.world]
    said += [entry.officer_id, entry.who, entry.action, entry.before, entry.after]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode()).hexdigest()


def faults(entries: Iterable[Entry], kept: Head, noted: Head | None = None) -> Iterator[Fault]:
    """Everything that is wrong with a whole chain, in order.

    `kept` is the head that the database keeps beside it, `noted` one that somebody wrote down earlier.
    """
    last, is_noted = BEGINNING, noted is None or noted == BEGINNING
    for entry in entries:
        yield from _faults_of(entry, last)
        last = entry.head
        is_noted = is_noted or last == noted
    if last != kept:
        yield Fault(Break.CUT_OFF, max(last.number, kept.number))
    if not is_noted and noted is not None:
        yield Fault(Break.CHANGED if noted.number <= last.number else Break.CUT_OFF, noted.number)


def _faults_of(entry: Entry, last: Head) -> Iterator[Fault]:
    if entry.number > last.number + 1:
        yield Fault(Break.MISSING, last.number + 1)
    elif entry.number != last.number + 1 or entry.previous != last.hash:
        yield Fault(Break.FOREIGN, entry.number)
    if hash_of(entry) != entry.hash:
        yield Fault(Break.CHANGED, entry.number)
