"""A change becomes a push, a quiet note, or nothing; with its reason (design.md §2.4, §4).

What is decided is never "a telegram came" but "what residents were last told differs from what is true": `told_rank`
against the rank now in force. So a continuation never rings (R14), and a rise that an outage hid is still told.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from alerts.alert import Alert, Change, Scope, Urgency, most_urgent
from alerts.quiet import Quiet
from alerts.situation import HazardChange
from alerts.telegram import kinds


class UrgencyPolicy(Protocol):
    """The city's table: data in the pack, never code (design.md §4)."""

    def urgency(self, hazard: str, code: str, level: int | None) -> Urgency:
        """Urgency of a first push or a rise; the city's own level counts where it is below the code's."""

    def push_lifetime(self, hazard: str) -> timedelta:
        """How long after its issue a push about the hazard may still be sent (R22)."""

    def shown_for(self, hazard: str) -> timedelta | None:
        """How long an event or bulletin that nothing ends is shown; None for what a telegram ends."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When and how the telegram reached us."""

    issued_at: datetime
    now: datetime
    baseline: bool = False  # there before this service first ran
    overtaken: bool = False  # a newer telegram that decides the hazard came in the same poll
    window: timedelta = timedelta(0)  # followers of equal or lower level wait so long after a push (R14)


@dataclass(frozen=True, slots=True)
class Shift:
    """Districts for which something changed though the city's own level stayed the same."""

    risen: frozenset[str] = frozenset()  # told with less urgency so far than holds there now
    corrected: frozenset[str] = frozenset()  # named by a correction, or wrongly named before it


NO_SHIFT = Shift()


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with a change. `told_rank` is what residents have been told when it is done."""

    change: Change
    urgency: Urgency
    scope: Scope
    pushed: bool
    told_rank: int
    expires_at: datetime
    reason: str
    settle_at: datetime | None = None  # withheld (R14): to be looked at again then
    only: frozenset[str] | None = None  # the districts it is about; None: all that the rules name, and everybody else


@dataclass(frozen=True, slots=True)
class _Telling:
    """What would have to be told to bring residents from what they know to what is true."""

    change: Change
    urgency: Urgency
    scope: Scope
    only: frozenset[str] | None = None


def decide(
    change: HazardChange, alert: Alert | None, policy: UrgencyPolicy, moment: Moment, shift: Shift = NO_SHIFT
) -> Decision | None:
    """The decision on one change, or None where neither the state nor what must be told has changed.

    `alert` is the open alert of the hazard, None if there is none yet.
    """
    told = alert.told_rank if alert else 0
    rank = change.notice.rank if change.notice else 0
    expires_at = _expiry(change, policy, moment)
    telling = _telling(change, alert, told, policy) or _shifted(change, told, policy, shift)
    quiet = _why_quiet(telling, moment, expires_at)
    settle_at = _withheld_until(telling, alert, moment) if telling and not quiet else None
    if telling and change.notice is None and moment.overtaken and not moment.baseline:
        settle_at = _withheld_until(telling, alert, moment) or moment.now + _REST_OF_A_POLL  # which may leave it so
    if telling and not quiet and settle_at is None:
        reason = _why_told(change.hazard, told, rank, telling)
        decided = Decision(telling.change, telling.urgency, telling.scope, True, rank, expires_at, reason)
        return replace(decided, only=telling.only)
    if change.change is None:
        return None
    known = rank if moment.baseline or (rank == 0 and settle_at is None) else told
    reason = quiet or Quiet.WINDOW
    return Decision(change.change, Urgency.NONE, Scope.EVERYONE, False, known, expires_at, str(reason), settle_at)


def _expiry(change: HazardChange, policy: UrgencyPolicy, moment: Moment) -> datetime:
    """Until when a push may be sent: the city's table, capped by a printed validity (R22)."""
    by_table = moment.issued_at + policy.push_lifetime(change.hazard)
    printed = change.notice.valid_until if change.notice else None
    return min(by_table, printed) if printed else by_table


_REST_OF_A_POLL = timedelta(seconds=10)  # until all that came together is taken in
_FOLLOWERS = frozenset({Change.LOWER, Change.END})


def _withheld_until(telling: _Telling, alert: Alert | None, moment: Moment) -> datetime | None:
    """Until when a step-down or an end so soon after a push waits; None if it may be told now.

    First pushes, rises, corrections and retractions never wait.
    """
    if telling.change not in _FOLLOWERS or alert is None or alert.pushed_at is None:
        return None
    open_at = alert.pushed_at + moment.window
    return open_at if moment.now < open_at else None


def _telling(change: HazardChange, alert: Alert | None, told: int, policy: UrgencyPolicy) -> _Telling | None:
    """Compares what was told with what is true now; None if they agree."""
    withdrawn = policy.urgency(change.hazard, alert.code, alert.level) if alert else Urgency.NONE
    rank = change.notice.rank if change.notice else 0
    if rank == told or (0 < rank < told and _is_event(change.hazard, policy)):
        return None  # an event that turns out weaker than told is no step-down
    if change.notice is None:
        return _WITHDRAWN[change.change](withdrawn)
    stated = policy.urgency(change.hazard, change.notice.code, change.notice.level)
    if told and change.change is Change.CORRECT:
        return _corrected(withdrawn, stated, rises=rank > told)
    if rank > told:
        return _Telling(Change.RAISE if told else Change.ISSUE, stated, Scope.EVERYONE)
    return _Telling(Change.LOWER, Urgency.NORMAL, Scope.RECEIVERS)


def _is_event(hazard: str, policy: UrgencyPolicy) -> bool:
    """Whether it happened once and nothing ends it, like an earthquake; notices of the Nankai Trough have an end."""
    return policy.shown_for(hazard) is not None and not kinds.may_be_ended(hazard)


def _shifted(change: HazardChange, told: int, policy: UrgencyPolicy, shift: Shift) -> _Telling | None:
    """What single districts must hear though the city's level is what residents were told: so it is no raise."""
    notice = change.notice
    if notice is None or notice.rank != told:
        return None
    stated = policy.urgency(change.hazard, notice.code, notice.level)
    if shift.corrected and change.change is Change.CORRECT:
        return _Telling(Change.CORRECT, stated, Scope.EVERYONE, shift.corrected | shift.risen)
    return _Telling(Change.ISSUE, stated, Scope.EVERYONE, shift.risen) if shift.risen else None


def _why_told(hazard: str, told: int, rank: int, telling: _Telling) -> str:
    if telling.only is not None:
        return f"{len(telling.only)} districts were told otherwise of {hazard} than holds there now"
    return f"residents were told rank {told} of {hazard}, now it is {rank}"


def _corrected(withdrawn: Urgency, stated: Urgency, *, rises: bool) -> _Telling:
    """A correction that raises the level is news for everyone; else only for who was told the wrong thing (R5)."""
    if rises:
        return _Telling(Change.CORRECT, most_urgent(withdrawn, stated), Scope.EVERYONE)
    return _Telling(Change.CORRECT, withdrawn, Scope.RECEIVERS)


_WITHDRAWN: dict[Change | None, Callable[[Urgency], _Telling]] = {
    Change.END: lambda _: _Telling(Change.END, Urgency.NORMAL, Scope.RECEIVERS),
    Change.RETRACT: lambda urgency: _Telling(Change.RETRACT, urgency, Scope.RECEIVERS),
}


def _why_quiet(telling: _Telling | None, moment: Moment, expires_at: datetime) -> Quiet | None:
    """The reason not to push, or None if nothing stands against it."""
    if telling is None:
        return Quiet.KNOWN
    if moment.baseline:
        return Quiet.BASELINE
    if moment.overtaken:
        return Quiet.OVERTAKEN
    if moment.now >= expires_at:
        return Quiet.LATE
    if telling.urgency is Urgency.NONE:
        return Quiet.NO_PUSH
    return None
