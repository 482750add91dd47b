"""What is in force, and what one telegram changes in it (jma.md §2.3-2.5, R18).

A telegram of a unit tells the whole state of its hazards, so it is compared with what is held: never is its Status
text read for the direction. What no telegram ends stays in force: nothing here knows the time of day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from alerts.alert import Change
from alerts.telegram.envelope import InfoType
from alerts.telegram.extent import WHOLE_CITY, Extent
from alerts.telegram.notice import Notice, NoticeState
from alerts.telegram.reading import Reading


@dataclass(frozen=True, slots=True)
class HazardState:
    """One hazard in force, as the newest telegram of its unit says it."""

    chain: str
    hazard: str
    unit: str  # whose telegram said it last
    code: str
    level: int | None
    rank: int
    name: str
    details: tuple[str, ...]
    since: datetime  # when this kind came into force, not a lower one before it
    issued_at: datetime  # of the telegram that said it last
    telegram_id: str
    alert_id: str
    valid_until: datetime | None = None  # printed, or how long an event is shown; None: until a telegram ends it
    extent: Extent = WHOLE_CITY


@dataclass(frozen=True, slots=True)
class HazardChange:
    """What a telegram does to one hazard. `change` is None for a continuation (継続): still so, nothing new."""

    hazard: str
    change: Change | None
    before: HazardState | None
    notice: Notice | None  # what is in force now; None if nothing is


_WRONG_BEFORE = frozenset({InfoType.CORRECTION, InfoType.RETRACTION})


def is_newer(issued_at: datetime, telegram_id: str, last: tuple[datetime, str] | None) -> bool:
    """Whether a telegram is newer than the last one applied of its unit, by Control/DateTime (jma.md §2.4).

    Two telegrams of one instant are ordered by id, so that every order of arrival ends in the same state.
    """
    return last is None or (issued_at, telegram_id) > last


def changes_by(reading: Reading, states: Mapping[str, HazardState], issued_at: datetime) -> tuple[HazardChange, ...]:
    """The changes that a reading makes to the states of its chain, hazards in alphabetical order.

    What another unit of the chain has said later stays as it is; a retraction withdraws only what its own unit said.
    """
    envelope = reading.envelope
    info_type = envelope.info_type if envelope else InfoType.UNKNOWN
    if info_type is InfoType.RETRACTION:
        own = (state for state in states.values() if envelope and state.unit == envelope.unit)
        return tuple(HazardChange(state.hazard, Change.RETRACT, state, None) for state in sorted(own, key=_hazard))
    in_force = notices_in_force(reading)
    later = {h for h, state in states.items() if state.issued_at > issued_at}
    decided = sorted(h for h in reading.hazards - later if not leaves(reading, h, states[h].rank if h in states else 0))
    found = (compare(h, states.get(h), in_force.get(h), info_type) for h in decided)
    return tuple(change for change in found if change is not None)


def notices_in_force(reading: Reading) -> dict[str, Notice]:
    """What a reading says is in force, by hazard. Ash fall has a notice for each Kind: the worst counts."""
    notices = sorted(reading.notices, key=lambda notice: notice.rank)
    return {notice.hazard: notice for notice in notices if notice.state is NoticeState.IN_FORCE}


def leaves(reading: Reading, hazard: str, rank: int) -> bool:
    """Whether a reading that may understate a hazard leaves it at the graver rank it has."""
    return hazard in reading.at_least and rank > max(one.rank for one in reading.notices if one.hazard == hazard)


def _hazard(state: HazardState) -> str:
    return state.hazard


def compare(hazard: str, before: HazardState | None, notice: Notice | None, info_type: InfoType) -> HazardChange | None:
    """What became of one hazard; None where there was nothing and there is nothing.

    What a correction or a retraction takes away was wrong, it did not end.
    """
    if before is None:
        return HazardChange(hazard, Change.ISSUE, None, notice) if notice else None
    if notice is None:
        ended = Change.RETRACT if info_type in _WRONG_BEFORE else Change.END
        return HazardChange(hazard, ended, before, None)
    if info_type in _WRONG_BEFORE and (notice.rank, notice.extent.sub_areas) != (before.rank, before.extent.sub_areas):
        return HazardChange(hazard, Change.CORRECT, before, notice)
    if notice.rank == before.rank:
        return HazardChange(hazard, None, before, notice)
    return HazardChange(hazard, Change.RAISE if notice.rank > before.rank else Change.LOWER, before, notice)


@dataclass(frozen=True, slots=True)
class Saying:
    """Which telegram says something, and for how long it stands if nothing else ends it."""

    chain: str
    unit: str
    telegram_id: str
    issued_at: datetime
    shown_for: timedelta | None = None  # of events and bulletins, which nothing ends (the city's table)


def state_after(change: HazardChange, saying: Saying, alert_id: str) -> HazardState | None:
    """The state that `change` leaves; None if the hazard is over."""
    notice = change.notice
    if notice is None:
        return None
    said = HazardState(
        chain=saying.chain,
        hazard=change.hazard,
        unit=saying.unit,
        code=notice.code,
        level=notice.level,
        rank=notice.rank,
        name=notice.name,
        details=notice.details,
        since=saying.issued_at,
        issued_at=saying.issued_at,
        telegram_id=saying.telegram_id,
        alert_id=alert_id,
        valid_until=valid_until(notice, saying.issued_at, saying.shown_for),
        extent=notice.extent,
    )
    if change.before and change.change is None:
        return replace(said, since=change.before.since)
    return said


def valid_until(notice: Notice, issued_at: datetime, shown_for: timedelta | None) -> datetime | None:
    """The validity that JMA prints, else how long the city shows such an event; warnings have none (design.md §3)."""
    if notice.valid_until is not None:
        return notice.valid_until
    return issued_at + shown_for if shown_for is not None else None


def stands(state: HazardState, now: datetime) -> bool:
    """Whether its validity has not passed yet."""
    return state.valid_until is None or state.valid_until > now


def as_notice(state: HazardState) -> Notice:
    """What is in force, said again: for a decision that no telegram brings about."""
    return Notice(
        hazard=state.hazard,
        code=state.code,
        level=state.level,
        rank=state.rank,
        state=NoticeState.IN_FORCE,
        name=state.name,
        details=state.details,
        valid_until=state.valid_until,
        extent=state.extent,
    )
