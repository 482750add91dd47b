"""What a resident chose to hear, and when in silence (design.md §4, issue 6); what is critical always comes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from alerts.alert import Urgency
from alerts.category import Category
from alerts.times import JST

DAY_MINUTES = 24 * 60
LEVELS = (2, 3, 4)  # that a minimum can be set to: all, warnings, or what is critical alone


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A part of every day in Japan, in minutes since midnight; past midnight where it ends before it starts.

    Raises `ValueError` for minutes outside a day, and for a start that is the end: that could be all day or no time.
    """

    start: int
    end: int  # no longer quiet

    def __post_init__(self) -> None:
        """Refuses what no clock shows."""
        if not (0 <= self.start < DAY_MINUTES and 0 <= self.end < DAY_MINUTES):
            raise ValueError(f"quiet hours are minutes from 0 to {DAY_MINUTES - 1}; found {self.start} to {self.end}")
        if self.start == self.end:
            raise ValueError("quiet hours end when they start: leave them out, or give them an end of their own")

    def hold(self, at: datetime) -> bool:
        """Whether they hold at a moment."""
        local = at.astimezone(JST)
        minute = local.hour * 60 + local.minute
        if self.start < self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end


@dataclass(frozen=True, slots=True)
class Preferences:
    """The choices of one phone, beside its language, its places and whether it wants `normal` pushes.

    Muted families and the minimum level withhold news of urgency `normal` and `high`; never what is critical, and never
    what follows something that the phone was told (R5).
    """

    quiet: QuietHours | None = None
    high_sounds: bool = True  # in quiet hours too
    minimum_level: int = LEVELS[0]
    muted: frozenset[Category] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        """Refuses a level that is no choice."""
        if self.minimum_level not in LEVELS:
            raise ValueError(f"the minimum level is one of {LEVELS}; found {self.minimum_level}")

    def silence(self, urgency: Urgency, at: datetime) -> bool:
        """Whether a push comes without a sound then (design.md §4)."""
        if urgency is Urgency.CRITICAL or (urgency is Urgency.HIGH and self.high_sounds):
            return False
        return self.quiet is not None and self.quiet.hold(at)


NO_CHOICE = Preferences()


def level_of(level: int | None, urgency: Urgency) -> int:
    """What a minimum level is compared with. What has no 警戒レベル stands where design.md §4 puts its urgency."""
    return level if level is not None else _LEVEL_OF[urgency]


_LEVEL_OF = {Urgency.CRITICAL: 4, Urgency.HIGH: 3, Urgency.NORMAL: 2, Urgency.NONE: 1}


def muted_in(words: Iterable[str]) -> frozenset[Category]:
    """The families of these words; raises `ValueError` for one that is none."""
    return frozenset(Category(word) for word in words)
