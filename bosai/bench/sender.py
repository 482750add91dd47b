"""Our contender of `bosai bench push`: the sender that the workers use, recording into memory."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from alerts.ports import PushOutcome, PushResult
from alerts.world import DRILL
from bosai.bench.cargo import MEASURED, WARM_UP, jobs
from bosai.bench.usage import Meter
from bosai.clock import SystemClock
from workers.fcm.sender import drill_sender


class _Timeline:
    """Which results came, and when the nth."""

    def __init__(self) -> None:
        self._began = perf_counter()
        self._reached: list[tuple[int, float]] = []  # outcomes so far, seconds
        self.results: Counter[PushResult] = Counter()

    def record(self, outcomes: Sequence[PushOutcome]) -> None:
        """Notes when these outcomes came."""
        self.results.update(outcome.result for outcome in outcomes)
        self._reached.append((self.results.total(), perf_counter() - self._began))

    def seconds_to(self, count: float) -> float:
        """When so many had their outcome."""
        return round(next(at for reached, at in self._reached if reached >= count), 3)


def send(url: str, ca: str, devices: int, warm_up: int) -> dict[str, Any]:
    """Tells every device once; connections and OAuth token are there before the clock runs."""
    clock = SystemClock()
    sender = drill_sender(DRILL, url, Path(ca))
    sender.send(jobs(warm_up, WARM_UP), clock, _Timeline().record)
    work = jobs(devices, MEASURED)
    timeline = _Timeline()
    with Meter() as meter:
        sender.send(work, clock, timeline.record)
    sender.close()
    return meter.figures(devices) | {
        "accepted": timeline.results[PushResult.ACCEPTED],
        "half_after_s": timeline.seconds_to(devices / 2),
        "p99_after_s": timeline.seconds_to(devices * 0.99),
    }
