"""What one poll brings rings a phone once, for the most urgent of it; the rest stands beside it in silence (R14)."""

import pytest
from sqlalchemy.exc import OperationalError

from alerts.alert import Change, Urgency
from alerts.ports import Address, Platform, PushOutcome, PushResult
from alerts.service import drill as drills
from alerts.service.deliver import deliver_next
from alerts.service.receive import receive
from alerts.service.recorder import LEASE
from alerts.service.register import register
from alerts.service.registration import Registration
from alerts.service.settle import settle
from alerts.store.deliveries import DeliveryRepository
from alerts.telegram.composition import Stated
from alerts.telegram.envelope import InfoType

RAIN, SLIDE, SURGE, WIND, THUNDER = "VPWW55", "VPWW56", "VPWW57", "VPWW58", "VPWW61"
RAIN_3, SLIDE_3, SLIDE_4, STORM, THUNDERS = Stated("03"), Stated("09"), Stated("49"), Stated("05"), Stated("14")
OVER = {RAIN: Stated("10", "解除", "03"), SLIDE: Stated("29", "解除", "09")}


@pytest.fixture
def storm(drill, jma):
    """JMA's telegrams go into the drill world, where one phone is registered."""
    register(drill, Registration(Address("token", "resident"), Platform.ANDROID, "ja", (), normal_pushes=True))
    jma.services = drill
    return jma


def poll(storm, *telegrams, **how):
    """All telegrams of one poll, taken in together."""
    return receive(storm.services, [storm.telegram(kind, [stated], **how) for kind, stated in telegrams])


def deliver(services):
    while deliver_next(services, "w") is not None:
        pass


def told(services):
    """What the phone was told, in the order of telling: hazard, change, whether it rang."""
    with services.database.read() as uow:
        texts = [text for text in reversed(uow.messages.outbox(100)) if text.results]
        said = [(uow.alerts.revision(text.alert_id, text.revision), text.silent) for text in texts]
    return [(revision.hazard, revision.change, not silent) for revision, silent in said]


def rings(services):
    return [hazard for hazard, _, rang in told(services) if rang]


def test_r14_a_storm_step_told_by_four_telegrams_rings_once_and_shows_all(drill, storm):
    poll(storm, (THUNDER, THUNDERS), (RAIN, Stated("10")), (SLIDE, SLIDE_3), (SURGE, Stated("19")))
    deliver(drill)
    (first, *others) = told(drill)
    assert first[2]
    assert [rang for _, _, rang in others] == [False] * 3
    assert {hazard for hazard, _, _ in (first, *others)} == {"thunder", "storm_surge", "heavy_rain", "landslide"}
    assert first[0] == "landslide"  # advisories stand behind the warning, whatever JMA sent first


def test_r14_the_most_urgent_of_a_poll_is_the_one_that_rings(drill, storm, nudges):
    poll(storm, (THUNDER, THUNDERS), (RAIN, RAIN_3))
    assert len(nudges.chunks) == len(set(nudges.chunks)) > 1
    deliver(drill)
    assert [hazard for hazard, _, _ in told(drill)] == ["heavy_rain", "thunder"]
    assert rings(drill) == ["heavy_rain"]


def test_r14_what_takes_the_place_of_the_ring_on_a_phone_that_is_off_rings_itself(drill, storm):
    """FCM folds both into the last for such a phone: a silent advisory would be all that is left of a storm warning."""
    poll(storm, (WIND, STORM), (THUNDER, THUNDERS))
    deliver(drill)
    assert rings(drill) == ["storm", "thunder"]


def test_level_4_rings_beside_any_other(drill, storm):
    poll(storm, (RAIN, Stated("43")), (SLIDE, SLIDE_4), (WIND, STORM))
    deliver(drill)
    assert sorted(rings(drill)) == ["heavy_rain", "landslide"]


def test_level_4_does_not_wait_for_the_rest_of_its_poll(drill, storm, nudges, monkeypatch):
    nudged = []
    taken_in = drill.database.write

    def watched():
        nudged.append(len(nudges.chunks))
        return taken_in()

    monkeypatch.setattr(drill.database, "write", watched)
    first = storm.telegram(SLIDE, [SLIDE_4])
    storm.clock.forward(seconds=1)
    receive(drill, [first, storm.telegram(THUNDER, [THUNDERS])])
    assert nudged[-1] > 0


def test_the_next_poll_rings_again(drill, storm, clock):
    poll(storm, (RAIN, RAIN_3))
    deliver(drill)
    clock.forward(seconds=20)
    poll(storm, (SLIDE, SLIDE_3))
    deliver(drill)
    assert rings(drill) == ["heavy_rain", "landslide"]


def test_what_comes_out_of_a_poll_late_rings(drill, storm, clock):
    poll(storm, (RAIN, RAIN_3), (SLIDE, SLIDE_3))
    while not told(drill):
        deliver_next(drill, "w")
    assert len(told(drill)) == 1
    clock.forward(minutes=2)
    deliver(drill)
    assert sorted(rings(drill)) == ["heavy_rain", "landslide"]


@pytest.mark.parametrize("result", [PushResult.SENDING, PushResult.THROTTLED])
def test_a_phone_that_perhaps_did_not_get_the_first_rings_for_the_second(drill, storm, monkeypatch, result):
    poll(storm, (RAIN, RAIN_3), (SLIDE, SLIDE_3))
    record, failed = DeliveryRepository.record, []

    def first_fails(deliveries, alert_id, revision, outcomes, now):
        if not failed and outcomes:
            failed.extend(outcomes)
            outcomes = [PushOutcome(one.device, result) for one in outcomes]
        return record(deliveries, alert_id, revision, outcomes, now)

    monkeypatch.setattr(DeliveryRepository, "record", first_fails)
    deliver(drill)
    assert rings(drill) == ["heavy_rain", "landslide"]


def test_r5_what_was_told_in_silence_is_ended_for_whoever_got_it_and_one_ring_ends_all(drill, storm, clock):
    poll(storm, (RAIN, RAIN_3), (SLIDE, SLIDE_3))
    deliver(drill)
    clock.forward(hours=1)
    poll(storm, *OVER.items())
    deliver(drill)
    ends = [(hazard, rang) for hazard, change, rang in told(drill) if change is Change.END]
    assert sorted(hazard for hazard, _ in ends) == ["heavy_rain", "landslide"]
    assert [rang for _, rang in ends] == [True, False]


def test_r5_what_was_wrong_is_taken_back_aloud(drill, storm, clock):
    received = poll(storm, (RAIN, RAIN_3), (SLIDE, SLIDE_3))
    deliver(drill)
    clock.forward(minutes=1)
    began = min(one.reading.envelope.issued_at for one in received)
    poll(storm, (RAIN, RAIN_3), (SLIDE, SLIDE_3), info_type=InfoType.RETRACTION)
    deliver(drill)
    assert began < clock.now()
    assert [(change, rang) for _, change, rang in told(drill)][2:] == [(Change.RETRACT, True)] * 2


def test_r14_followers_of_one_poll_that_waited_ring_once(drill, storm, clock):
    poll(storm, (RAIN, RAIN_3), (SLIDE, SLIDE_3))
    deliver(drill)
    clock.forward(minutes=2)
    poll(storm, *OVER.items())
    clock.forward(minutes=8)
    assert len(settle(drill)) == 2
    deliver(drill)
    assert [rang for _, change, rang in told(drill) if change is Change.END] == [True, False]


@pytest.mark.parametrize("crash", range(1, 8, 2))
def test_r15_wherever_a_worker_dies_every_phone_is_told_all_of_it_and_rings(drill, storm, clock, monkeypatch, crash):
    drills.add_devices(drill, 60)
    poll(storm, (RAIN, RAIN_3), (SLIDE, SLIDE_3), (WIND, STORM))
    record, records = DeliveryRepository.record, []

    def dies_once(deliveries, alert_id, revision, outcomes, now):
        records.append(revision)
        if len(records) == crash:
            raise OperationalError("the worker is gone", None, Exception())
        return record(deliveries, alert_id, revision, outcomes, now)

    monkeypatch.setattr(DeliveryRepository, "record", dies_once)
    deliver(drill)
    clock.forward(seconds=LEASE.total_seconds())
    deliver(drill)
    with drill.database.read() as uow:
        silent = {text.id for text in uow.messages.outbox(100) if text.silent}
        of_phones = [uow.deliveries.of_device(device) for device in range(1, 61)]
    heard = [[row for row in told if row.result is PushResult.ACCEPTED] for told in of_phones]
    assert {len(told) for told in heard if told} == {3}
    assert {sum(row.message_id not in silent for row in told) for told in heard if told} <= {1, 2}


def test_urgency_and_deadline_of_what_is_silent_are_its_own(drill, storm):
    poll(storm, (RAIN, RAIN_3), (SLIDE, SLIDE_3))
    deliver(drill)
    with drill.database.read() as uow:
        assert {text.urgency for text in uow.messages.outbox(100)} == {Urgency.HIGH}
