"""May this telegram act in this world? The first of the guards between a drill and residents (R1)."""

from alerts.telegram.envelope import InfoType, Status
from alerts.telegram.reading import Outcome, Reading
from alerts.world import LiveWorld, World

_LIVE_STATUSES = frozenset({Status.ACTUAL})
_DRILL_STATUSES = frozenset({Status.ACTUAL, Status.EXERCISE, Status.TEST})
_LIVE_OUTCOMES = frozenset({Outcome.LIVE, Outcome.HOLD})
_DRILL_OUTCOMES = frozenset({Outcome.LIVE, Outcome.DRILL, Outcome.HOLD})
_SHOWN_OUTCOMES = frozenset({Outcome.DISPLAY})
_SHOWN_IN_DRILLS = frozenset({Outcome.DISPLAY, Outcome.DRILL})


def may_act(world: World, reading: Reading) -> bool:
    """Whether the telegram may move the situation of `world`.

    In the live world only status 通常 acts, whatever else the telegram says. A drill world takes every known status
    and runs it as an exercise. A held telegram acts with the Kinds that were understood, and only with those (R16).
    """
    envelope = reading.envelope
    if envelope is None or envelope.info_type is InfoType.UNKNOWN or not reading.hazards:
        return False
    if isinstance(world, LiveWorld):
        return envelope.status in _LIVE_STATUSES and reading.outcome in _LIVE_OUTCOMES
    return envelope.status in _DRILL_STATUSES and reading.outcome in _DRILL_OUTCOMES


def may_show(world: World, reading: Reading) -> bool:
    """Whether what the app of `world` shows may change by the telegram: in the live world by status 通常 alone (R1)."""
    if reading.envelope is None or reading.display is None:
        return False
    if isinstance(world, LiveWorld):
        return reading.envelope.status in _LIVE_STATUSES and reading.outcome in _SHOWN_OUTCOMES
    return reading.envelope.status in _DRILL_STATUSES and reading.outcome in _SHOWN_IN_DRILLS
