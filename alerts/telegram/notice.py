"""What one telegram says about this city, in the service's own terms (contract.md, notices)."""

from dataclasses import dataclass, field
from enum import StrEnum


class NoticeState(StrEnum):
    """Whether the notice says that the hazard is on, or that it is over (解除)."""

    IN_FORCE = "in_force"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Notice:
    """One (hazard, code) a telegram states for the city.

    `level` is the 警戒レベル (5, 4, 3, 2) that follows from (telegram type, code), never from text; None where the kind
    has none. `rank` orders the kinds of one hazard, for raise and lower also where there is no level: 5 特別警報,
    4 危険警報, 3 警報, 2 注意報 (jma.md §3.2). `details` are JMA's own sentences, e.g. when a level is to be reached.
    """

    hazard: str
    code: str
    level: int | None
    rank: int
    state: NoticeState
    name: str  # Kind/Name as JMA prints it
    details: tuple[str, ...] = field(default=(), compare=False)
