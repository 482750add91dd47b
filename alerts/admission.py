"""May this telegram act in this world? The first of the guards between a drill and residents (R1)."""

from alerts.telegram.envelope import Status
from alerts.telegram.reading import Outcome, Reading
from alerts.world import LiveWorld, World

_UNDERSTOOD = frozenset({Outcome.LIVE, Outcome.DRILL, Outcome.HOLD})


def may_act(world: World, reading: Reading) -> bool:
    """Whether the telegram may move the situation of `world`.

    In the live world only status 通常 acts, whatever else the telegram says. A drill world takes every known status
    and runs it as an exercise. A held telegram acts with the Kinds that were understood, and only with those (R16).
    """
    if reading.envelope is None or reading.envelope.status is Status.UNKNOWN:
        return False
    if isinstance(world, LiveWorld) and reading.envelope.status is not Status.ACTUAL:
        return False
    return reading.outcome in _UNDERSTOOD and bool(reading.hazards)
