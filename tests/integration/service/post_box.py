"""A push provider that takes everything at once and keeps what each phone was sent."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from alerts.ports import Clock, PushJob, PushOutcome, PushResult
from alerts.wording.message import PhoneMessage


class PostBox:
    """In the place of the drill world's sender, where the words of single pushes matter."""

    channel = "fake-fcm"

    def __init__(self) -> None:
        self.by_phone: dict[str, list[PhoneMessage]] = defaultdict(list)

    def send(
        self,
        jobs: Iterable[PushJob | None],
        clock: Clock,
        record: Callable[[Sequence[PushOutcome]], bool | None],
    ) -> None:
        for job in jobs:
            if job is None:
                time.sleep(0.005)
                continue
            for target in job.targets:
                self.by_phone[target.address.value].append(job.message)
            record([PushOutcome(target.device, PushResult.ACCEPTED, chunk=job.chunk) for target in job.targets])

    def close(self) -> None:
        """Nothing is open."""
