"""The machine's clock."""

from datetime import UTC, datetime


class SystemClock:
    """Implements `Clock` for everything but tests and replays."""

    def now(self) -> datetime:
        """The time now, in UTC."""
        return datetime.now(UTC)
