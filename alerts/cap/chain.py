"""The CAP messages of one alert: one for each revision, and one more whenever a message would run out before its alert.

JMA's warnings have no end until a telegram ends them, but a CAP message needs one (conventions.md). So such a message
holds for a day and a half and is said again each day. All of it follows from the revisions, so an identifier always
means the same message and is never used for another (sahana#1191).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from alerts.alert import Change, Revision
from alerts.situation import HazardState

LASTS = timedelta(hours=36)  # half a day longer than until the next one: an outage of that length ends no warning
SAID_AGAIN_AFTER = timedelta(hours=24)
OVER_LASTS = timedelta(hours=6)  # so long the news that it is over, or was wrong
SHORTEST = timedelta(minutes=10)
_NEVER = datetime.min.replace(tzinfo=UTC)
_OVER = frozenset({Change.END, Change.RETRACT})


@dataclass(frozen=True, slots=True)
class Message:
    """One message: a revision, said for the first time or again."""

    revision: Revision
    repeat: int  # 0 for the first time
    sent: datetime  # whole seconds; later than that of every message before it
    expires: datetime

    @property
    def key(self) -> str:
        """What tells it from the other messages of its alert: 2, or 2-1 where revision 2 is said again."""
        return f"{self.revision.number}-{self.repeat}" if self.repeat else str(self.revision.number)

    @property
    def is_over(self) -> bool:
        """Whether it says that the alert is over or was wrong."""
        return self.revision.change in _OVER


def standing_until(state: HazardState | None, as_of: datetime | None) -> datetime:
    """Until when an alert is known to stand: no later than the facts are known, not at all without a state."""
    if state is None or as_of is None:
        return _NEVER
    return min(as_of, state.valid_until or as_of)


def messages(revisions: Sequence[Revision], stands_until: datetime) -> tuple[Message, ...]:
    """All messages of an alert, first to last; the newest revision is said again for as long as it stands."""
    said: list[Message] = []
    for at, revision in enumerate(revisions):
        following = revisions[at + 1].issued_at if at + 1 < len(revisions) else stands_until
        said += _of_revision(revision, said[-1].sent if said else _NEVER, following)
    return tuple(said)


def _of_revision(revision: Revision, before: datetime, until: datetime) -> Iterator[Message]:
    """One revision's messages: it is said again while `until` has not come."""
    sent = max(revision.issued_at.replace(microsecond=0), before + timedelta(seconds=1))
    if revision.change in _OVER:
        yield Message(revision, 0, sent, sent + OVER_LASTS)
        return
    printed = revision.valid_until.replace(microsecond=0) if revision.valid_until else None
    valid = max(printed - sent, SHORTEST) if printed else None
    every, lasts = (valid, valid) if valid else (SAID_AGAIN_AFTER, LASTS)
    yield Message(revision, 0, sent, sent + lasts)
    for repeat in range(1, max(0, -((sent - until) // every))):
        again = sent + repeat * every
        yield Message(revision, repeat, again, again + lasts)
