"""What `bosai check` found of one thing."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a thing stands."""

    OK = "ok"
    OFF = "off"  # not there, and not needed now
    LOOK = "look"  # works, and somebody must look at something
    FAILED = "failed"  # needed, and not there or broken


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at, and what to do about it where something is to be done."""

    name: str
    state: State
    detail: str


def short(error: Exception) -> str:
    """An error in one line that is not too long."""
    return " ".join(str(error).split())[:200] or type(error).__name__
