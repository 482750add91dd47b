"""The roles of the office, and which of them is enough for what asks for one."""

from collections.abc import Collection, Mapping
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do. One officer may hold several; none is held by default."""

    VIEWER = "viewer"  # sees everything, changes nothing
    SHELTER = "shelter"  # reports what is open, and gives shelters their links
    AUTHOR = "author"  # writes alerts, decides on what is held and proposed
    APPROVER = "approver"  # lets somebody else's alert out
    ADMINISTRATOR = "administrator"  # lets people in and out


_DESK = frozenset({Role.AUTHOR, Role.APPROVER})
SATISFIED_BY: Mapping[Role, frozenset[Role]] = {
    Role.VIEWER: _DESK | {Role.VIEWER, Role.ADMINISTRATOR},
    Role.SHELTER: _DESK | {Role.SHELTER},
    Role.AUTHOR: frozenset({Role.AUTHOR}),
    Role.APPROVER: frozenset({Role.APPROVER}),
    Role.ADMINISTRATOR: frozenset({Role.ADMINISTRATOR}),
}
"""The roles that are each enough. An administrator alone writes and approves nothing: he would be both eyes (R2)."""


def may(held: Collection[Role], needed: Role) -> bool:
    """Whether somebody with these roles may do what needs this one."""
    return not SATISFIED_BY[needed].isdisjoint(held)
