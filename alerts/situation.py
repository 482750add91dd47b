"""What is in force, and what one telegram changes in it (jma.md §2.3-2.5, R18).

A telegram of a unit tells the whole state of its hazards, so it is compared with what is held: never is its Status
text read for the direction. What no telegram ends stays in force: nothing here knows the time of day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from alerts.alert import Change
from alerts.telegram.envelope import InfoType
from alerts.telegram.notice import Notice, NoticeState
from alerts.telegram.reading import Reading


@dataclass(frozen=True, slots=True)
class HazardState:
    """One hazard in force, as the newest telegram of its unit says it."""

    unit: str
    hazard: str
    code: str
    level: int | None
    rank: int
    name: str
    details: tuple[str, ...]
    since: datetime  # when this kind came into force, not a lower one before it
    issued_at: datetime  # of the telegram that said it last
    telegram_id: str
    alert_id: str


@dataclass(frozen=True, slots=True)
class HazardChange:
    """What a telegram does to one hazard. `change` is None for a continuation (継続): still so, nothing new."""

    hazard: str
    change: Change | None
    before: HazardState | None
    notice: Notice | None  # what is in force now; None if nothing is


def is_newer(issued_at: datetime, telegram_id: str, last: tuple[datetime, str] | None) -> bool:
    """Whether a telegram is newer than the last one applied of its unit, by Control/DateTime (jma.md §2.4).

    Two telegrams of one instant are ordered by id, so that every order of arrival ends in the same state.
    """
    return last is None or (issued_at, telegram_id) > last


def changes_by(reading: Reading, states: Mapping[str, HazardState]) -> tuple[HazardChange, ...]:
    """The changes that a reading makes to the states of its unit, hazards in alphabetical order."""
    info_type = reading.envelope.info_type if reading.envelope else InfoType.UNKNOWN
    if info_type is InfoType.RETRACTION:
        return tuple(HazardChange(hazard, Change.RETRACT, states[hazard], None) for hazard in sorted(states))
    in_force = {n.hazard: n for n in reading.notices if n.state is NoticeState.IN_FORCE}
    found = (_compare(h, states.get(h), in_force.get(h), info_type) for h in sorted(reading.hazards))
    return tuple(change for change in found if change is not None)


def _compare(
    hazard: str, before: HazardState | None, notice: Notice | None, info_type: InfoType
) -> HazardChange | None:
    """What became of one hazard; None where there was nothing and there is nothing."""
    if before is None:
        return HazardChange(hazard, Change.ISSUE, None, notice) if notice else None
    if notice is None:
        ended = Change.RETRACT if info_type is InfoType.CORRECTION else Change.END
        return HazardChange(hazard, ended, before, None)
    if notice.rank == before.rank:
        return HazardChange(hazard, None, before, notice)
    if info_type is InfoType.CORRECTION:
        return HazardChange(hazard, Change.CORRECT, before, notice)
    return HazardChange(hazard, Change.RAISE if notice.rank > before.rank else Change.LOWER, before, notice)


def state_after(
    change: HazardChange, unit: str, issued_at: datetime, telegram_id: str, alert_id: str
) -> HazardState | None:
    """The state that `change` leaves; None if the hazard is over."""
    notice = change.notice
    if notice is None:
        return None
    said = HazardState(
        unit=unit,
        hazard=change.hazard,
        code=notice.code,
        level=notice.level,
        rank=notice.rank,
        name=notice.name,
        details=notice.details,
        since=issued_at,
        issued_at=issued_at,
        telegram_id=telegram_id,
        alert_id=alert_id,
    )
    if change.before and change.change is None:
        return replace(said, since=change.before.since)
    return said
