"""A sender that gives signs of life while it sends: a chunk may take 90 s where FCM is away, and none stands still."""

from collections.abc import Callable, Sequence

from alerts.ports import Clock, PushJob, PushOutcome, PushSender


class BeatingSender:
    """Sends by another sender (`alerts.ports.PushSender`), whose every report is a sign of life."""

    def __init__(self, sender: PushSender, alive: Callable[[], None]) -> None:
        """`alive` is called ten times a second while something is sent; it must not raise."""
        self._sender = sender
        self._alive = alive

    @property
    def channel(self) -> str:
        """That of the other sender."""
        return self._sender.channel

    def send(
        self,
        jobs: Sequence[PushJob],
        clock: Clock,
        record: Callable[[Sequence[PushOutcome]], None],
    ) -> None:
        """Sends; what is known is recorded first."""

        def record_and_beat(outcomes: Sequence[PushOutcome]) -> None:
            record(outcomes)
            self._alive()

        self._sender.send(jobs, clock, record_and_beat)

    def close(self) -> None:
        """Closes the other sender."""
        self._sender.close()
