"""Due chunks become outcomes, one a device, whatever happens in between (design.md §2.6-2.7)."""

import time
from datetime import timedelta

import pytest
from one_chunk import deliver_chunk
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from alerts.city.drills import load_drill
from alerts.ports import Address, Platform, PushOutcome, PushResult
from alerts.service import clerk
from alerts.service import drill as drills
from alerts.service.cargo import Cargo, Carried
from alerts.service.claim import LEASE
from alerts.service.deliver import sweep
from alerts.service.receive import receive
from alerts.service.recorder import LeaseLostError, record
from alerts.service.register import register
from alerts.service.registration import Registration
from alerts.store.cipher import AddressCipher
from alerts.store.deliveries import DeliveryRepository
from alerts.store.tables import devices
from alerts.telegram.composition import Stated
from alerts.telegram.envelope import InfoType, Status
from alerts.world import WorldMismatchError

LANDSLIDE = "VPWW56"
L2, L3, L4 = Stated("29"), Stated("09"), Stated("49")
DEVICES = 60


@pytest.fixture
def storm(drill, jma):
    """JMA's telegrams go into the drill world, where phones are registered."""
    drills.add_devices(drill, DEVICES)
    jma.services = drill
    return jma


def deliver_all(services, nudges, worker="w"):
    results = [deliver_chunk(services, chunk, worker) for chunk in nudges.chunks]
    nudges.chunks.clear()
    return results


def results_of(services, revision):
    with services.database.read() as uow:
        return uow.deliveries.counts(revision.alert_id, revision.number)


def messages_of(services, revision):
    with services.database.read() as uow:
        return [m for m in uow.messages.outbox(100, revision.alert_id) if m.revision == revision.number]


def test_every_phone_has_one_outcome_and_the_server_saw_each_once(drill, storm, nudges, fcm):
    (revision,) = storm.send(LANDSLIDE, L4).revisions
    assert set(deliver_all(drill, nudges)) == {"done"}
    counts = results_of(drill, revision)
    assert sum(counts.values()) == DEVICES
    assert set(counts) == {PushResult.ACCEPTED, PushResult.UNREGISTERED}
    assert fcm.stats()["accepted"] == counts[PushResult.ACCEPTED]
    assert fcm.stats()["duplicates"] == 0


def test_each_text_stands_once_in_the_outbox_and_drills_are_marked(drill, storm, nudges):
    (revision,) = storm.send(LANDSLIDE, L4).revisions
    deliver_all(drill, nudges)
    texts = messages_of(drill, revision)
    places = [(text.tier, text.language) for text in texts]
    assert len(places) == len(set(places))
    assert {tier for tier, _ in places} == {0, 1, 2}
    assert {language for _, language in places} == {"ja", "en"}
    assert all("訓練" in text.title for text in texts if text.language == "ja")
    assert all("DRILL" in text.title for text in texts if text.language == "en")
    assert sum(sum(text.results.values()) for text in texts) == DEVICES


def test_an_unregistered_phone_is_not_told_again(drill, storm, nudges, clock):
    (first,) = storm.send(LANDSLIDE, L3).revisions
    deliver_all(drill, nudges)
    gone = results_of(drill, first)[PushResult.UNREGISTERED]
    clock.forward(minutes=10)
    (second,) = storm.send(LANDSLIDE, L4).revisions
    deliver_all(drill, nudges)
    assert results_of(drill, second) == {PushResult.ACCEPTED: DEVICES - gone}


def test_r5_an_end_reaches_exactly_who_was_told(drill, storm, nudges, clock):
    (issue,) = storm.send(LANDSLIDE, L2).revisions  # normal urgency: only phones that want advisories
    deliver_all(drill, nudges)
    told = results_of(drill, issue)[PushResult.ACCEPTED]
    assert 0 < told < DEVICES
    drills.add_devices(drill, DEVICES + 20)  # registered after the issue: never told of it
    clock.forward(hours=1)
    (end,) = storm.send(LANDSLIDE, Stated("29", "解除", "29")).revisions
    deliver_all(drill, nudges)
    assert results_of(drill, end) == {PushResult.ACCEPTED: told}


def test_a_chunk_delivered_again_tells_nobody_twice(drill, storm, nudges, fcm):
    storm.send(LANDSLIDE, L4)
    chunks = list(nudges.chunks)
    deliver_all(drill, nudges)
    assert {deliver_chunk(drill, chunk, "other") for chunk in chunks} == {"not_ours"}
    assert fcm.stats()["duplicates"] == 0


def test_r15_after_a_crash_only_devices_in_doubt_are_told_again(drill, storm, nudges, clock, fcm, monkeypatch):
    (revision,) = storm.send(LANDSLIDE, L4).revisions
    chunk = nudges.chunks[-1]

    def crash(*_: object) -> None:
        raise KeyboardInterrupt  # as kill -9 between the provider's answer and our record of it

    with monkeypatch.context() as patch:
        patch.setattr(DeliveryRepository, "record", crash)
        with pytest.raises(KeyboardInterrupt):
            deliver_chunk(drill, chunk, "dies")
    in_doubt = results_of(drill, revision)[PushResult.SENDING]
    assert deliver_chunk(drill, chunk, "too early") == "not_ours"
    clock.forward(seconds=LEASE.total_seconds() + 0.1)
    assert deliver_chunk(drill, chunk, "goes on") == "done"
    deliver_all(drill, nudges)
    assert PushResult.SENDING not in results_of(drill, revision)
    assert sum(results_of(drill, revision).values()) == DEVICES
    assert fcm.stats()["duplicates"] <= in_doubt


def test_who_cannot_record_stops_sending(drill, storm, nudges, monkeypatch):
    storm.send(LANDSLIDE, L4)

    def full(*_: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    monkeypatch.setattr(DeliveryRepository, "record", full)
    monkeypatch.setattr(clerk, "WRITE_LATE_SECONDS", 0.2)
    assert deliver_chunk(drill, nudges.chunks[0], "w") == "stopped"


def test_what_a_worker_had_to_stop_is_due_at_once_and_waits_for_no_lease(drill, storm, nudges, fcm, monkeypatch):
    (revision,) = storm.send(LANDSLIDE, L4).revisions
    chunk = nudges.chunks[-1]
    with monkeypatch.context() as patch:
        patch.setattr(clerk, "record", _lost)
        patch.setattr(clerk, "WRITE_LATE_SECONDS", 0.0)
        assert deliver_chunk(drill, chunk, "stops") == "stopped"
    in_doubt = results_of(drill, revision)[PushResult.SENDING]
    assert deliver_chunk(drill, chunk, "goes on") == "done"
    assert PushResult.SENDING not in results_of(drill, revision)
    assert fcm.stats()["duplicates"] <= in_doubt


def test_r15_a_database_that_is_away_for_a_moment_costs_no_second_message(drill, storm, nudges, fcm, monkeypatch):
    storm.send(LANDSLIDE, L4)
    write, failures = DeliveryRepository.record, iter(range(3))

    def away_at_first(*how):
        if next(failures, None) is not None:
            raise OperationalError("UPDATE", {}, Exception("server closed the connection"))
        return write(*how)

    monkeypatch.setattr(DeliveryRepository, "record", away_at_first)
    assert set(deliver_all(drill, nudges)) == {"done"}
    assert fcm.stats()["duplicates"] == 0


def test_r15_what_was_answered_is_written_even_when_nobody_may_send_any_more(
    drill, storm, nudges, clock, fcm, monkeypatch
):
    """The database is away for longer than the lease, and back before the worker gives up."""
    (revision,) = storm.send(LANDSLIDE, L4).revisions
    write, back_at = DeliveryRepository.record, []

    def away_for_seconds(*how):
        back_at.append(time.monotonic() + LEASE.total_seconds() + 1.5)
        if time.monotonic() < back_at[0]:
            raise OperationalError("UPDATE", {}, Exception("server closed the connection"))
        return write(*how)

    chunk = nudges.chunks[-1]
    monkeypatch.setattr(DeliveryRepository, "record", away_for_seconds)
    assert deliver_chunk(drill, chunk, "w") == "stopped"
    told = fcm.stats()["requests"]
    assert told > 0
    assert PushResult.SENDING not in results_of(drill, revision)
    clock.forward(seconds=LEASE.total_seconds() + 0.1)
    assert deliver_chunk(drill, chunk, "w") == "done"
    assert (fcm.stats()["requests"], fcm.stats()["duplicates"]) == (told, 0)


def test_r27_who_is_in_doubt_and_gone_does_not_stay_in_doubt(drill, storm, nudges, clock, monkeypatch):
    (revision,) = storm.send(LANDSLIDE, L4).revisions
    chunk = nudges.chunks[-1]
    with monkeypatch.context() as patch:
        patch.setattr(clerk, "record", _lost)
        patch.setattr(clerk, "WRITE_LATE_SECONDS", 0.0)
        assert deliver_chunk(drill, chunk, "w") == "stopped"
    with drill.database.write() as uow:
        doubted = uow.deliveries.results(revision.alert_id, revision.number, 1, DEVICES)
        for device in doubted:
            uow.devices.delete(device)
    clock.forward(seconds=LEASE.total_seconds() + 0.1)
    assert deliver_chunk(drill, chunk, "w") == "done"
    assert results_of(drill, revision) == {PushResult.UNREGISTERED: len(doubted)}


def test_who_lost_the_lease_stops_sending(drill, storm, nudges, clock):
    storm.send(LANDSLIDE, L4)
    with drill.database.write() as uow:
        chunk = uow.chunks.claim(nudges.chunks[0], "paused", clock.now(), LEASE)
    carried = Cargo({chunk.id: Carried(chunk, clock.now(), devices=2, left=2)})
    clock.forward(seconds=3)
    assert deliver_chunk(drill, chunk.id, "other") == "done"
    with pytest.raises(LeaseLostError, match="lease"):
        record(drill, carried, {chunk.id: [PushOutcome(1, PushResult.ACCEPTED, chunk=chunk.id)]}, "paused")


def test_r29_a_retraction_waits_for_what_a_worker_is_telling(drill, storm, nudges, clock):
    storm.send(LANDSLIDE, L4)
    with drill.database.write() as uow:
        told = uow.chunks.claim(nudges.chunks[0], "busy", clock.now(), LEASE)
    nudges.chunks.clear()
    clock.forward(seconds=1)
    storm.send(LANDSLIDE, info_type=InfoType.RETRACTION)
    (last,) = nudges.chunks
    assert deliver_chunk(drill, last, "w") == "not_ours"
    with drill.database.write() as uow:
        assert uow.chunks.close(told.id, "busy", "done", clock.now())
    assert deliver_chunk(drill, last, "w") == "done"


def test_r29_a_rise_supersedes_what_nobody_has_begun(drill, storm, nudges, clock, fcm):
    storm.send(LANDSLIDE, L3)
    older = list(nudges.chunks)
    nudges.chunks.clear()
    clock.forward(minutes=1)
    (rise,) = storm.send(LANDSLIDE, L4).revisions
    assert {deliver_chunk(drill, chunk, "w") for chunk in older} == {"not_ours"}
    assert set(deliver_all(drill, nudges)) == {"done"}
    assert sum(results_of(drill, rise).values()) == DEVICES
    assert fcm.stats()["requests"] == DEVICES


def test_r27_who_was_in_doubt_when_a_rise_came_does_not_stay_so(drill, storm, nudges, clock, monkeypatch):
    (first,) = storm.send(LANDSLIDE, L3).revisions

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(DeliveryRepository, "record", crash)
        with pytest.raises(KeyboardInterrupt):
            deliver_chunk(drill, nudges.chunks[-1], "dies")
    in_doubt = results_of(drill, first)[PushResult.SENDING]
    nudges.chunks.clear()
    clock.forward(minutes=1)
    (rise,) = storm.send(LANDSLIDE, L4).revisions
    assert results_of(drill, first) == {PushResult.SUPERSEDED: in_doubt}
    with drill.database.read() as uow:
        assert len(uow.deliveries.receivers(first.alert_id, rise.number, 1, DEVICES)) == in_doubt  # R5: told perhaps
    assert set(deliver_all(drill, nudges)) == {"done"}
    assert sum(results_of(drill, rise).values()) == DEVICES


def test_r22_what_expires_while_it_waits_is_not_sent(drill, storm, nudges, clock, fcm):
    (revision,) = storm.send(LANDSLIDE, L4).revisions
    clock.forward(hours=6, seconds=1)
    deliver_all(drill, nudges)
    assert results_of(drill, revision) == {PushResult.EXPIRED: DEVICES}
    assert fcm.stats()["requests"] == 0


def test_losing_every_nudge_loses_nothing(drill, storm, nudges, clock):
    (revision,) = storm.send(LANDSLIDE, L4).revisions
    nudges.chunks.clear()
    clock.forward(seconds=4)
    assert sweep(drill) == len(nudges.chunks) > 0
    assert sweep(drill) == 0  # nudged a moment ago
    deliver_all(drill, nudges)
    assert sum(results_of(drill, revision).values()) == DEVICES


def test_one_damaged_address_does_not_keep_the_others_from_being_told(drill, storm, nudges):
    other_key = AddressCipher(b"x" * 32).encrypt("drill-phone-x")
    with drill.database.write() as uow:
        damaged = update(devices).where(devices.c.number == 1).values(address_cipher=other_key)
        uow.connection.execute(damaged)
    (revision,) = storm.send(LANDSLIDE, L4).revisions
    deliver_all(drill, nudges)
    counts = results_of(drill, revision)
    assert counts[PushResult.INVALID] == 1
    assert sum(counts.values()) == DEVICES


def test_r27_a_chunk_that_nobody_can_end_is_alarmed(drill, storm, nudges, clock, monkeypatch):
    storm.send(LANDSLIDE, L4)
    monkeypatch.setattr(clerk, "record", _lost)
    for _ in range(6):
        assert deliver_chunk(drill, nudges.chunks[0], "w") == "stopped"
        clock.forward(seconds=3)
    with drill.database.read() as uow:
        assert [alarm.kind for alarm in uow.alarms.open()] == ["stuck"]
    monkeypatch.undo()
    assert deliver_chunk(drill, nudges.chunks[0], "w") == "done"
    with drill.database.read() as uow:
        assert uow.alarms.open() == []


def _lost(*_: object) -> None:
    raise LeaseLostError("gone")


def test_without_a_sender_outcomes_are_not_sent_never_accepted(live, jma, nudges):
    register(live, Registration(Address("token", "t"), Platform.IOS, "ja", (), normal_pushes=True))
    (revision,) = jma.send(LANDSLIDE, L4).revisions
    deliver_all(live, nudges)
    assert results_of(live, revision) == {PushResult.NOT_SENT_NO_SENDER: 1}


def test_r1_a_drill_cannot_be_started_in_the_live_world(live):
    for call in (
        lambda: drills.start(live, "storm"),
        lambda: drills.add_devices(live, 1),
        lambda: drills.advance(live),
    ):
        with pytest.raises(WorldMismatchError):
            call()


def test_r1_actual_telegrams_become_exercises_in_a_drill_world(drill, storm):
    telegram = storm.telegram(LANDSLIDE, [L4], status=Status.ACTUAL)
    receive(drill, [telegram])
    with drill.database.read() as uow:
        assert uow.telegrams.get(telegram.id).status == Status.EXERCISE


def test_a_drill_plays_its_steps_when_they_are_due_and_each_once(drill, clock, nudges):
    drills.add_devices(drill, 10)
    drills.start(drill, "storm", speed=3600)
    seen = []
    for _ in range(60):
        drills.advance(drill)
        with drill.database.read() as uow:
            seen.append(sum(uow.telegrams.counts_by_outcome().values()))
        clock.forward(seconds=1)
    assert seen[0] == 1
    assert seen == sorted(seen)
    assert drills.advance(drill) == 0
    with drill.database.read() as uow:
        assert uow.drills.list()[0].state == "done"
        assert max(state.level or 0 for state in uow.situation.in_force()) == 4
    assert seen[-1] == len(_steps(drill))


def _steps(services):
    return load_drill(services.pack.root, "storm").steps


def test_pushes_live_as_long_as_the_citys_table_says(drill, storm):
    (revision,) = storm.send(LANDSLIDE, L4).revisions
    assert revision.expires_at - revision.issued_at == timedelta(hours=6)
