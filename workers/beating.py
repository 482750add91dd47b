"""A sender that gives signs of life while it sends: it may take half a minute where FCM is away, and does not stand."""

from collections.abc import Callable, Sequence

from alerts.ports import Clock, Jobs, PushOutcome, PushSender


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

    def send(self, jobs: Jobs, clock: Clock, record: Callable[[Sequence[PushOutcome]], bool | None]) -> None:
        """Sends; what is known is recorded first."""

        def record_and_beat(outcomes: Sequence[PushOutcome]) -> bool | None:
            """Recorded first, then the sign of life: who beats has written what it knows."""
            is_behind = record(outcomes)
            self._alive()
            return is_behind

        self._sender.send(jobs, clock, record_and_beat)

    def keep_ready(self) -> None:
        """Makes the other sender ready."""
        self._sender.keep_ready()

    def close(self) -> None:
        """Closes the other sender."""
        self._sender.close()
