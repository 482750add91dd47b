"""A proposal follows its trigger, is never lost, and never repeats itself (R25)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.city.pack import bundled, load_pack
from alerts.proposal import Ending, EvacuationOrder, Proposal, ProposalState
from alerts.reconsider import Reconsidered, reconsider
from alerts.situation import HazardState

AT = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
TRIGGERS = load_pack(bundled()).triggers


def state(level: int | None, *, hazard: str = "river_flood", alert: str = "a1") -> HazardState | None:
    """What is in force of a river; None where nothing is."""
    if level is None:
        return None
    return HazardState("c", hazard, "u", f"{level}0", level, level, f"レベル{level}", (), AT, AT, "t", alert)


def look(held, level, *, alert="a1", decided=None, now=AT) -> Reconsidered:
    return reconsider(held, state(level, alert=alert), TRIGGERS, decided or {}, now)


def open_at(level: int) -> Proposal:
    begun = look(None, level).begun
    assert begun is not None
    return begun


@pytest.mark.parametrize(
    ("hazard", "level", "order"),
    [  # city.md §3, the triggers of 2021-05-14; and R25
        ("river_flood", 2, EvacuationOrder.ELDERLY),
        ("river_flood", 3, EvacuationOrder.EVACUATION),
        ("river_flood", 4, EvacuationOrder.EVACUATION),
        ("river_flood", 5, EvacuationOrder.SAFETY),
        ("landslide", 2, None),
        ("landslide", 3, EvacuationOrder.ELDERLY),
        ("landslide", 4, EvacuationOrder.EVACUATION),
        ("landslide", 5, EvacuationOrder.SAFETY),
        ("heavy_rain", 3, None),
        ("heavy_rain", 4, EvacuationOrder.EVACUATION),
        ("heavy_rain", 5, EvacuationOrder.SAFETY),
        ("thunder", None, None),
    ],
)
def test_the_city_s_published_triggers(hazard, level, order):
    in_force = replace(state(3, hazard=hazard), level=level)
    pulled = TRIGGERS.of(in_force)
    assert (pulled and pulled.order) == order


@pytest.mark.parametrize("hazard", ["heavy_rain", "landslide", "river_flood", "storm_surge"])
@pytest.mark.parametrize("level", [4, 5])
def test_r25_every_level_4_and_5_is_proposed(hazard, level):
    pulled = TRIGGERS.of(state(level, hazard=hazard))
    assert pulled is not None
    assert pulled.order.level >= level


def test_a_continuation_changes_nothing():
    assert look(open_at(3), 3) == look(open_at(3), 4) == Reconsidered()


def test_what_nobody_decided_lapses_and_says_so_when_the_trigger_ends():
    ended = look(open_at(3), None, now=AT + timedelta(hours=1)).ended
    assert (ended.state, ended.ending, ended.ended_at) == (ProposalState.LAPSED, Ending.OVER, AT + timedelta(hours=1))


def test_a_decision_stays_when_the_trigger_ends():
    confirmed = replace(open_at(3), state=ProposalState.CONFIRMED)
    assert look(confirmed, None).ended.state is ProposalState.CONFIRMED


def test_a_rise_proposes_the_graver_order_whatever_was_decided():
    declined = replace(open_at(2), state=ProposalState.DECLINED)
    done = look(declined, 5, decided={EvacuationOrder.ELDERLY: ProposalState.DECLINED})
    assert (done.ended.ending, done.begun.order, done.begun.state) == (
        Ending.ROSE,
        EvacuationOrder.SAFETY,
        ProposalState.OPEN,
    )


def test_r25_an_order_declined_at_level_3_is_proposed_again_at_level_4():
    declined = replace(open_at(3), state=ProposalState.DECLINED)
    decided = {EvacuationOrder.EVACUATION: ProposalState.DECLINED}
    assert look(declined, 3, decided=decided) == Reconsidered()
    done = look(declined, 4, decided=decided)
    assert (done.ended.state, done.ended.ending) == (ProposalState.DECLINED, Ending.ROSE)
    assert (done.begun.order, done.begun.level, done.begun.state) == (
        EvacuationOrder.EVACUATION,
        4,
        ProposalState.OPEN,
    )
    assert look(done.begun, 3, decided=decided) == look(done.begun, 4, decided=decided) == Reconsidered()


def test_an_order_given_at_level_3_is_not_asked_for_again_at_level_4():
    given_already = replace(open_at(3), state=ProposalState.CONFIRMED)
    assert look(given_already, 4, decided={EvacuationOrder.EVACUATION: ProposalState.CONFIRMED}) == Reconsidered()


@pytest.mark.parametrize(
    ("decided", "standing"),
    [
        ({}, ProposalState.OPEN),
        ({EvacuationOrder.EVACUATION: ProposalState.DECLINED}, ProposalState.OPEN),
        ({EvacuationOrder.EVACUATION: ProposalState.CONFIRMED}, ProposalState.COVERED),
        ({EvacuationOrder.ELDERLY: ProposalState.DECLINED}, ProposalState.COVERED),
    ],
    ids=["nothing decided", "the graver declined", "the graver given", "decided before"],
)
def test_a_fall_asks_for_the_lesser_order_unless_it_is_covered(decided, standing):
    done = look(open_at(3), 2, decided=decided)
    assert (done.ended.ending, done.begun.order, done.begun.state) == (Ending.FELL, EvacuationOrder.ELDERLY, standing)


def test_a_new_episode_is_a_new_proposal():
    done = look(open_at(3), 3, alert="a2")
    assert (done.ended.ending, done.begun.alert_id) == (Ending.OVER, "a2")


def test_r25_level_4_calls_somebody_again_and_again_and_level_3_does_not():
    patience = timedelta(minutes=10)
    urgent, lesser = open_at(3), open_at(2)
    assert not urgent.due_to_escalate(AT + timedelta(minutes=9), patience)
    assert urgent.due_to_escalate(AT + patience, patience)
    called = replace(urgent, escalated_at=AT + patience, escalations=1)
    assert not called.due_to_escalate(AT + timedelta(minutes=19), patience)
    assert called.due_to_escalate(AT + timedelta(minutes=20), patience)
    assert not replace(called, state=ProposalState.DECLINED).due_to_escalate(AT + timedelta(hours=9), patience)
    assert not lesser.due_to_escalate(AT + timedelta(hours=9), patience)


levels = st.none() | st.integers(1, 5)
decisions = st.sampled_from([None, ProposalState.CONFIRMED, ProposalState.DECLINED])


@given(st.lists(st.tuples(levels, decisions, st.integers(1, 3)), max_size=12))
def test_at_every_moment_what_is_proposed_is_what_the_triggers_say(story):
    """A proposal is never lost, never doubled, and ends with its trigger; a look may be repeated."""
    held: Proposal | None = None
    decided: dict[EvacuationOrder, ProposalState] = {}
    ids: set[str] = set()
    for minute, (level, decision, looks) in enumerate(story):
        now = AT + timedelta(minutes=minute)
        for again in range(looks):
            done = look(held, level, decided=decided, now=now)
            assert not (again and done != Reconsidered()), "a second look at the same changed something"
            held = done.begun or (None if done.ended else held)
            if done.begun:
                assert done.begun.id not in ids
                ids.add(done.begun.id)
        pulled = TRIGGERS.of(state(level)) if level else None
        assert (held.order if held else None) == (pulled.order if pulled else None)
        if held and held.state is ProposalState.DECLINED:
            assert level <= held.level, "a rise found a no that was said to less"
        if held and decision and held.state is ProposalState.OPEN:
            held = replace(held, state=decision)
            decided[held.order] = decision
