"""One telegram becomes a situation, an alert, a revision and due chunks, or nothing at all (design.md §2)."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.alert import AlertState, Change, Scope, Urgency
from alerts.ports import Address, Platform
from alerts.service.receive import receive
from alerts.service.register import register
from alerts.service.registration import Registration
from alerts.store.chunks import ChunkRepository
from alerts.telegram.composition import Stated
from alerts.telegram.envelope import InfoType, Status
from alerts.telegram.reading import Outcome

L2, L3, L4, L5 = Stated("29"), Stated("09", last_code="29"), Stated("49", last_code="09"), Stated("39", last_code="49")
LANDSLIDE = "VPWW56"


def in_force(services):
    with services.database.read() as uow:
        return {(state.hazard, state.code): state for state in uow.situation.in_force()}


def open_alerts(services):
    with services.database.read() as uow:
        return [alert for alert in uow.alerts.recent(50) if alert.state is AlertState.IN_FORCE]


def phone(services, district: str | None = None, **changes):
    registration = Registration(
        Address("token", f"t{district}{len(changes)}"), Platform.ANDROID, "ja", (district,) if district else (), True
    )
    return register(services, registration)


def chunks(services):
    with services.database.read() as uow:
        return [uow.chunks.get(i) for i in uow.chunks.due(services.clock.now(), 100)]


def test_an_issue_makes_state_alert_and_revision(live, jma):
    received = jma.send(LANDSLIDE, L4)
    (state,) = in_force(live).values()
    assert (state.hazard, state.level, state.since) == ("landslide", 4, jma.clock.now())
    (revision,) = received.revisions
    assert (revision.change, revision.urgency, revision.scope, revision.pushed) == (
        Change.ISSUE,
        Urgency.CRITICAL,
        Scope.EVERYONE,
        True,
    )
    assert revision.expires_at == jma.clock.now() + timedelta(hours=6)
    assert state.alert_id == revision.alert_id


def test_the_most_exposed_districts_have_the_first_chunks_and_nudges(live, jma, nudges):
    phone(live, live.pack.groups["hazard_zone:mountain"].districts[0])
    phone(live)
    (revision,) = jma.send(LANDSLIDE, L4).revisions
    due = chunks(live)
    assert [chunk.tier for chunk in due] == list(range(len(revision.tiers)))
    assert nudges.chunks == [chunk.id for chunk in due]
    assert revision.tiers[0].because == "landslide_hillside"
    assert revision.tiers[-1].districts is None


def test_raise_lower_and_end_are_told_apart(live, jma, clock):
    changes = []
    for stated in (L3, L5, Stated("49", "特別警報から危険警報", "39"), Stated("49", "解除", "49")):
        changes += [revision.change for revision in jma.send(LANDSLIDE, stated).revisions]
        clock.forward(hours=1)
    assert changes == [Change.ISSUE, Change.RAISE, Change.LOWER, Change.END]
    assert in_force(live) == {}
    assert open_alerts(live) == []


def test_silence_ends_what_an_outage_hid_the_end_of(live, jma, clock):
    jma.send(LANDSLIDE, L3)
    clock.forward(hours=5)
    (revision,) = jma.send(LANDSLIDE).revisions
    assert revision.change is Change.END


def test_r14_a_continuation_makes_no_revision(live, jma, clock):
    jma.send(LANDSLIDE, L3)
    clock.forward(minutes=10)
    assert jma.send(LANDSLIDE, Stated("09", "継続", "09")).revisions == ()


def test_after_an_end_the_same_hazard_is_a_new_alert(live, jma, clock):
    first = jma.send(LANDSLIDE, L3).revisions[0].alert_id
    clock.forward(hours=1)
    jma.send(LANDSLIDE)
    clock.forward(hours=1)
    again = jma.send(LANDSLIDE, L3).revisions[0]
    assert again.alert_id != first
    assert again.number == 1


def test_r15_the_same_telegram_twice_changes_nothing(live, jma):
    telegram = jma.telegram(LANDSLIDE, [L4])
    first, second = receive(live, [telegram])[0], receive(live, [telegram])[0]
    assert (first.applied, second.applied) == ("applied", "duplicate")
    assert second.revisions == ()


def test_an_older_telegram_never_overwrites_a_newer_one(live, jma, clock):
    older = jma.telegram(LANDSLIDE, [L2])
    clock.forward(minutes=30)
    jma.send(LANDSLIDE, L4)
    (late,) = receive(live, [older])
    assert late.applied == "stale"
    assert set(in_force(live)) == {("landslide", "49")}


def test_of_several_telegrams_of_one_poll_only_the_newest_may_ring(live, jma, clock):
    phone(live)
    batch = [jma.telegram(LANDSLIDE, [stated], issued_at=clock.now() + timedelta(minutes=i)) for i, stated in
             enumerate([L2, L3, L4])]  # fmt: skip
    received = receive(live, batch[::-1])
    pushed = [revision for one in received for revision in one.revisions if revision.pushed]
    assert [(revision.change, revision.level) for revision in pushed] == [(Change.ISSUE, 4)]


def test_r1_an_exercise_never_leaves_the_operators_view(live, jma, nudges):
    phone(live)
    for status in (Status.EXERCISE, Status.TEST):
        received = jma.send(LANDSLIDE, L5, status=status)
        assert received.reading.outcome is Outcome.DRILL
        assert received.reading.notices
    assert in_force(live) == {}
    assert open_alerts(live) == []
    assert nudges.chunks == []


def test_a_first_start_pushes_nothing_old(live, jma, nudges, clock):
    phone(live)
    jma.send(LANDSLIDE, L4, baseline=True)
    clock.forward(minutes=10)
    jma.send(LANDSLIDE, Stated("49", "継続", "49"))
    assert nudges.chunks == []
    assert set(in_force(live)) == {("landslide", "49")}
    clock.forward(minutes=10)
    (revision,) = jma.send(LANDSLIDE, L5).revisions
    assert (revision.change, revision.pushed) == (Change.RAISE, True)


def test_r22_a_warning_that_comes_too_late_is_shown_but_not_pushed(live, jma, clock, nudges):
    phone(live)
    telegram = jma.telegram(LANDSLIDE, [L4])
    clock.forward(hours=7)
    (received,) = receive(live, [telegram])
    assert [revision.pushed for revision in received.revisions] == [False]
    assert set(in_force(live)) == {("landslide", "49")}
    assert nudges.chunks == []
    clock.forward(minutes=1)
    (told,) = jma.send(LANDSLIDE, Stated("49", "継続", "49")).revisions
    assert (told.change, told.pushed) == (Change.ISSUE, True)


def test_a_retraction_withdraws_the_unit_and_reaches_its_receivers(live, jma, clock):
    jma.send(LANDSLIDE, L4)
    clock.forward(minutes=5)
    (revision,) = jma.send(LANDSLIDE, info_type=InfoType.RETRACTION).revisions
    assert (revision.change, revision.urgency, revision.scope) == (Change.RETRACT, Urgency.CRITICAL, Scope.RECEIVERS)
    assert in_force(live) == {}


def test_r16_what_is_broken_is_held_and_alarmed(live, jma):
    telegram = jma.telegram(LANDSLIDE, [L4])
    broken = type(telegram)("x", telegram.file, telegram.raw[:400], telegram.seen_at)
    (received,) = receive(live, [broken])
    assert received.reading.outcome is Outcome.HOLD
    with live.database.read() as uow:
        assert [alarm.kind for alarm in uow.alarms.open()] == ["held"]
        assert uow.telegrams.get("x").raw == broken.raw
    assert in_force(live) == {}


def test_r16_understood_kinds_act_beside_an_unknown_one(live, jma):
    telegram = jma.telegram("VPWW61", [Stated("14"), Stated("20")])
    raw = telegram.raw.replace(b"<Code>20</Code>", b"<Code>99</Code>")
    (received,) = receive(live, [type(telegram)("x", telegram.file, raw, telegram.seen_at)])
    assert received.reading.outcome is Outcome.HOLD
    assert set(in_force(live)) == {("thunder", "14")}


def test_a_telegram_from_the_future_acts_now_is_alarmed_and_silences_nothing(live, jma, clock):
    jma.send(LANDSLIDE, L3, issued_at=clock.now() + timedelta(days=400))
    clock.forward(minutes=5)
    (revision,) = jma.send(LANDSLIDE, L4).revisions
    assert (revision.change, revision.pushed) == (Change.RAISE, True)
    with live.database.read() as uow:
        assert [alarm.kind for alarm in uow.alarms.open()] == ["clock"]


def test_a_crash_in_the_middle_leaves_nothing_half_done(live, jma, nudges, monkeypatch):
    phone(live)
    telegram = jma.telegram(LANDSLIDE, [L4])

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(ChunkRepository, "add_all", crash)
        with pytest.raises(KeyboardInterrupt):
            receive(live, [telegram])
    assert in_force(live) == {}
    assert nudges.chunks == []
    assert receive(live, [telegram])[0].applied == "applied"
    assert nudges.chunks


steps = st.lists(st.sampled_from([None, L2, L3, L4, L5]), min_size=1, max_size=5)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stated=steps, order=st.randoms(use_true_random=False))
def test_every_order_of_arrival_ends_in_the_same_situation(live, jma, clock, stated, order):
    """Issue 3 widens this to repeats and crashes; the clock moves on, so each example overwrites the one before."""
    clock.forward(hours=12)
    telegrams = [
        jma.telegram(LANDSLIDE, [one] if one else None, issued_at=clock.now() + timedelta(minutes=index))
        for index, one in enumerate(stated)
    ]
    clock.forward(hours=1)
    shuffled = telegrams + telegrams
    order.shuffle(shuffled)
    for telegram in shuffled:
        receive(live, [telegram])
    expected = {stated[-1].code} if stated[-1] else set()
    assert {code for _, code in in_force(live)} == expected
