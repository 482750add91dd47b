"""Whether a subscriber is told a revision, and with which tier (R5, R19)."""

from collections.abc import Sequence

from alerts.alert import Change, Revision, Scope
from alerts.channel.subscriber import Subscriber
from alerts.home import tier_of

_OVER = frozenset({Change.END, Change.RETRACT})


def tier_for(subscriber: Subscriber, revision: Revision, *, told: bool, owed: bool) -> int | None:
    """The tier whose text the subscriber gets; None if it is not told.

    `told`: an earlier revision of the alert reached it, or may have. `owed`: one was taken back unsent because a newer
    one came, so it must hear what stands. Ends and retractions go only to those who were told.
    """
    tier = tier_of(subscriber.districts, revision.tiers)
    if revision.change in _OVER:
        return (tier or 0) if told else None
    if owed or (told and revision.scope is Scope.RECEIVERS):
        return tier or 0
    if revision.scope is Scope.RECEIVERS or tier is None:
        return None
    is_urgent = revision.urgency_in(tier).precedence <= subscriber.minimum.precedence
    return tier if told or is_urgent else None


def tier_in_replay(subscriber: Subscriber, revisions: Sequence[Revision]) -> int | None:
    """The tier of the last of an alert's revisions, if whoever heard all of them is told it; None if not."""
    told, tier = False, None
    for revision in revisions:
        tier = tier_for(subscriber, revision, told=told, owed=False) if revision.pushed else None
        told = told or tier is not None
    return tier
