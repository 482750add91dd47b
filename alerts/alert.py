"""Alerts and their revisions, and the table of allowed transitions (R18, R19, R29).

An alert is one episode of one hazard: it begins with an issue and ends with an end or a retraction; every change in
between is a revision. Numbers only grow, identifiers are never used again.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what it says is made of an alert's changes
    from alerts.wording.office_text import OfficeText


class Change(StrEnum):
    """What a revision does to what residents were told (contract.md, `change`)."""

    ISSUE = "issue"
    RAISE = "raise"
    LOWER = "lower"
    END = "end"  # 解除: it is over
    CORRECT = "correct"  # 訂正
    RETRACT = "retract"  # 取消: it was wrong


class Urgency(StrEnum):
    """How a push reaches the phone (design.md §4)."""

    CRITICAL = "critical"
    HIGH = "high"
    NORMAL = "normal"
    NONE = "none"  # in the app only

    @property
    def precedence(self) -> int:
        """0 for the most urgent; what is smaller is told first."""
        return _PRECEDENCE[self]

    @property
    def one_step_lower(self) -> "Urgency":
        """One step down, but never so far that nobody is told."""
        return _ONE_STEP_LOWER.get(self, self)


_ONE_STEP_LOWER = {Urgency.CRITICAL: Urgency.HIGH, Urgency.HIGH: Urgency.NORMAL}
_PRECEDENCE = {urgency: place for place, urgency in enumerate(Urgency)}


def most_urgent(*urgencies: Urgency) -> Urgency:
    """The most urgent of them."""
    return min(urgencies, key=lambda urgency: urgency.precedence)


class Source(StrEnum):
    """Who speaks: JMA, whose words may not say 避難指示, or the city's own office."""

    JMA = "jma"
    OFFICE = "office"


class AlertState(StrEnum):
    """Where an alert stands."""

    IN_FORCE = "in_force"
    ENDING = "ending"  # over, and residents will be told when the coalescing window has passed (R14)
    ENDED = "ended"
    RETRACTED = "retracted"

    @property
    def shown(self) -> "AlertState":
        """What the app shows: what is over is over, also while the push about it waits."""
        return AlertState.ENDED if self is AlertState.ENDING else self


class Scope(StrEnum):
    """Whom a revision addresses: everybody in its districts, or only who got an earlier revision (R5)."""

    EVERYONE = "everyone"
    RECEIVERS = "receivers"


TRANSITIONS: dict[tuple[AlertState | None, Change], AlertState] = {
    (None, Change.ISSUE): AlertState.IN_FORCE,
    (AlertState.IN_FORCE, Change.ISSUE): AlertState.IN_FORCE,  # told for the first time, after an outage hid it
    (AlertState.IN_FORCE, Change.RAISE): AlertState.IN_FORCE,
    (AlertState.IN_FORCE, Change.LOWER): AlertState.IN_FORCE,
    (AlertState.IN_FORCE, Change.CORRECT): AlertState.IN_FORCE,
    (AlertState.IN_FORCE, Change.END): AlertState.ENDED,
    (AlertState.IN_FORCE, Change.RETRACT): AlertState.RETRACTED,
    (AlertState.ENDING, Change.ISSUE): AlertState.IN_FORCE,  # it was over for some minutes only: the same alert
    (AlertState.ENDING, Change.RAISE): AlertState.IN_FORCE,
    (AlertState.ENDING, Change.LOWER): AlertState.IN_FORCE,
    (AlertState.ENDING, Change.CORRECT): AlertState.IN_FORCE,
    (AlertState.ENDING, Change.END): AlertState.ENDED,
    (AlertState.ENDING, Change.RETRACT): AlertState.RETRACTED,
}


class TransitionError(ValueError):
    """A change that the table does not allow, e.g. an end without an alert in force (R19)."""


def next_state(state: AlertState | None, change: Change) -> AlertState:
    """The state after `change`; raises `TransitionError` where the table has no row."""
    try:
        return TRANSITIONS[state, change]
    except KeyError:
        raise TransitionError(f"an alert that is {state or 'not issued'} cannot {change}") from None


@dataclass(frozen=True, slots=True)
class Tier:
    """Districts told at the same time, in the order of exposure.

    `districts` is None for the last tier: everybody whom no earlier tier named, also devices whose district is unknown
    (fail wide, design.md §3). `because` is the phrase key that says why these districts come first, if they do.
    """

    districts: frozenset[str] | None
    because: str | None = None
    rule: str | None = None  # id of the city's rule that decided; None where the telegram itself or nothing did
    level: int | None = None  # of these districts' own reach, where the telegram names them (SubCityList)
    lowered: bool = False  # told one step less urgently than the revision says (design.md §4)


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision of an alert: all that is needed to say it to a phone, and why it is said."""

    alert_id: str
    number: int
    change: Change
    hazard: str
    code: str
    level: int | None
    rank: int
    name: str  # JMA's name of the kind, レベル３大雨警報
    urgency: Urgency
    scope: Scope
    tiers: tuple[Tier, ...]
    details: tuple[str, ...]
    telegram_id: str | None
    issued_at: datetime  # JMA's Control/DateTime, or the officer's approval
    created_at: datetime
    expires_at: datetime  # no push is sent after this (R22); says nothing about how long the hazard lasts
    pushed: bool  # False: quiet, only in the app
    reason: str  # one sentence for an operator: why pushed or why not
    rules_version: int = 0  # of the city's matching rules that made the tiers; 0 where it has none
    valid_until: datetime | None = None  # printed, or how long an event is shown; None: until a telegram ends it
    said: "OfficeText | None" = None  # the office's own words; None where JMA speaks

    def urgency_in(self, tier: int) -> Urgency:
        """How urgently a tier is told."""
        lowered = any(told.lowered for told in self.tiers[tier : tier + 1])
        return self.urgency.one_step_lower if lowered else self.urgency


@dataclass(frozen=True, slots=True)
class Alert:
    """An episode of one hazard and where it stands now."""

    id: str
    source: Source
    hazard: str
    chain: str  # what residents hear as one story (alerts/chain.py)
    state: AlertState
    code: str
    level: int | None
    rank: int
    name: str
    told_rank: int  # rank of the last pushed (or baseline) revision; 0 if residents were told nothing
    last_revision: int
    since: datetime
    updated_at: datetime
    pushed_at: datetime | None = None  # of the last push
    settle_at: datetime | None = None  # when a withheld follower is looked at again (R14)
