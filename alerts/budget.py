"""The noise budget: how many ordinary pushes a district hears in an hour at once (issue 6, requirements.md lead 15).

What is above comes as one quiet digest when the hour ends. It is about first pushes and rises of urgency `normal`, and
about nothing else: what is high or critical, a correction, a retraction, a step-down or an end never waits.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.alert import Change, Revision, Scope, Urgency
from alerts.audience import UNPLACED
from alerts.home import tier_of

HOUR = timedelta(hours=1)
_NEWS = frozenset({Change.ISSUE, Change.RAISE})


@dataclass(frozen=True, slots=True)
class Heard:
    """An ordinary push of the hour, and the districts that did not hear it at once. `UNPLACED`: who is in none."""

    revision: Revision
    held_back: frozenset[str] = frozenset()


def is_ordinary(revision: Revision) -> bool:
    """Whether the budget is about it. What the office says never is: a person has decided that it is told now."""
    if revision.said is not None:
        return False
    to_all = revision.scope is Scope.EVERYONE and revision.change in _NEWS
    return revision.pushed and to_all and revision.urgency is Urgency.NORMAL


def hour_of(at: datetime) -> datetime:
    """When the clock hour began: in Japan the same as in UTC."""
    return at.replace(minute=0, second=0, microsecond=0)


def held_back(revision: Revision, hour: Sequence[Heard], districts: Collection[str], ceiling: int) -> frozenset[str]:
    """The districts that the revision would reach and that have heard `ceiling` ordinary pushes of its hour already.

    `hour` are the earlier ones of that hour.
    """
    if not is_ordinary(revision):
        return frozenset()
    places = (*districts, UNPLACED)
    heard = Counter(place for one in hour for place in _reached(one, places))
    return frozenset(place for place in _reached(Heard(revision), places) if heard[place] >= ceiling)


def _reached(heard: Heard, places: Collection[str]) -> list[str]:
    return [
        place
        for place in places
        if place not in heard.held_back and tier_of(frozenset({place} - {UNPLACED}), heard.revision.tiers) is not None
    ]
