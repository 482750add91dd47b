"""The result of reading one telegram for one city."""

from dataclasses import dataclass
from enum import StrEnum

from alerts.telegram.display.content import Display
from alerts.telegram.envelope import Envelope, InfoType, Status
from alerts.telegram.notice import Notice


class Outcome(StrEnum):
    """What becomes of a telegram (contract.md, `outcome`)."""

    LIVE = "live"
    DISPLAY = "display"
    IGNORE = "ignore"
    DRILL = "drill"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a telegram says about this city and what becomes of it.

    `hazards` are all hazards whose state this telegram decides: one of them without a notice here is not in force any
    more. A reading with `outcome` HOLD may still carry notices: the understood Kinds beside an unknown one act (R16).
    `type`, `status` and `info_type` are what is known also where the envelope is not whole. Hazards in `at_least` may
    be graver than their notice says, which then does not lower them (old_warning.py).
    """

    file: str
    envelope: Envelope | None  # None if the bytes are not a whole JMA telegram
    outcome: Outcome
    reason: str  # one sentence for an operator
    notices: tuple[Notice, ...] = ()
    hazards: frozenset[str] = frozenset()
    unknown_codes: tuple[str, ...] = ()  # Kind codes in the city's own Item that no table knows
    type: str | None = None
    status: Status = Status.UNKNOWN
    info_type: InfoType = InfoType.UNKNOWN
    oddities: tuple[str, ...] = ()  # sentences for the office though the telegram was read, e.g. an unknown layout
    display: Display | None = None  # what a whole display telegram, or its retraction, changes in the app
    at_least: frozenset[str] = frozenset()
