"""What can have decided, and what it means for whoever asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alerts.alert import Revision
from alerts.quiet import Quiet


class Ground(StrEnum):
    """What decided; the wording tables have a phrase for each (`why.accepted`)."""

    ACCEPTED = "accepted"
    IN_DOUBT = "in_doubt"  # sent perhaps, no answer recorded
    SENDING_NOW = "sending_now"
    WAITING = "waiting"
    RETRYING = "retrying"  # the provider did not take it yet
    PROVIDER = "provider"  # the provider never took it
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    NO_SENDER = "no_sender"
    UNREGISTERED = "unregistered"
    INVALID = "invalid"
    SENDER_MISMATCH = "sender_mismatch"
    UNREACHABLE = "unreachable"  # the provider had said before that it knows the address no more
    REGISTERED_LATER = "registered_later"
    OPTED_OUT = "opted_out"
    MUTED = "muted"  # the resident wants nothing of this family of hazards
    BELOW_LEVEL = "below_level"  # of the resident's own choice
    HELD_BACK = "held_back"  # the noise budget was spent: it comes with the digest
    HELD_OVER = "held_over"  # held back, and over before the digest
    OTHER_DISTRICT = "other_district"
    NEVER_TOLD = "never_told"
    NOT_KNOWN = "not_known"
    KNOWN = "known"
    BASELINE = "baseline"
    OVERTAKEN = "overtaken"
    LATE = "late"
    NO_PUSH = "no_push"
    WINDOW = "window"
    RUN_OUT = "run_out"
    QUIET = "quiet"  # not pushed, for a reason that no longer stands in the record
    DISTRICT_FIRST = "district_first"
    DISTRICT_REST = "district_rest"
    DISTRICT_OUTSIDE = "district_outside"
    DISTRICT_WAITING = "district_waiting"
    DISTRICT_SUPERSEDED = "district_superseded"
    DISTRICT_EXPIRED = "district_expired"
    DISTRICT_UNREACHED = "district_unreached"  # sent, and the provider took none
    RECEIVERS = "receivers"  # only who got an earlier revision
    NOBODY = "nobody"  # no phone was registered


TOLD: Mapping[Ground, bool | None] = {  # None: nobody knows yet, or any more
    Ground.ACCEPTED: True,
    Ground.IN_DOUBT: None,
    Ground.SENDING_NOW: None,
    Ground.WAITING: None,
    Ground.RETRYING: None,
    Ground.NOT_KNOWN: None,
    Ground.DISTRICT_FIRST: True,
    Ground.DISTRICT_REST: True,
    Ground.RECEIVERS: True,
    Ground.DISTRICT_WAITING: None,
}


def told(ground: Ground) -> bool | None:
    """Whether it was told: yes, no, or None where that is not known."""
    return TOLD.get(ground, False)


@dataclass(frozen=True, slots=True)
class Turn:
    """A delivery chunk that a device or a district belonged to, and how it ended. `closed_at` None: still open."""

    tier: int
    superseded: bool
    given_up: bool
    closed_at: datetime | None


_BY_QUIET: Mapping[Quiet, Ground] = {quiet: Ground[quiet.name] for quiet in Quiet}


def quiet_ground(revision: Revision) -> Ground:
    """Why a revision was not pushed, as it says itself."""
    try:
        return _BY_QUIET[Quiet(revision.reason.partition("; ")[0])]  # what follows says how it was matched
    except ValueError:
        return Ground.QUIET


def by_turns(turns: Sequence[Turn]) -> Ground | None:
    """What ended all of the turns before anybody was told; None if they were taken."""
    if turns and all(turn.superseded for turn in turns):
        return Ground.SUPERSEDED
    return Ground.EXPIRED if turns and all(turn.given_up for turn in turns) else None
