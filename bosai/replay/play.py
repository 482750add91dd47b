"""Plays a recording on a stage and counts what came of it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from alerts.alert import Revision
from alerts.audience import judge
from alerts.ports import PushResult
from alerts.service.services import Services
from alerts.service.terms import recipient_of, terms_of
from alerts.telegram.reading import Outcome
from bosai.replay.stage import Stage
from bosai.replay.steps import steps
from bosai.replay.telegrams import Recorded

_SETTLED = frozenset({PushResult.ACCEPTED, PushResult.UNREGISTERED})


@dataclass(slots=True)
class Tally:
    """What a replay counts besides its revisions."""

    telegrams: int = 0
    by_outcome: Counter[str] = field(default_factory=Counter)
    alerts: set[str] = field(default_factory=set)
    pushes: int = 0
    lost: int = 0

    def summary(self, stage: Stage) -> dict[str, Any]:
        """The last line of the contract. Duplicates are those that the fake FCM server saw, not what we believe."""
        return {
            "summary": True,
            "telegrams": self.telegrams,
            "by_outcome": dict(sorted(self.by_outcome.items())),
            "alerts": len(self.alerts),
            "pushes": self.pushes,
            "duplicates": stage.fake.stats()["duplicates"],
            "lost": self.lost,
            "held": self.by_outcome[Outcome.HOLD],
        }


def play(stage: Stage, recording: Sequence[Recorded], speed: float | None, tally: Tally) -> Iterator[dict[str, Any]]:
    """Yields a line for each alert revision, once all its devices have an outcome."""
    for played in steps(stage, recording, speed):
        if played.received is not None:
            tally.telegrams += 1
            tally.by_outcome[played.received.reading.outcome] += 1
        for revision in played.revisions:
            yield _line(stage.services, revision, played.at, tally)


def _line(services: Services, revision: Revision, seen_at: datetime, tally: Tally) -> dict[str, Any]:
    """One revision as the contract prints it; `devices` are those that must be told."""
    expected = _expected(services, revision)
    with services.database.read() as uow:
        counts = uow.deliveries.counts(revision.alert_id, revision.number)
        first, last = uow.deliveries.span(revision.alert_id, revision.number) or (None, None)
        reached = (min(expected), max(expected)) if expected else (0, 0)
        results = uow.deliveries.results(revision.alert_id, revision.number, *reached)
    accepted = counts.get(PushResult.ACCEPTED, 0)
    tally.alerts.add(revision.alert_id)
    tally.pushes += accepted
    tally.lost += lost(expected, results)
    tiers = services.pack.matching.districts_of(revision.tiers)
    return {
        "alert": revision.alert_id,
        "revision": revision.number,
        "change": revision.change,
        "hazard": revision.hazard,
        "level": revision.level,
        "urgency": revision.urgency,
        "districts": list(tiers) if tiers is not None else None,
        "devices": len(expected),
        "accepted": accepted,
        "seen_to_first_push_ms": _milliseconds(seen_at, first),
        "seen_to_last_push_ms": _milliseconds(seen_at, last),
    }


def lost(expected: Set[int], results: Mapping[int, PushResult]) -> int:
    """How many devices must be told and were not, whatever the reason; one that is gone cannot be told any more."""
    return sum(results.get(device) not in _SETTLED for device in expected)


def _expected(services: Services, revision: Revision) -> set[int]:
    """The devices that this revision must reach, judged anew over all devices and not read from what was sent."""
    if not revision.pushed:
        return set()
    with services.database.read() as uow:
        numbers = uow.devices.number_range()
        if numbers is None:
            return set()
        earlier = uow.deliveries.receivers(revision.alert_id, revision.number, *numbers)
        devices, terms = uow.devices.in_range(*numbers), terms_of(services, uow, revision)
    recipients = (recipient_of(device, earlier) for device in devices)
    return {recipient.number for recipient in recipients if judge(recipient, revision, terms).receives}


def _milliseconds(seen_at: datetime, at: datetime | None) -> float | None:
    return round((at - seen_at).total_seconds() * 1000, 1) if at else None
