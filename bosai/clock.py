"""The machine's clock, and the clock of a story that is replayed."""

import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

_OFFSET = struct.Struct("<d")  # seconds that the story is ahead of the machine's clock


class SystemClock:
    """Implements `Clock` for everything but tests and replays."""

    def now(self) -> datetime:
        """The time now, in UTC."""
        return datetime.now(UTC)


class StoryClock:
    """A clock that several processes of a replay share: it goes as fast as any, and is set forward between telegrams.

    So lifetimes and windows of a recorded night are the night's own, and what is recorded is not too late (R22).
    """

    def __init__(self, file: Path) -> None:
        """`file` holds how far the story is ahead; it is made by the first `set`."""
        self._file = file

    def now(self) -> datetime:
        """The story's time, in UTC."""
        (ahead,) = _OFFSET.unpack(self._file.read_bytes())
        return datetime.now(UTC) + timedelta(seconds=ahead)

    def set(self, time: datetime) -> None:
        """Makes it `time` now."""
        ahead = (time - datetime.now(UTC)).total_seconds()
        draft = self._file.with_suffix(".new")
        draft.write_bytes(_OFFSET.pack(ahead))
        draft.replace(self._file)

    def forward_to(self, time: datetime) -> None:
        """Makes it `time` now, unless it is later already."""
        if self.now() < time:
            self.set(time)
