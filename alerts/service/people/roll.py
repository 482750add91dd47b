"""Everybody at a glance: roles, practice this month, and who can be reached now (R24)."""

from dataclasses import dataclass
from datetime import datetime

from alerts.people.officer import NEEDED_APPROVERS, Officer, reachable_approvers
from alerts.people.practice import Practice, practice
from alerts.service.services import Services
from alerts.world import require_drill, require_live


@dataclass(frozen=True, slots=True)
class Standing:
    """One officer, and how he stands with the monthly exercise."""

    officer: Officer
    practised_at: datetime | None
    practice: Practice


@dataclass(frozen=True, slots=True)
class Roll:
    """The office as it is now."""

    people: tuple[Standing, ...]
    reachable_approvers: int

    @property
    def is_thin(self) -> bool:
        """Whether an alert might find nobody to approve it (R24)."""
        return self.reachable_approvers < NEEDED_APPROVERS


def roll(live: Services, drill: Services) -> Roll:
    """Everybody who may come in, and who may not any more. Practice is what was done in the drill world."""
    require_live(live.world)
    require_drill(drill.world)
    now = live.clock.now()
    with live.database.read() as uow:
        officers = uow.officers.all()
    with drill.database.read() as uow:
        acted = uow.audit.last_acts()
    people = tuple(Standing(each, acted.get(each.id), practice(acted.get(each.id), now)) for each in officers)
    return Roll(people, len(reachable_approvers(officers, now)))


def has_officers(live: Services) -> bool:
    """Whether anybody can log in; until then the machine itself is trusted on embedded defaults (decision 27)."""
    with live.database.read() as uow:
        return uow.officers.any()
