"""Which evacuation order is proposed when the situation has changed, and which proposal ends (R25)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from alerts.proposal import Ending, EvacuationOrder, Proposal, ProposalState, Trigger, Triggers
from alerts.situation import HazardState

Decided = Mapping[EvacuationOrder, ProposalState]  # in one episode of a hazard


@dataclass(frozen=True, slots=True)
class Reconsidered:
    """What is to be written: the proposal that ended, and the one that begins."""

    ended: Proposal | None = None
    begun: Proposal | None = None


def reconsider(
    held: Proposal | None, state: HazardState | None, triggers: Triggers, decided: Decided, now: datetime
) -> Reconsidered:
    """Compares the proposal that holds for a hazard with what is in force now.

    Saying the same again changes nothing, so telegrams and looks may be repeated. `decided` are the decisions of the
    episode in force; a fall is covered by them, a rise is always proposed anew.
    """
    pulled = triggers.of(state) if state else None
    if state is None or pulled is None:
        return Reconsidered(ended=_ended(held, Ending.OVER, now) if held else None)
    if held is None:
        return Reconsidered(begun=_begun(state, pulled, triggers, ProposalState.OPEN, now))
    if held.alert_id != state.alert_id:
        begun = _begun(state, pulled, triggers, ProposalState.OPEN, now)
        return Reconsidered(_ended(held, Ending.OVER, now), begun)
    if held.order is pulled.order and not _asks_again(held, state, decided):
        return Reconsidered()
    has_fallen = pulled.order.level < held.order.level
    is_covered = has_fallen and _covers(decided, pulled.order)
    begun = _begun(state, pulled, triggers, ProposalState.COVERED if is_covered else ProposalState.OPEN, now)
    return Reconsidered(_ended(held, Ending.FELL if has_fallen else Ending.ROSE, now), begun)


def _asks_again(held: Proposal, state: HazardState, decided: Decided) -> bool:
    """One order stands for several levels: who declined it at level 3 is asked at level 4. What waits, waits on."""
    is_given = any(one.level >= held.order.level for one in _given(decided))
    return (state.level or 0) > held.level and held.state is not ProposalState.OPEN and not is_given


def _covers(decided: Decided, order: EvacuationOrder) -> bool:
    """Whether the lesser order was decided on itself, or a graver one was given."""
    return order in decided or any(one.level > order.level for one in _given(decided))


def _given(decided: Decided) -> list[EvacuationOrder]:
    """The orders that the city gave."""
    return [one for one, state in decided.items() if state is ProposalState.CONFIRMED]


def _ended(held: Proposal, ending: Ending, now: datetime) -> Proposal:
    state = ProposalState.LAPSED if held.state is ProposalState.OPEN else held.state
    return replace(held, state=state, ended_at=now, ending=ending)


def _begun(
    state: HazardState, trigger: Trigger, triggers: Triggers, standing: ProposalState, now: datetime
) -> Proposal:
    return Proposal(
        id=f"p{now:%Y%m%d%H%M%S%f}-{state.alert_id[:12]}-{trigger.order.level}",
        chain=state.chain,
        hazard=state.hazard,
        alert_id=state.alert_id,
        trigger=trigger.id,
        triggers_version=triggers.version,
        order=trigger.order,
        basis=trigger.basis,
        level=state.level or 0,
        name=state.name,
        telegram_id=state.telegram_id,
        state=standing,
        proposed_at=now,
    )
