"""The city's policy: how urgent each kind is, and how long a push is worth sending (design.md §4, R22)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from alerts.alert import Urgency
from alerts.category import Category
from alerts.people.session import SessionRules
from alerts.preferences import Preferences


class NoUrgencyError(LookupError):
    """A (hazard, code) that the urgency table does not know; never mapped to a default (R16)."""


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of a city's policy."""

    version: int
    author: str
    day: date | None  # when this version was made
    note: str
    urgencies: Mapping[tuple[str, str], Urgency]  # by (hazard, code)
    by_level: Mapping[str, Mapping[int, Urgency]]  # hazards whose level may differ from their code's
    lifetimes: Mapping[str, timedelta]  # by hazard
    default_lifetime: timedelta
    default_language: str
    unreviewed: tuple[
        str, ...
    ]  # languages whose phrases the city lets out before anybody has reviewed them (decision 14)
    chunk_size: int  # devices in one delivery chunk
    coalescing_minutes: int  # followers of equal or lower level wait so long (R14)
    fallback_minutes: int  # so long the new warnings are missing before their old copies are read (jma.md §3.3)
    sessions: SessionRules  # how long an officer stays logged in
    shown: Mapping[str, timedelta]  # by hazard: events and bulletins, which no telegram ends
    preferences: Preferences  # of a phone that says nothing of them
    normal_pushes: bool  # likewise
    hourly_pushes: int  # `normal` ones in one district; what is above comes as one digest when the hour ends
    opt_in: frozenset[Category]  # families whose `normal` pushes come only to phones that asked for them (design.md §4)

    def urgency(self, hazard: str, code: str, level: int | None = None) -> Urgency:
        """How urgent a kind is. Raises `NoUrgencyError` for a kind that the table does not know.

        `level` counts where the city's own level may be lower than the code says: in a river flood forecast the code
        is that of the worst reach (contract.md, `river_flood`).
        """
        try:
            by_code = self.urgencies[hazard, code]
        except KeyError:
            raise NoUrgencyError(f"the urgency table has no row for {hazard},{code}: add one to urgency.csv") from None
        if level is None:
            return by_code
        return self.by_level.get(hazard, {}).get(level, by_code)

    @property
    def window(self) -> timedelta:
        """The coalescing window (R14)."""
        return timedelta(minutes=self.coalescing_minutes)

    @property
    def fallback_after(self) -> timedelta:
        """How long copies go on alone before they are read in place of the new warnings."""
        return timedelta(minutes=self.fallback_minutes)

    def shown_for(self, hazard: str) -> timedelta | None:
        """How long an event or bulletin is shown as in force; None for what a telegram ends."""
        return self.shown.get(hazard)

    def push_lifetime(self, hazard: str) -> timedelta:
        """How long after issue a push about this hazard may still be sent."""
        return self.lifetimes.get(hazard, self.default_lifetime)
