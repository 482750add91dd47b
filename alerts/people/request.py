"""Four eyes for who comes in: an administrator's act waits until another administrator confirms it (issue 8.10)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from alerts.people.role import Role

LIFETIME = timedelta(hours=24)


class Act(StrEnum):
    """What needs a second administrator."""

    ADD = "add"
    ROLES = "roles"
    DISABLE = "disable"
    RESTORE = "restore"
    RESET = "reset"  # password and everything else: whoever gets the code is the officer


class RequestState(StrEnum):
    """How a request stands; one that is too old is open, and cannot be confirmed."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"  # by another one, or taken back


class Obstacle(StrEnum):
    """Why somebody cannot confirm a request."""

    OWN = "own"
    OLD = "old"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Request:
    """One act that waits; `login`, `name` and `roles` are what would be after it."""

    id: str
    act: Act
    officer_id: str | None  # None: somebody new
    login: str
    name: str
    roles: frozenset[Role]
    asked_by: str
    asked_at: datetime
    state: RequestState = RequestState.OPEN
    decided_by: str | None = None
    decided_at: datetime | None = None

    def is_old(self, now: datetime) -> bool:
        """Whether it must be asked anew: what was true yesterday may not be."""
        return now - self.asked_at >= LIFETIME

    def obstacle(self, officer_id: str, now: datetime) -> Obstacle | None:
        """What keeps this administrator from confirming; None if nothing does."""
        if self.state is not RequestState.OPEN:
            return Obstacle.DECIDED
        if self.is_old(now):
            return Obstacle.OLD
        return Obstacle.OWN if officer_id == self.asked_by else None
