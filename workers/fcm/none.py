"""The sender of a service without a Firebase key: it keeps what it would have sent, and says so (design.md §3)."""

from collections.abc import Callable, Sequence

from alerts.ports import NO_CHANNEL, Clock, PushJob, PushOutcome, PushResult
from workers.fcm.report import BATCH


class NoSender:
    """Reports every device as `not_sent_no_sender`, never as accepted (`alerts.ports.PushSender`)."""

    @property
    def channel(self) -> str:
        """Nothing leaves by it."""
        return NO_CHANNEL

    def send(
        self,
        jobs: Sequence[PushJob],
        clock: Clock,
        record: Callable[[Sequence[PushOutcome]], None],
    ) -> None:
        """Reports each device of each job."""
        devices = [target.device for job in jobs for target in job.targets]
        for start in range(0, len(devices), BATCH):
            batch = devices[start : start + BATCH]
            record([PushOutcome(device, PushResult.NOT_SENT_NO_SENDER) for device in batch])

    def close(self) -> None:
        """Nothing is open."""
