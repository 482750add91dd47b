"""Where something runs: the live world, or a drill world that can never reach residents (R1, design.md §3).

A world is a type. What must never happen in a drill (building the live sender) takes a `LiveWorld`, so a type
checker refuses the mistake, and `require_live` refuses it again when the programme runs.
"""

from dataclasses import dataclass
from typing import Literal


class WorldMismatchError(TypeError):
    """Something that only the live world may have was asked for in a drill world, or the other way round."""


@dataclass(frozen=True, slots=True)
class LiveWorld:
    """The real one: only telegrams of status 通常 act, and residents' phones are reached."""

    name: Literal["live"] = "live"


@dataclass(frozen=True, slots=True)
class DrillWorld:
    """A rehearsal (訓練): every telegram that enters is retyped `exercise`, every text is marked 【訓練】."""

    name: Literal["drill"] = "drill"


World = LiveWorld | DrillWorld
LIVE = LiveWorld()
DRILL = DrillWorld()


def require_live(world: World) -> LiveWorld:
    """Returns the world if it is the live one, else raises `WorldMismatchError` (R1)."""
    if not isinstance(world, LiveWorld):
        raise WorldMismatchError(f"the {world.name} world must never hold a live sender (R1)")
    return world


def require_drill(world: World) -> DrillWorld:
    """Returns the world if it is a drill world, else raises `WorldMismatchError` (R1)."""
    if not isinstance(world, DrillWorld):
        raise WorldMismatchError(f"the {world.name} world runs no drill (R1)")
    return world
