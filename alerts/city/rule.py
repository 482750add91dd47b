"""One rule of a city's matching: when it speaks, and whom it has told first (design.md §4)."""

from dataclasses import dataclass
from datetime import date, datetime

from alerts.situation import HazardState
from alerts.telegram.extent import WHOLE_CITY, Extent
from alerts.telegram.notice import Notice
from alerts.times import japan_day

NEVER_LOWERED = frozenset({"earthquake", "long_period_motion", "nankai_trough", "tsunami"})
_SPECIAL = 5  # level 5, and the rank of 特別警報 without level


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule looks at: a hazard as it stands in the city. The code of an earthquake is its intensity."""

    hazard: str
    level: int | None
    code: str
    rank: int
    day: date  # in Japan: rules may hold for a time
    extent: Extent = WHOLE_CITY

    @property
    def may_be_lowered(self) -> bool:
        """Whether anybody may be told of it less urgently than those who are most exposed (design.md §4)."""
        return self.hazard not in NEVER_LOWERED and self.rank < _SPECIAL and (self.level or 0) < _SPECIAL


def case_of(stated: Notice | HazardState, issued_at: datetime) -> Case:
    """The case of what a telegram says, or of what is in force."""
    return Case(stated.hazard, stated.level, stated.code, stated.rank, japan_day(issued_at), stated.extent)


@dataclass(frozen=True, slots=True)
class Telling:
    """Groups that are told at the same time, and the phrase that says why they come now."""

    groups: tuple[str, ...]
    because: str  # key in the wording tables
    lowered: bool = False  # one step less urgently


@dataclass(frozen=True, slots=True)
class Rule:
    """For these hazards, tell these groups first; what is empty means any.

    `stations` and `sub_areas` are compared with the gauges and parts of the city that have the city's highest level: a
    gauge below it decides nothing.
    """

    id: str
    hazards: frozenset[str]
    levels: frozenset[int] = frozenset()
    codes: frozenset[str] = frozenset()  # of an earthquake: intensities
    rivers: frozenset[str] = frozenset()  # codes of forecast areas or rivers
    stations: frozenset[str] = frozenset()  # names or codes of gauges
    sub_areas: frozenset[str] = frozenset()  # names as JMA prints them
    tell: tuple[Telling, ...] = ()
    rest_lowered: bool = False  # everybody else is told one step less urgently
    valid_from: date | None = None  # the first day; None: always before
    valid_to: date | None = None  # the last day; None: until it is changed

    def matches(self, case: Case) -> bool:
        """Whether the rule speaks about this case."""
        return (
            case.hazard in self.hazards
            and self.validity[0] <= case.day <= self.validity[1]
            and (not self.levels or case.level in self.levels)
            and (not self.codes or case.code in self.codes)
            and _meet(self.rivers, frozenset(case.extent.rivers))
            and _meet(self.stations, case.extent.worst_stations)
            and _meet(self.sub_areas, case.extent.worst_parts)
        )

    def covers(self, other: "Rule") -> bool:
        """Whether it takes every case that `other` speaks about."""
        wider = (_covers(getattr(self, name), getattr(other, name)) for name in _CONDITIONS)
        return other.hazards <= self.hazards and self.outlasts(other) and all(wider)

    def outlasts(self, other: "Rule") -> bool:
        """Whether it is valid on every day on which the other is."""
        (begin, end), (other_begin, other_end) = self.validity, other.validity
        return begin <= other_begin and other_end <= end

    def overlaps(self, other: "Rule") -> bool:
        """Whether there is a day on which both are valid."""
        (begin, end), (other_begin, other_end) = self.validity, other.validity
        return begin <= other_end and other_begin <= end

    @property
    def validity(self) -> tuple[date, date]:
        """The first and the last day."""
        return self.valid_from or date.min, self.valid_to or date.max

    @property
    def groups(self) -> frozenset[str]:
        """Every group it names."""
        return frozenset(group for step in self.tell for group in step.groups)


_CONDITIONS = ("levels", "codes", "rivers", "stations", "sub_areas")  # fields that narrow a rule


def _meet(wanted: frozenset[str], there: frozenset[str]) -> bool:
    return not wanted or bool(wanted & there)


def _covers(wider: frozenset[object], narrower: frozenset[object]) -> bool:
    """No entry means any."""
    return not wider or (bool(narrower) and narrower <= wider)
