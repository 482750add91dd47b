"""The stage of `bosai bench end-to-end`: a drill world full of phones, played the same storm again and again."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from alerts.alert import most_urgent
from alerts.city.drills import Drill, load_drill
from alerts.city.pack import CityPack, bundled
from alerts.service.arrival import Incoming
from alerts.service.receive import receive
from bosai.bench.phones import fill
from bosai.bench.push import FAULTS, LATENCY_MS
from bosai.clock import SystemClock
from bosai.replay.stage import ReplayStuckError, Stage
from bosai.settings import load_settings
from workers.fcm.fake.options import FakeOptions
from workers.fcm.fake.process import FakeFcmProcess

PATIENCE_SECONDS = 300.0
BEGINS_AT = 7  # of the long storm: all before it is `normal`, which starts slowly by rule (push.md §7.5)


@dataclass(frozen=True, slots=True)
class Told:
    """One telegram that was pushed. Times are milliseconds since it was seen, by the clock of the provider."""

    urgency: str  # the highest
    revisions: int
    messages: int
    duplicates: int
    first_ms: float
    last_ms: float


@contextmanager
def full_stage(devices: int, *, workers: int = 1, database_url: str | None = None) -> Iterator[Stage]:
    """A stage whose FCM server fails as in `bosai bench push`; its phones are there before anything is measured."""
    begins = SystemClock().now()
    with Stage(load_settings(), bundled(), 0, begins, workers=workers, database_url=database_url) as stage:
        replaced = FakeOptions(
            stage.fake.ca.parent,
            port=stage.fake.port,
            latency_ms=LATENCY_MS,
            faults=FAULTS,
            until_stdin_closes=True,
        )
        stage.fake.stop()
        with FakeFcmProcess(replaced) as stage.fake:
            fill(stage.services, devices)
            yield stage


def longest_drill(pack: CityPack) -> Drill:
    """The drill with the most telegrams."""
    return max((load_drill(pack.root, name) for name in pack.drills), key=lambda drill: len(drill.steps))


def storm(stage: Stage, telegrams: int, seconds: float) -> Iterator[Told]:
    """Plays up to so many telegrams, each when the one before is delivered; none begins after `seconds`.

    Raises `ReplayStuckError` if one is not delivered within `PATIENCE_SECONDS`.
    """
    drill = longest_drill(stage.services.pack)
    end = time.monotonic() + seconds
    for number in range(telegrams):
        if time.monotonic() > end:
            return
        stage.fake.ask("POST", "/reset")  # it remembers every phone of every push
        step = (BEGINS_AT + number) % len(drill.steps)
        told = _tell(stage, number, *drill.telegram(step, stage.services.clock.now()))
        if told:
            yield told


def _tell(stage: Stage, number: int, file: str, raw: bytes) -> Told | None:
    """One telegram, received as the feed worker does; None if nothing was pushed."""
    services = stage.services
    seen_at = services.clock.now()
    (received,) = receive(services, [Incoming(f"bench:{number}:{file}", file, raw, seen_at)])
    _drain(stage)
    stats = stage.fake.stats()["revisions"]
    pushed = [revision for revision in received.revisions if revision.pushed]
    seen = [stats[key] for key in (f"{r.alert_id}#{r.number}" for r in pushed) if key in stats]
    if not seen:
        return None
    return Told(
        urgency=most_urgent(*(revision.urgency for revision in pushed)),
        revisions=len(pushed),
        messages=sum(count["devices"] for count in seen),
        duplicates=sum(count["duplicates"] for count in seen),
        first_ms=_milliseconds(seen_at, min(count["first_at"] for count in seen)),
        last_ms=_milliseconds(seen_at, max(count["last_at"] for count in seen)),
    )


def _drain(stage: Stage) -> None:
    """Waits longer than a replay does."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return stage.drain()
        except ReplayStuckError:
            if time.monotonic() > end:
                raise


def _milliseconds(seen_at: datetime, at: str) -> float:
    return round((datetime.fromisoformat(at) - seen_at).total_seconds() * 1000, 1)
