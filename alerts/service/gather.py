"""Nudges held back until a poll is taken in, so that a worker finds the most urgent of it first (R14, decision 9)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from alerts.alert import Revision, Urgency
from alerts.ports import Nudge
from alerts.service.services import Services


@dataclass(slots=True)
class _Kept:
    """Implements `Nudge` by remembering."""

    chunks: list[int] = field(default_factory=list)

    def chunk_due(self, chunk_id: int) -> None:
        self.chunks.append(chunk_id)


@dataclass(frozen=True, slots=True)
class Gathering:
    """`services` for taking in a poll: what they make due is nudged by this."""

    services: Services
    nudge: Nudge
    kept: _Kept

    def note(self, revisions: Iterable[Revision]) -> None:
        """What a telegram made: level 4 and 5 wait for nothing, and take along what is kept."""
        if any(revision.urgency is Urgency.CRITICAL for revision in revisions):
            self.release()

    def release(self) -> None:
        """Nudges all that is kept."""
        while self.kept.chunks:
            self.nudge.chunk_due(self.kept.chunks.pop(0))


@contextmanager
def highest_first(services: Services) -> Iterator[Gathering]:
    """Nudges at the end, also after an error. A crash loses nothing: the sweeper looks each second for what is due."""
    kept = _Kept()
    gathering = Gathering(replace(services, nudge=kept), services.nudge, kept)
    try:
        yield gathering
    finally:
        gathering.release()
