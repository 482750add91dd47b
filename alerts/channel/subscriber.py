"""Who is told besides phones: a list that the city configures, one for each world (R1, R21)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alerts.alert import Urgency
from alerts.world import World, WorldMismatchError


class Channel(StrEnum):
    """The way a subscriber is reached."""

    EMAIL = "email"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True)
class Subscriber:
    """One recipient of the list, without its address, which stays encrypted until something is sent.

    `world` is part of what it is: a drill's subscriber and a live one are never the same (R1).
    """

    id: str
    world: World
    channel: Channel
    name: str  # for operators: who it is
    languages: tuple[str, ...]  # all of them in one letter, the first one in its subject
    minimum: Urgency  # what is less urgent is not told; what follows on something told always is
    districts: frozenset[str]  # empty: the whole city
    created_at: datetime
    failing_since: datetime | None = None  # the first failure after the last success
    failures: int = 0  # since then
    disabled_at: datetime | None = None  # after days of failures, or because it wants no more


@dataclass(frozen=True, slots=True)
class Target:
    """Where a subscriber is reached, in the clear."""

    address: str  # an e-mail address, or an https URL
    secrets: tuple[str, ...] = ()  # a webhook's, `whsec_…`: the newest, and the one before while both hold


def same_world(wanted: World, found: World, what: str) -> None:
    """Raises `WorldMismatchError` where something of one world meets the other (R1)."""
    if type(wanted) is not type(found) or wanted != found:
        raise WorldMismatchError(f"{what} of the {found.name} world in the {wanted.name} world (R1)")
