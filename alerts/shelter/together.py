"""What a change of many facilities at once does to each of them (issue 8.5)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alerts.shelter.fitness import is_to_be_decided
from alerts.shelter.opening import TRANSITIONS, Opening, OpeningState


class Fate(StrEnum):
    """What becomes of one facility."""

    CHANGES = "changes"
    DECIDED = "decided"  # changes only if somebody says so of it: not designated for what is in force
    STANDS = "stands"  # is so already
    LEFT = "left"  # cannot become that, or not together with others


_TAKES_IN = {OpeningState.OPEN: frozenset({OpeningState.OPEN, OpeningState.FULL})}
"""States that a wish for another one leaves alone: to open all must not call people to a full place."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One facility of a plan. `lacks`: hazards in force that it is not designated for."""

    facility: str
    before: Opening | None
    to: OpeningState
    lacks: tuple[str, ...]
    fate: Fate

    @property
    def was(self) -> OpeningState:
        """Its state before."""
        return self.before.state if self.before else OpeningState.NOT_OPENED

    @property
    def seen(self) -> int:
        """The version of what it rests on."""
        return self.before.version if self.before else 0


def turn(facility: str, before: Opening | None, to: OpeningState, lacks: tuple[str, ...], now: datetime) -> Turn:
    """What a change of many does to one of them."""
    was = before.state if before else OpeningState.NOT_OPENED
    return Turn(facility, before, to, lacks, _fate(was, to, lacks, is_old=before is not None and before.is_old_at(now)))


def _fate(was: OpeningState, to: OpeningState, lacks: tuple[str, ...], *, is_old: bool) -> Fate:
    if was is to and was is not OpeningState.NOT_OPENED and is_old:
        return Fate.CHANGES  # said again, it is believed again
    if was in _TAKES_IN.get(to, {to}):
        return Fate.STANDS
    if was is OpeningState.UNUSABLE or to not in TRANSITIONS[was]:
        return Fate.LEFT  # what was unusable is looked at first, one by one
    return Fate.DECIDED if is_to_be_decided(was, to, lacks) else Fate.CHANGES
