"""Evacuation orders are proposed and decided, and nobody is told anything by it (R1, R25)."""

import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.alert import Source
from alerts.city.drills import load_drill
from alerts.proposal import Ending, EvacuationOrder, ProposalState
from alerts.service import proposals
from alerts.service.arrival import Incoming
from alerts.service.proposals import NotWaitingError, UnknownProposalError, decide
from alerts.service.propose import propose
from alerts.service.readiness import readiness
from alerts.service.receive import receive
from alerts.telegram.composition import Stated

LANDSLIDE = "VPWW56"
BY_LEVEL = {3: Stated("09"), 4: Stated("49"), 5: Stated("39")}


def open_kinds(services) -> list[str]:
    with services.database.read() as uow:
        return [alarm.kind for alarm in uow.alarms.open()]


def standing(services) -> list[tuple[EvacuationOrder, ProposalState]]:
    return [(one.order, one.state) for one in proposals.holding(services)]


def said_to_residents(services) -> tuple:
    """Everything that is, or will be, told."""
    with services.database.read() as uow:
        alerts = uow.alerts.recent(100)
        revisions = [revision for alert in alerts for revision in uow.alerts.revisions(alert.id)]
        return alerts, revisions, uow.chunks.counts(), uow.messages.outbox(100), uow.versions.all()


def test_a_level_4_is_proposed_once_however_often_it_is_said(live, jma, clock):
    for status in ("発表", "継続", "継続"):
        jma.send(LANDSLIDE, Stated("49", status))
        clock.forward(seconds=1)
        propose(live)
    assert standing(live) == [(EvacuationOrder.EVACUATION, ProposalState.OPEN)]
    assert propose(live) == 0


def test_a_proposal_tells_nobody_anything(live, jma, nudges):
    jma.send(LANDSLIDE, BY_LEVEL[4])
    before, nudged = said_to_residents(live), list(nudges.chunks)
    propose(live)
    (proposal,) = proposals.holding(live)
    decide(live, proposal.id, ProposalState.CONFIRMED, "危機管理監", "発令する")
    assert said_to_residents(live) == before
    assert nudges.chunks == nudged
    assert all(alert.source is Source.JMA for alert in before[0])


def test_it_ends_with_its_trigger_and_says_so(live, jma, clock):
    jma.send(LANDSLIDE, BY_LEVEL[4])
    propose(live)
    clock.forward(hours=2)
    jma.send(LANDSLIDE, Stated("49", "解除", "49"))
    propose(live)
    (proposal,) = proposals.newest(live, 10)
    assert (proposal.state, proposal.ending, proposal.ended_at) == (ProposalState.LAPSED, Ending.OVER, clock.now())
    assert standing(live) == []
    with pytest.raises(NotWaitingError, match="lapsed"):
        decide(live, proposal.id, ProposalState.CONFIRMED, "危機管理監", "遅れて確認")


def test_after_a_standstill_nothing_is_lost(live, jma, clock):
    jma.send(LANDSLIDE, BY_LEVEL[3])
    clock.forward(hours=1)
    jma.send(LANDSLIDE, BY_LEVEL[5])
    propose(live)
    assert standing(live) == [(EvacuationOrder.SAFETY, ProposalState.OPEN)]


def test_r25_undecided_it_alarms_is_not_ready_and_repeats_itself(live, jma, clock, caplog):
    jma.send(LANDSLIDE, BY_LEVEL[4])
    propose(live)
    clock.forward(minutes=9, seconds=59)
    assert propose(live) == 0
    assert open_kinds(live) == []
    clock.forward(seconds=1)
    assert propose(live) == 1
    assert open_kinds(live) == ["undecided"]
    (alarms,) = (check for check in readiness(live).checks if check.name == "alarms")
    assert not alarms.ok
    caplog.clear()
    clock.forward(minutes=10)
    assert propose(live) == 1
    assert "20 minutes" in caplog.text
    with live.database.read() as uow:
        (alarm,) = uow.alarms.open()
    assert alarm.times == 2


@pytest.mark.parametrize("how", ["decided", "over"])
def test_r25_the_alarm_ends_with_a_decision_or_with_the_trigger(live, jma, clock, how):
    jma.send(LANDSLIDE, BY_LEVEL[4])
    propose(live)
    clock.forward(minutes=10)
    propose(live)
    if how == "decided":
        (proposal,) = proposals.holding(live)
        decide(live, proposal.id, ProposalState.DECLINED, "危機管理監", "現地に異状なし")
    else:
        jma.send(LANDSLIDE, Stated("49", "解除", "49"))
    propose(live)
    assert open_kinds(live) == []
    clock.forward(hours=1)
    assert propose(live) == 0


def test_level_3_waits_without_an_alarm(live, jma, clock):
    jma.send(LANDSLIDE, BY_LEVEL[3])
    propose(live)
    clock.forward(hours=5)
    propose(live)
    assert standing(live) == [(EvacuationOrder.ELDERLY, ProposalState.OPEN)]
    assert open_kinds(live) == []


def test_two_officers_at_once_make_one_decision(live, jma):
    jma.send(LANDSLIDE, BY_LEVEL[4])
    propose(live)
    (proposal,) = proposals.holding(live)
    refused: list[NotWaitingError] = []
    together = threading.Barrier(2)

    def officer(verdict: ProposalState) -> None:
        together.wait()
        try:
            decide(live, proposal.id, verdict, str(verdict), "判断")
        except NotWaitingError as error:
            refused.append(error)

    both = [threading.Thread(target=officer, args=(one,)) for one in (ProposalState.CONFIRMED, ProposalState.DECLINED)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    (decided,) = proposals.holding(live)
    (error,) = refused
    assert decided.decided_by == decided.state == error.proposal.state


def test_two_workers_at_once_propose_it_once(live, jma):
    jma.send(LANDSLIDE, BY_LEVEL[4])
    together = threading.Barrier(2)

    def worker() -> None:
        together.wait()
        propose(live)

    both = [threading.Thread(target=worker) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert len(proposals.newest(live, 10)) == 1


def test_an_unknown_proposal_is_refused(live):
    with pytest.raises(UnknownProposalError, match="live world"):
        decide(live, "p0", ProposalState.CONFIRMED, "危機管理監", "発令する")


def test_r1_a_drill_s_proposals_stay_in_the_drill_world(live, drill, clock, caplog):
    story = load_drill(drill.pack.root, "storm")
    for index in range(len(story.steps)):
        file, raw = story.telegram(index, clock.now())
        receive(drill, [Incoming(f"drill:{index}", file, raw, clock.now())])
        receive(live, [Incoming(f"drill:{index}", file, raw, clock.now())])
        clock.forward(seconds=1)
        propose(drill)
        propose(live)
    assert {order for order, _ in standing(drill)} == {EvacuationOrder.EVACUATION}
    assert (standing(live), proposals.newest(live, 10)) == ([], [])
    clock.forward(minutes=10)
    propose(drill)
    clock.forward(minutes=10)
    caplog.clear()
    propose(drill)
    assert set(open_kinds(drill)) == {"undecided"}
    assert "again" not in caplog.text  # nobody is called at night by a drill that was left standing
    assert "undecided" not in open_kinds(live)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["3", "4", "5", "end", "look", "confirm", "decline", "wait"]), max_size=8))
def test_whatever_happens_what_holds_is_what_is_in_force_and_nothing_is_pushed_by_it(live, jma, clock, story):
    for step in story:
        clock.forward(minutes=30)
        if step.isdigit():
            jma.send(LANDSLIDE, BY_LEVEL[int(step)])
        elif step == "end":
            jma.send(LANDSLIDE)
        elif step in ("confirm", "decline"):
            verdict = ProposalState.CONFIRMED if step == "confirm" else ProposalState.DECLINED
            for one in proposals.holding(live):
                if one.state is ProposalState.OPEN:
                    decide(live, one.id, verdict, "危機管理監", "判断")
        before = said_to_residents(live)
        propose(live)
        assert said_to_residents(live) == before
        with live.database.read() as uow:
            in_force = [one.level for one in uow.situation.in_force() if one.hazard == "landslide"]
        assert [one.order.level for one in proposals.holding(live)] == in_force
