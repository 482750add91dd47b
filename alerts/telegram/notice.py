"""What one telegram says about this city, in the service's own terms (contract.md, notices)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from alerts.telegram.extent import WHOLE_CITY, Extent
from alerts.telegram.kinds import Kind


class NoticeState(StrEnum):
    """Whether the notice says that the hazard is on, or that it is over (解除)."""

    IN_FORCE = "in_force"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Notice:
    """One (hazard, code) a telegram states for the city.

    `level` is the 警戒レベル (5, 4, 3, 2) that follows from (telegram type, code), never from text; None where the kind
    has none. Only a river flood has its own rule: `code` is the headline's, `level`, `rank` and `name` are the city's
    (jma.md §3.4). `rank` orders the kinds of one hazard, for raise and lower also where there is no level: 5 特別警報,
    4 危険警報, 3 警報, 2 注意報 (jma.md §3.2). `details` are JMA's own sentences, e.g. when a level is to be reached.
    `valid_until` is a printed end, None where JMA prints none. `extent` narrows it inside the city, for river floods.
    """

    hazard: str
    code: str
    level: int | None
    rank: int
    state: NoticeState
    name: str  # Kind/Name as JMA prints it
    details: tuple[str, ...] = field(default=(), compare=False)
    valid_until: datetime | None = field(default=None, compare=False)
    extent: Extent = field(default=WHOLE_CITY, compare=False)


def notice_of(
    kind: Kind, *, name: str = "", details: Iterable[str] = (), valid_until: datetime | None = None
) -> Notice:
    """The notice of a kind whose code alone says whether it is in force: rank 0 marks codes that end a hazard."""
    state = NoticeState.IN_FORCE if kind.rank else NoticeState.ENDED
    said = tuple(dict.fromkeys(details))
    return Notice(kind.hazard, kind.code, kind.level, kind.rank, state, name or kind.name, said, valid_until)


def one_a_hazard(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """A hazard has one state: in force beats ended, then the higher rank; the order of the telegram is kept."""
    states: dict[str, Notice] = {}
    for each in notices:
        known = states.get(each.hazard)
        if known is None or _weight(each) > _weight(known):
            states[each.hazard] = each
    return tuple(states.values())


def _weight(notice: Notice) -> tuple[bool, int]:
    return notice.state is NoticeState.IN_FORCE, notice.rank
