"""What decided for one phone.

What it had chosen when its turn came is not kept. Where it was changed since, that is said, and nothing is guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.alert import Revision
from alerts.audience import PLAIN_TERMS, Recipient, Terms, Why, judge
from alerts.home import tier_among
from alerts.ports import PushResult
from alerts.why.ground import Ground, Turn, by_turns, quiet_ground


@dataclass(frozen=True, slots=True)
class DeviceCase:
    """One device and one revision. `turns` are the chunks of the revision that hold the device's number."""

    revision: Revision
    recipient: Recipient
    reachable: bool
    changed_at: datetime  # when its owner last changed it, or it registered
    turns: Sequence[Turn]
    result: PushResult | None
    terms: Terms = PLAIN_TERMS
    digest_made: bool = False  # of the hour whose noise budget held it back


def device_ground(case: DeviceCase) -> Ground:
    """What decided for one device."""
    is_open = any(turn.closed_at is None for turn in case.turns)
    if case.result is not None:
        return (_WHILE_OPEN if is_open else _BY_RESULT).get(case.result, _BY_RESULT[case.result])
    if not case.revision.pushed:
        return quiet_ground(case.revision)
    if not case.turns:
        return Ground.REGISTERED_LATER
    if changed_since(case):
        return Ground.NOT_KNOWN
    return _by_choices(case)


def changed_since(case: DeviceCase) -> bool:
    """Whether the device was changed after its turn, so that what it had chosen then is no longer known."""
    closed = [turn.closed_at for turn in _own(case) if turn.closed_at]
    return bool(closed) and case.changed_at > max(closed) and len(closed) == len(_own(case))


def _by_choices(case: DeviceCase) -> Ground:
    verdict = judge(case.recipient, case.revision, case.terms)
    if verdict.why is Why.HELD_BACK and case.digest_made:
        return Ground.HELD_BACK if any(turn.closed_at is None for turn in case.turns) else Ground.HELD_OVER
    if not verdict.receives:
        return _BY_VERDICT[verdict.why]
    if any(turn.closed_at is None for turn in case.turns):
        return Ground.WAITING
    if not case.reachable:
        return Ground.UNREACHABLE
    return by_turns(_own(case)) or Ground.NOT_KNOWN


def _own(case: DeviceCase) -> Sequence[Turn]:
    """The turns of the device's own tier; all of them where it is in none."""
    tier = tier_among(case.recipient.places, case.revision.tiers)
    return [turn for turn in case.turns if turn.tier == tier] or case.turns


_BY_RESULT: Mapping[PushResult, Ground] = {
    PushResult.ACCEPTED: Ground.ACCEPTED,
    PushResult.SENDING: Ground.IN_DOUBT,
    PushResult.UNREGISTERED: Ground.UNREGISTERED,
    PushResult.INVALID: Ground.INVALID,
    PushResult.SENDER_MISMATCH: Ground.SENDER_MISMATCH,
    PushResult.THROTTLED: Ground.PROVIDER,
    PushResult.RETRIES_EXHAUSTED: Ground.PROVIDER,
    PushResult.EXPIRED: Ground.EXPIRED,
    PushResult.SUPERSEDED: Ground.SUPERSEDED,
    PushResult.NOT_SENT_NO_SENDER: Ground.NO_SENDER,
}
_WHILE_OPEN: Mapping[PushResult, Ground] = {
    PushResult.SENDING: Ground.SENDING_NOW,
    PushResult.THROTTLED: Ground.RETRYING,
    PushResult.RETRIES_EXHAUSTED: Ground.RETRYING,
}
_BY_VERDICT: Mapping[Why, Ground] = {
    Why.OPTED_OUT: Ground.OPTED_OUT,
    Why.MUTED: Ground.MUTED,
    Why.BELOW_LEVEL: Ground.BELOW_LEVEL,
    Why.HELD_BACK: Ground.HELD_BACK,
    Why.OTHER_DISTRICT: Ground.OTHER_DISTRICT,
    Why.NEVER_TOLD: Ground.NEVER_TOLD,
}
