"""What the buttons of the shelter's page offer, given what holds now."""

from dataclasses import dataclass

from alerts.shelter.opening import TRANSITIONS, WITH_PEOPLE, Opening, OpeningState
from alerts.shelter.report import MOST_PEOPLE

_STEPS = (-10, -1, 1, 10)
_ORDER = (
    OpeningState.OPENING,
    OpeningState.OPEN,
    OpeningState.FULL,
    OpeningState.CLOSED,
    OpeningState.UNUSABLE,
    OpeningState.NOT_OPENED,
)
_GRAVE = frozenset({OpeningState.CLOSED, OpeningState.UNUSABLE})


@dataclass(frozen=True, slots=True)
class Choice:
    """A state and its button. `is_grave`: sends people away, so it takes two taps."""

    state: OpeningState
    is_now: bool
    is_allowed: bool
    is_grave: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A button that sets the number of people. It holds the number and not the difference: two taps are one report."""

    by: int
    people: int


def choices(opening: Opening | None) -> list[Choice]:
    """The states in the order of a night. To say the present one again confirms it."""
    now = opening.state if opening else OpeningState.NOT_OPENED
    offered = [each for each in _ORDER if each is not OpeningState.NOT_OPENED or each in TRANSITIONS[now]]
    return [Choice(each, each is now, each is now or each in TRANSITIONS[now], each in _GRAVE) for each in offered]


def steps(opening: Opening | None) -> list[Step]:
    """From the number that is known, else from none; no buttons where a number means nothing."""
    if opening is None or opening.state not in WITH_PEOPLE:
        return []
    now = opening.occupancy or 0
    return [Step(by, min(max(now + by, 0), MOST_PEOPLE)) for by in _STEPS]
