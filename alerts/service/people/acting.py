"""Who does something: an officer who has logged in, or somebody at the machine itself."""

from dataclasses import dataclass

from alerts.people.officer import Officer
from alerts.people.role import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """As the audit names him; `officer_id` None: nobody has logged in."""

    officer_id: str | None
    name: str
    roles: frozenset[Role]


CONSOLE = Actor(None, "console", frozenset())
"""Whoever has a shell on the machine: the last way in, and the first."""

MACHINE = Actor(None, "this machine", frozenset(Role))
"""Who asks from the machine itself on embedded defaults, while the office has no officer (decision 27)."""


def acting(officer: Officer) -> Actor:
    """The officer as an actor, under the names by which the audit is searched."""
    return Actor(officer.id, f"{officer.name} ({officer.login})", officer.roles)
