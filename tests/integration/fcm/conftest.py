"""A real fake FCM server in its own process, and real senders to it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alerts.alert import Change, Urgency
from alerts.ports import Address, Platform, PushJob, PushOutcome, PushResult, PushTarget
from alerts.wording.message import PhoneMessage
from alerts.world import DRILL
from workers.fcm.carrier import Limits
from workers.fcm.fake.options import FakeOptions
from workers.fcm.fake.process import FakeFcmProcess
from workers.fcm.retry import RetryRule
from workers.fcm.sender import FcmSender, drill_sender

QUICK = RetryRule(tries=4, first_wait=0.05, longest_wait=0.2, throttled_wait=0.3, patience=20.0)


class MovableClock:
    """The real time, until a test moves it."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class Recorder:
    """Keeps what the sender reported."""

    def __init__(self) -> None:
        self.batches: list[list[PushOutcome]] = []

    def record(self, outcomes: Sequence[PushOutcome]) -> None:
        self.batches.append(list(outcomes))

    @property
    def outcomes(self) -> list[PushOutcome]:
        return [outcome for batch in self.batches for outcome in batch]

    @property
    def results(self) -> Counter[PushResult]:
        return Counter(outcome.result for outcome in self.outcomes)

    @property
    def devices(self) -> list[int]:
        return sorted(outcome.device for outcome in self.outcomes)


class Stage:
    """Fake servers, senders, messages, a clock and a recorder: all that a test of sending plays with."""

    def __init__(self, folder: Path, carrier: str) -> None:
        self.carrier = carrier
        self.clock = MovableClock()
        self.recorder = Recorder()
        self._folder = folder
        self._closing: list[Callable[[], None]] = []

    def start_fake(self, **options: object) -> FakeFcmProcess:
        """A fake server that ends with the test."""
        folder = self._folder / f"fake-{len(self._closing)}"
        fields = {"latency_ms": (1.0, 5.0), **options}
        fake = FakeFcmProcess(FakeOptions(folder, **fields))
        self._closing.append(fake.stop)
        return fake

    def sender_to(self, fake: FakeFcmProcess, *, rule: RetryRule = QUICK, **limits: float) -> FcmSender:
        """A drill sender that is closed with the test."""
        sender = drill_sender(DRILL, fake.url, fake.ca, rule=rule, limits=Limits(**limits), carrier=self.carrier)
        self._closing.append(sender.close)
        return sender

    def send(self, sender: FcmSender, *jobs: PushJob) -> None:
        """Sends by the stage's clock and keeps the outcomes in its recorder."""
        sender.send(jobs, self.clock, self.recorder.record)

    def close(self) -> None:
        """Ends everything, the last begun first."""
        for close in reversed(self._closing):
            close()


@pytest.fixture
def carrier() -> str:
    """The fast one; a test may ask for both."""
    return "http2"


@pytest.fixture
def stage(tmp_path: Path, carrier: str) -> Iterator[Stage]:
    built = Stage(tmp_path, carrier)
    yield built
    built.close()


@pytest.fixture
def job_of() -> Callable[..., PushJob]:
    """Builds one drill message for `count` devices."""

    def build(
        count: int,
        *,
        first: int = 0,
        revision: int = 1,
        kind: str = "token",
        platform: Platform = Platform.ANDROID,
        urgency: Urgency = Urgency.CRITICAL,
    ) -> PushJob:
        now = datetime.now(UTC)
        message = PhoneMessage(
            "a-storm-1",
            revision,
            Change.ISSUE,
            "heavy_rain",
            "43",
            4,
            urgency,
            "ja",
            "【訓練】警戒レベル４相当　大雨",
            "川や用水路に近づかないでください。",
            True,
            now,
            now + timedelta(hours=6),
        )
        targets = [PushTarget(n, Address(kind, f"device-{n:06d}")) for n in range(first, first + count)]
        return PushJob(message, platform, targets)

    return build
