"""A push provider whose answers the test decides."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from alerts.alert import Change
from alerts.ports import Clock, PushJob, PushOutcome, PushResult
from alerts.wording.message import PhoneMessage


@dataclass
class Provider:
    """Gives the same answer to everybody, but never to what is too late; remembers whom it told what, in order."""

    answer: PushResult = PushResult.ACCEPTED
    channel: str = "fake-fcm"
    sent: list[tuple[int, Change, int | None]] = field(default_factory=list)
    by_phone: dict[str, list[PhoneMessage]] = field(default_factory=lambda: defaultdict(list))  # by address
    error: str | None = None
    meanwhile: Callable[[], None] = lambda: None

    def send(
        self, jobs: Iterable[PushJob | None], clock: Clock, record: Callable[[Sequence[PushOutcome]], bool | None]
    ) -> None:
        for job in jobs:
            if job is None:
                time.sleep(0.005)
                continue
            expired = clock.now() >= job.message.expires_at
            self.meanwhile()
            if not expired:
                self.sent += [(target.device, job.message.change, job.message.level) for target in job.targets]
                for target in job.targets:
                    self.by_phone[target.address.value].append(job.message)
            result = PushResult.EXPIRED if expired else self.answer
            record([PushOutcome(target.device, result, error=self.error, chunk=job.chunk) for target in job.targets])

    def close(self) -> None:
        """Nothing is open."""
