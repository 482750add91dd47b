"""The stage of `bosai bench end-to-end`: a drill world full of phones, played the same storm again and again."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle
from pathlib import Path
from typing import Any

from alerts.city.drills import Drill, load_drill, names_of
from alerts.city.pack import CityPack, bundled
from bosai.bench.phones import fill
from bosai.bench.push import FAULTS, LATENCY_MS
from bosai.replay.play import Tally, play
from bosai.replay.stage import Stage
from bosai.replay.telegrams import Recorded
from bosai.settings import load_settings
from workers.fcm.fake.options import FakeOptions
from workers.fcm.fake.process import FakeFcmProcess


@dataclass(frozen=True, slots=True)
class Told:
    """One telegram that was pushed. Times are milliseconds since it was seen, by the clock of the provider."""

    revisions: int
    messages: int
    duplicates: int
    first_ms: float
    last_ms: float


@contextmanager
def full_stage(devices: int) -> Iterator[Stage]:
    """A stage whose FCM server fails as in `bosai bench push`; its phones are there before anything is measured."""
    with Stage(load_settings(), bundled(), 0) as stage:
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
    return max((load_drill(pack.root, name) for name in names_of(pack.root)), key=lambda drill: len(drill.steps))


def storm(stage: Stage, tally: Tally, telegrams: int, seconds: float) -> Iterator[Told]:
    """Plays up to so many telegrams, each when the one before is delivered; none begins after `seconds`."""
    drill = longest_drill(stage.services.pack)
    end = time.monotonic() + seconds
    for _, index in zip(range(telegrams), cycle(range(len(drill.steps))), strict=False):
        if time.monotonic() > end:
            return
        stage.fake.ask("POST", "/reset")  # it remembers every phone of every push
        file, raw = drill.telegram(index, stage.services.clock.now())
        seen_at = stage.services.clock.now()
        lines = list(play(stage, [Recorded(Path(file), raw, seen_at)], None, tally))
        told = _told(lines, seen_at, stage.fake.stats())
        if told:
            yield told


def _told(lines: list[dict[str, Any]], seen_at: datetime, stats: dict[str, Any]) -> Told | None:
    """What the fake FCM server saw of a telegram's revisions; None if nothing was pushed."""
    keys = {f"{line['alert']}#{line['revision']}" for line in lines}
    seen = [count for key, count in stats["revisions"].items() if key in keys]
    if not seen:
        return None
    return Told(
        revisions=len(seen),
        messages=sum(count["devices"] for count in seen),
        duplicates=sum(count["duplicates"] for count in seen),
        first_ms=_milliseconds(seen_at, min(count["first_at"] for count in seen)),
        last_ms=_milliseconds(seen_at, max(count["last_at"] for count in seen)),
    )


def _milliseconds(seen_at: datetime, at: str) -> float:
    return round((datetime.fromisoformat(at) - seen_at).total_seconds() * 1000, 1)
