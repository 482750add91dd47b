"""Outcomes on their way to the record: in batches, at least ten times a second."""

from collections.abc import Callable, Sequence
from time import monotonic

from alerts.ports import PushOutcome

BATCH = 500
INTERVAL = 0.1  # seconds


class Report:
    """Collects outcomes and hands them over when there are many, or when the last time is long ago.

    The hand-over happens without outcomes too: whoever records keeps a lease by it, and stops us through it.
    """

    def __init__(self, record: Callable[[Sequence[PushOutcome]], bool | None]) -> None:
        self._record = record
        self._outcomes: list[PushOutcome] = []
        self._due_at = monotonic() + INTERVAL
        self.is_behind = False  # whoever records cannot follow: nothing more is handed over

    def add(self, outcome: PushOutcome) -> None:
        """One device's only outcome. Raises what `record` raises."""
        self._outcomes.append(outcome)
        if len(self._outcomes) >= BATCH:
            self.flush()

    def flush_if_due(self) -> None:
        """Hands over if it is time."""
        if monotonic() >= self._due_at:
            self.flush()

    def flush(self) -> None:
        """Hands over what there is."""
        outcomes, self._outcomes = self._outcomes, []
        self._due_at = monotonic() + INTERVAL
        self.is_behind = self._record(outcomes) is True

    @property
    def due_in(self) -> float:
        """Seconds until the next hand-over."""
        return max(0.0, self._due_at - monotonic())
