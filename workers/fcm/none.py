"""The sender of a service without a Firebase key: it keeps what it would have sent, and says so (design.md §3)."""

import time
from collections.abc import Callable, Iterable, Sequence

from alerts.ports import NO_CHANNEL, Clock, PushJob, PushOutcome, PushResult
from workers.fcm.report import BATCH

LOOK_AGAIN = 0.02  # seconds until more jobs are asked for


class NoSender:
    """Reports every device as `not_sent_no_sender`, never as accepted (`alerts.ports.PushSender`)."""

    @property
    def channel(self) -> str:
        """Nothing leaves by it."""
        return NO_CHANNEL

    def send(
        self,
        jobs: Iterable[PushJob | None],
        clock: Clock,
        record: Callable[[Sequence[PushOutcome]], bool | None],
    ) -> None:
        """Reports each device of each job."""
        for job in jobs:
            if job is None:
                record(())
                time.sleep(LOOK_AGAIN)
                continue
            for start in range(0, len(job.targets), BATCH):
                batch = job.targets[start : start + BATCH]
                record([PushOutcome(one.device, PushResult.NOT_SENT_NO_SENDER, chunk=job.chunk) for one in batch])

    def keep_ready(self) -> None:
        """Nothing is needed."""

    def close(self) -> None:
        """Nothing is open."""
