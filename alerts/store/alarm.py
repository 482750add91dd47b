"""What the store says of alarms."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Alarm:
    """One cause; `times` counts how often it was raised since it was last clear."""

    key: str
    kind: str
    text: str
    raised_at: datetime
    last_at: datetime
    times: int
    cleared_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenKind:
    """All open alarms of one kind together: a flood of one cause is one line for whoever looks."""

    kind: str
    count: int
    since: datetime  # of the oldest
    last_at: datetime
