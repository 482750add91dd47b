"""A limited login for the person at the shelter: a link for one telephone, some places and one day (issue 8.5)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from alerts.shelter.report import Reporter

LIFETIME = timedelta(hours=24)
MOST_CHARACTERS = 40  # of the label
_ID_SHOWN = 4


class PassState(StrEnum):
    """How a pass stands."""

    WAITING = "waiting"  # nobody has opened its link
    IN_USE = "in_use"
    REVOKED = "revoked"  # by the office, or by who held it
    OVER = "over"


@dataclass(frozen=True, slots=True)
class ShelterPass:
    """What its holder may report, in which world, and until when. Rows are kept: the audit goes on naming them."""

    id: str
    world: str  # the drill's pass reports in the drill alone (R1)
    label: str  # who holds it, as the office calls him: 北条小学校 受付
    facilities: tuple[str, ...]
    made_by: str  # an officer's id
    made_at: datetime
    until: datetime
    opened_at: datetime | None = None
    revoked_at: datetime | None = None

    def state(self, now: datetime) -> PassState:
        """How it stands. One from the future is over: the clock cannot be trusted."""
        if self.revoked_at is not None:
            return PassState.REVOKED
        if not self.until - LIFETIME <= now < self.until:
            return PassState.OVER
        return PassState.IN_USE if self.opened_at else PassState.WAITING

    @property
    def name(self) -> str:
        """By which reports and the audit tell two passes of one label apart."""
        return f"{self.label} (shelter {self.id[:_ID_SHOWN]})"

    @property
    def reporter(self) -> Reporter:
        """Reports its own places and no other."""
        return Reporter(self.name, frozenset(self.facilities))
