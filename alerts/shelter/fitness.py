"""For which hazards in force one facility is not designated: whoever opens it all the same decides that (issue 8.5)."""

from collections.abc import Collection

from alerts.shelter.needs import Needs
from alerts.shelter.opening import OpeningState

INVITING = frozenset({OpeningState.OPENING, OpeningState.OPEN})
"""States that call people to a place."""


def lacking(hazards: Collection[str], needs: Needs) -> tuple[str, ...]:
    """Keys of SITE_HAZARDS that count now and are not among those that the facility is designated for.

    Also those that no place of the city is designated for. A place that is a shelter alone is designated for none.
    """
    return tuple(hazard for hazard in (*needs.designations, *needs.without_site) if hazard not in hazards)


def is_to_be_decided(before: OpeningState, to: OpeningState, lacks: Collection[str]) -> bool:
    """Whether somebody must say that he means it: people would be called to a place unfit for what is in force."""
    return bool(lacks) and to in INVITING and to is not before
