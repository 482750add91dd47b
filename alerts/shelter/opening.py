"""Whether a place of refuge takes people in, as its staff or the office reported last (issue 7.1).

The state is a facility's: its emergency site and its designated shelter have one staff and one door.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

TRUSTED_FOR = timedelta(hours=24)
"""How long a report that a place is open is believed: after that nobody is sent there on its strength (R8)."""


class OpeningState(StrEnum):
    """What a place is ready for."""

    NOT_OPENED = "not_opened"
    OPENING = "opening"
    OPEN = "open"
    FULL = "full"
    CLOSED = "closed"
    UNUSABLE = "unusable"  # damaged or itself in danger


TRANSITIONS: dict[OpeningState, frozenset[OpeningState]] = {
    OpeningState.NOT_OPENED: frozenset({OpeningState.OPENING, OpeningState.OPEN, OpeningState.UNUSABLE}),
    OpeningState.OPENING: frozenset({OpeningState.OPEN, OpeningState.NOT_OPENED, OpeningState.UNUSABLE}),
    OpeningState.OPEN: frozenset({OpeningState.FULL, OpeningState.CLOSED, OpeningState.UNUSABLE}),
    OpeningState.FULL: frozenset({OpeningState.OPEN, OpeningState.CLOSED, OpeningState.UNUSABLE}),
    OpeningState.CLOSED: frozenset(
        {OpeningState.NOT_OPENED, OpeningState.OPENING, OpeningState.OPEN, OpeningState.UNUSABLE}
    ),
    # What was unusable is looked at first: never straight to open.
    OpeningState.UNUSABLE: frozenset({OpeningState.NOT_OPENED, OpeningState.OPENING, OpeningState.CLOSED}),
}
"""From each state to the others it may become; to say a state again confirms it. Before any report: not opened."""

WITH_PEOPLE = frozenset({OpeningState.OPENING, OpeningState.OPEN, OpeningState.FULL})
"""States in which a number of people means something."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known of one facility. `version` counts its reports; who reports names the one that he saw."""

    facility: str
    state: OpeningState
    reported_at: datetime  # of the last report that said the state
    reporter: str
    by_office: bool  # else the place's own staff
    version: int
    occupancy: int | None = None  # people; None: not known
    occupancy_at: datetime | None = None
    capacity: int | None = None  # as counted on the spot; None: as the list of places says
    floor: str | None = None  # which floors may be used
    pets: str | None = None
    wheelchair: str | None = None
    nursing: str | None = None  # for mothers with infants
    note: str | None = None

    def is_old_at(self, now: datetime) -> bool:
        """Whether the last report of the state is too old to be believed."""
        return now - self.reported_at > TRUSTED_FOR
