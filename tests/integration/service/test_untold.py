"""Nobody is left untold because something went wrong on the way; nobody is told what is over (R5, R22, R29)."""

from dataclasses import replace

import pytest
from one_chunk import deliver_chunk

from alerts.alert import Change, Scope, Urgency
from alerts.ports import Address, Platform, PushResult
from alerts.service import loader
from alerts.service.claim import LEASE
from alerts.service.deliver import sweep
from alerts.service.receive import receive
from alerts.service.register import authenticate, change, register
from alerts.service.registration import Choice, Registration
from alerts.telegram.composition import Stated

LANDSLIDE = "VPWW56"
L3, L4 = Stated("09"), Stated("49")
GOES_ON = Stated("49", "継続", "49")
STEP_DOWN = Stated("09", "危険警報から警報", "49")
OVER = Stated("49", "解除", "49")


@pytest.fixture
def city(city):
    """With one phone on the hillside, one in the lowland and one whose district is unknown."""
    for number, home in enumerate((hillside(city), lowland(city), None)):
        register(city, phone(f"t{number}", home))
    return city


def hillside(services) -> str:
    return services.pack.groups["hazard_zone:mountain"].districts[0]


def lowland(services) -> str:
    return services.pack.groups["hazard_zone:lowland"].districts[0]


def phone(token: str, home: str | None) -> Registration:
    return Registration(Address("token", token), Platform.ANDROID, "ja", (home,) if home else (), normal_pushes=True)


def deliver(services, worker: str = "w") -> None:
    """Delivers whatever may be delivered now, as workers would."""
    for _ in range(10):
        with services.database.read() as uow:
            due = uow.chunks.due(services.clock.now(), 100)
        for chunk in due:
            deliver_chunk(services, chunk, worker)


def told_rank(services) -> int:
    with services.database.read() as uow:
        return uow.alerts.recent(1)[0].told_rank


def alarms(services) -> list[str]:
    with services.database.read() as uow:
        return [alarm.kind for alarm in uow.alarms.open()]


def test_r16_a_held_telegram_does_not_silence_a_real_one_of_the_same_poll(live, jma, clock):
    real = jma.telegram(LANDSLIDE, [L4])
    clock.forward(minutes=5)
    later = jma.telegram(LANDSLIDE, [L4])
    unknown = replace(later, raw=later.raw.replace(b"<Code>49</Code>", b"<Code>99</Code>"))
    received = receive(live, [real, unknown])
    assert [[revision.pushed for revision in one.revisions] for one in received] == [[True], []]


def test_r16_the_understood_kind_of_an_earlier_telegram_of_the_poll_is_told(live, jma, clock):
    both = jma.telegram("VPWW61", [Stated("14"), Stated("20")])
    clock.forward(minutes=5)
    later = jma.telegram("VPWW61", [Stated("14"), Stated("20")])
    unknown = replace(later, raw=later.raw.replace(b"<Code>20</Code>", b"<Code>99</Code>"))
    pushed = [r.hazard for one in receive(live, [both, unknown]) for r in one.revisions if r.pushed]
    assert sorted(pushed) == ["fog", "thunder"]


def test_a_provider_in_trouble_is_tried_again_until_the_push_is_too_late(city, jma, clock, provider):
    provider.answer = PushResult.RETRIES_EXHAUSTED
    jma.send(LANDSLIDE, L4)
    deliver(city)
    assert set(alarms(city)) == {"push"}
    provider.answer, provider.sent = PushResult.ACCEPTED, []
    deliver(city)
    assert provider.sent == []  # not before its time
    clock.forward(seconds=6)
    assert sweep(city) == 2  # one chunk of three has nobody in it
    deliver(city)
    assert sorted(device for device, _, _ in provider.sent) == [1, 2, 3]
    assert alarms(city) == []


def test_what_expired_for_everyone_is_told_by_the_next_timely_telegram(city, jma, clock, provider):
    jma.send(LANDSLIDE, L4)
    clock.forward(hours=7)
    deliver(city)
    assert (provider.sent, told_rank(city)) == ([], 0)
    (revision,) = jma.send(LANDSLIDE, GOES_ON).revisions
    assert (revision.change, revision.urgency, revision.scope) == (Change.ISSUE, Urgency.CRITICAL, Scope.EVERYONE)
    deliver(city)
    assert len(provider.sent) == 3


def test_a_rise_that_reached_nobody_leaves_residents_with_what_they_were_told(city, jma, clock, provider):
    jma.send(LANDSLIDE, L3)
    deliver(city)
    clock.forward(minutes=1)
    jma.send(LANDSLIDE, L4)
    clock.forward(hours=7)
    deliver(city)
    assert told_rank(city) == 3


def test_r29_the_last_word_is_the_newest(city, jma, clock, provider):
    """L4, its end, and L4 again, all waiting for a worker: no phone may hear last that it is over."""
    jma.send(LANDSLIDE, L4)
    deliver(city)
    provider.sent.clear()
    clock.forward(hours=1)
    jma.send(LANDSLIDE, OVER)
    clock.forward(minutes=5)
    jma.send(LANDSLIDE, L4)
    deliver(city)
    assert {change for _, change, _ in provider.sent} == {Change.ISSUE}


def test_what_is_over_alarms_nobody(city, jma, clock, provider):
    jma.send(LANDSLIDE, L4)
    clock.forward(hours=2)
    jma.send(LANDSLIDE, OVER)
    clock.forward(hours=1)
    deliver(city)
    assert provider.sent == []


def test_a_step_down_takes_the_place_of_a_warning_not_yet_sent_and_goes_to_everyone(city, jma, clock, provider):
    jma.send(LANDSLIDE, L4)
    clock.forward(hours=2)
    (revision,) = jma.send(LANDSLIDE, STEP_DOWN).revisions
    assert (revision.scope, revision.urgency) == (Scope.EVERYONE, Urgency.HIGH)
    deliver(city)
    assert sorted(provider.sent) == [(device, Change.LOWER, 3) for device in (1, 2, 3)]


def test_a_chunk_that_nobody_can_end_does_not_block_the_next_revision(city, jma, clock, provider):
    (first,) = jma.send(LANDSLIDE, L3).revisions
    with city.database.read() as uow:
        stuck = uow.chunks.due(clock.now(), 1)[0]
    with city.database.write() as uow:
        assert uow.chunks.claim(stuck, "dead", clock.now(), LEASE)
    clock.forward(minutes=1)
    jma.send(LANDSLIDE, L4)
    deliver(city)
    assert sorted(provider.sent) == [(device, Change.RAISE, 4) for device in (1, 2, 3)]
    assert first.number == 1


def test_who_changed_its_address_while_the_old_one_was_refused_stays_reachable(city, jma, clock, provider):
    registered = register(city, phone("old", None))

    def rotate() -> None:
        clock.forward(seconds=0.1)
        change(city, authenticate(city, registered.secret), Choice(address=Address("token", "new")))

    provider.answer, provider.meanwhile = PushResult.UNREGISTERED, rotate
    jma.send(LANDSLIDE, L4)
    deliver(city)
    reachable = {number for number in range(1, 5) if is_reachable(city, number)}
    assert registered.device.number in reachable


def is_reachable(services, number: int) -> bool:
    with services.database.read() as uow:
        return any(device.number == number for device in uow.devices.in_range(number, number))


def test_who_moves_between_two_tiers_is_told_once(city, jma, clock, provider):
    moving = register(city, phone("moving", lowland(city)))
    jma.send(LANDSLIDE, L4)
    with city.database.read() as uow:
        first, *rest = uow.chunks.due(clock.now(), 10)
    deliver_chunk(city, first, "w")
    change(city, authenticate(city, moving.secret), Choice(districts=(hillside(city),)))
    for chunk in rest:
        deliver_chunk(city, chunk, "w")
    assert sorted(device for device, _, _ in provider.sent) == [1, 2, 3, 4]


def test_a_lease_that_ended_before_the_first_message_sends_nothing(city, jma, clock, provider, monkeypatch):
    jma.send(LANDSLIDE, L4)
    with city.database.read() as uow:
        chunk = uow.chunks.due(clock.now(), 1)[0]
    claim = loader.claim

    def slowly(services, chunk_id, worker):
        claimed = claim(services, chunk_id, worker)
        clock.forward(seconds=LEASE.total_seconds() + 1)
        assert claim(services, chunk_id, "other")
        return claimed

    monkeypatch.setattr(loader, "claim", slowly)
    deliver_chunk(city, chunk, "slow")
    assert provider.sent == []
    assert not results(city)


def results(services) -> dict:
    with services.database.read() as uow:
        return uow.deliveries.counts(uow.alerts.recent(1)[0].id)
