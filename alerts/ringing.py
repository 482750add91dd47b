"""What one poll brought rings a phone once: the rest of it is shown beside it in silence (R14, decision 9).

One step of a storm is told by several telegrams: rain, landslide, wind, thunder. Each is an alert of its own on the
phone, with its own end and corrections; four rings in a second say no more than one.
"""

from datetime import timedelta

from alerts.alert import Change, Revision, Urgency
from alerts.chain import is_of_warnings
from alerts.folding import collapse_key

FRESH = timedelta(minutes=1)  # a ring longer ago is forgotten: what comes so late rings again
_ALWAYS_RINGS = frozenset({Change.CORRECT, Change.RETRACT})


def may_be_silent(revision: Revision, chain: str) -> bool:
    """Whether it need not ring a phone that has just rung for the same poll: warnings of the weather below level 4.

    Level 4 and 5 always ring, and what takes back something wrong; so do floods, bulletins, earthquakes and tsunami.
    """
    critical = revision.urgency is Urgency.CRITICAL
    return not critical and revision.change not in _ALWAYS_RINGS and is_of_warnings(chain)


def at_least_as_urgent(urgency: Urgency) -> frozenset[Urgency]:
    """The urgencies whose ring is enough for one of this urgency."""
    return frozenset(other for other in Urgency if other.precedence <= urgency.precedence)


def rings_for(rung: str, hazard: str) -> bool:
    """Whether a push about `rung` is a ring for one about `hazard` also on a phone that was off.

    Two of one family are folded into the later one there: it must not be the silent one that is left.
    """
    return collapse_key(rung) != collapse_key(hazard)
