"""The chunks that a worker has under way, and how much of each is still to be told."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from alerts.ports import PushOutcome, PushResult
from alerts.store.chunk import Chunk

ENOUGH_DEVICES = 10_000  # about a second of sending: what is prepared beyond only grows old, and costs memory
ENOUGH_CHUNKS = 60
NOBODY = frozenset({PushResult.EXPIRED, PushResult.RETRIES_EXHAUSTED, PushResult.THROTTLED})  # not reached, so far
REFUSED = frozenset({PushResult.INVALID, PushResult.SENDER_MISMATCH})  # for good, and the address may be alive
_TIERS = 10  # priorities an urgency has (`NewChunk.priority`)


def by_chunk(outcomes: Iterable[PushOutcome]) -> dict[int, list[PushOutcome]]:
    """Outcomes under the chunks that they belong to."""
    told: dict[int, list[PushOutcome]] = defaultdict(list)
    for outcome in outcomes:
        told[outcome.chunk].append(outcome)
    return told


@dataclass(frozen=True, slots=True)
class Carried:
    """One chunk under way."""

    chunk: Chunk
    prepared_at: datetime  # when the addresses were read: one that changed since is not dead
    devices: int
    left: int  # devices without an outcome
    refused: int = 0  # devices with one of `REFUSED`
    reached: bool = False  # somebody was told, or refused for good
    wait: float = 0.0  # seconds for which the provider wants to hear no more of some device

    def after(self, outcomes: Sequence[PushOutcome]) -> "Carried":
        """The chunk once some of its devices have these outcomes."""
        results = {result for _, result, *_ in outcomes}
        return replace(
            self,
            left=self.left - len(outcomes),
            refused=self.refused + (_count(outcomes, REFUSED) if results & REFUSED else 0),
            reached=self.reached or not results <= NOBODY,
            wait=max(self.wait, *(outcome.wait for outcome in outcomes)) if results & NOBODY else self.wait,
        )


def _count(outcomes: Iterable[PushOutcome], results: Container[PushResult]) -> int:
    return sum(result in results for _, result, *_ in outcomes)


@dataclass(slots=True)
class Cargo:
    """All that one worker carries, by chunk."""

    carried: dict[int, Carried] = field(default_factory=dict)

    def after(self, told: Mapping[int, Sequence[PushOutcome]]) -> "Cargo":
        """The cargo once these outcomes, by chunk, are written; this one stays as it is until they are."""
        return Cargo(self.carried | {chunk_id: self.carried[chunk_id].after(told[chunk_id]) for chunk_id in told})

    def without(self, ended: Container[int]) -> "Cargo":
        """What is still under way."""
        return Cargo({chunk_id: one for chunk_id, one in self.carried.items() if chunk_id not in ended})

    def told(self) -> Iterator[Carried]:
        """Chunks whose every device has an outcome."""
        return (one for one in self.carried.values() if one.left <= 0)

    @property
    def is_told(self) -> bool:
        """Whether the database has every outcome: nothing has to be waited for."""
        return bool(self.carried) and all(one.left <= 0 for one in self.carried.values())

    def must_wait(self, chunk: Chunk) -> bool:
        """Whether phones of it are being told of something else as urgent: do they ring for that? (decision 9)."""
        return any(
            (one.chunk.alert_id, one.chunk.revision) != (chunk.alert_id, chunk.revision)
            and one.chunk.urgency.precedence <= chunk.urgency.precedence
            and one.chunk.device_from <= chunk.device_to
            and one.chunk.device_to >= chunk.device_from
            for one in self.carried.values()
        )

    def most_urgent(self) -> int | None:
        """The priority at which the most urgent of what is carried begins; None if nothing is."""
        first = min((one.chunk.priority for one in self.carried.values()), default=None)
        return None if first is None else first // _TIERS * _TIERS

    def full_from(self) -> int | None:
        """The priority from which on enough is under way: only what is more urgent is worth adding. None: anything."""
        devices, chunks = 0, 0
        for one in sorted(self.carried.values(), key=lambda one: one.chunk.priority):
            devices, chunks = devices + one.left, chunks + 1
            if devices >= ENOUGH_DEVICES or chunks >= ENOUGH_CHUNKS:
                return one.chunk.priority // _TIERS * _TIERS
        return None
