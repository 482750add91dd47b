"""What somebody reports of a place of refuge: when it is refused, and what it leaves (issue 7.1)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from alerts.shelter.opening import TRANSITIONS, WITH_PEOPLE, Opening, OpeningState

MOST_PEOPLE = 100_000


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reports: the office, or a place's staff for its own `facilities` alone."""

    name: str
    facilities: frozenset[str] | None = None  # None: the office, for every place

    def may_report(self, facility: str) -> bool:
        """Whether the place is this reporter's."""
        return self.facilities is None or facility in self.facilities


class Keep(StrEnum):
    """The one value that means: as it was."""

    KEEP = "keep"


KEEP = Keep.KEEP


@dataclass(frozen=True, slots=True)
class OpeningReport:
    """What somebody says of a place; what is not said stays. `seen` is the version that the reporter looked at."""

    facility: str
    seen: int  # 0: nothing was reported yet
    state: OpeningState | Keep = KEEP
    occupancy: int | Keep | None = KEEP
    capacity: int | Keep | None = KEEP
    floor: str | Keep | None = KEEP
    pets: str | Keep | None = KEEP
    wheelchair: str | Keep | None = KEEP
    nursing: str | Keep | None = KEEP
    note: str | Keep | None = KEEP


_FACTS = ("capacity", "floor", "pets", "wheelchair", "nursing", "note")


def refusal(before: Opening | None, report: OpeningReport) -> str | None:
    """Why a report cannot be taken; None if it can."""
    was = before.state if before else OpeningState.NOT_OPENED
    now = was if isinstance(report.state, Keep) else report.state
    if now is not was and now not in TRANSITIONS[was]:
        allowed = ", ".join(sorted(TRANSITIONS[was]))
        return f"a place that is {was} cannot become {now}; it can become {allowed}"
    if isinstance(report.occupancy, int) and not 0 <= report.occupancy <= MOST_PEOPLE:
        return f"{report.occupancy} people cannot be; a number from 0 to {MOST_PEOPLE} is expected"
    if isinstance(report.occupancy, int) and now not in WITH_PEOPLE:
        return f"a place that is {now} has no number of people; leave it out"
    return None


def after(before: Opening | None, report: OpeningReport, reporter: Reporter, now: datetime) -> Opening:
    """The facility as the report leaves it. Who counts people confirms the state; their number ends with it."""
    opening = before or Opening(
        report.facility, OpeningState.NOT_OPENED, now, reporter.name, reporter.facilities is None, version=0
    )
    opening = replace(
        opening, version=opening.version + 1, reporter=reporter.name, by_office=reporter.facilities is None
    )
    if not isinstance(report.state, Keep):
        opening = replace(opening, state=report.state, reported_at=now)
    if not isinstance(report.occupancy, Keep):
        opening = replace(opening, occupancy=report.occupancy, occupancy_at=now)
        if report.occupancy is not None:  # who only takes a number back has not looked at the door
            opening = replace(opening, reported_at=now)
    if opening.state not in WITH_PEOPLE:
        opening = replace(opening, occupancy=None, occupancy_at=None)
    said = {name: getattr(report, name) for name in _FACTS}
    return replace(opening, **{name: value for name, value in said.items() if not isinstance(value, Keep)})


def says(opening: Opening, report: OpeningReport) -> bool:
    """Whether a place is as this report would have it."""
    wanted = {name: getattr(report, name) for name in ("state", "occupancy", *_FACTS)}
    return all(isinstance(value, Keep) or value == getattr(opening, name) for name, value in wanted.items())
