"""FCM cannot be reached: alerts stay due, the office sees it, and it closes by itself (issue 6.11, R21, R22)."""

from dataclasses import replace

import pytest
from provider import Provider

from alerts.alert import Urgency
from alerts.ports import NO_CHANNEL, Platform, PushResult
from alerts.service.deliver import deliver
from alerts.service.push_reach import PATIENCE, look_for_push
from alerts.service.readiness import readiness
from alerts.store.device import NewDevice, SealedAddress
from alerts.telegram.composition import Stated


@pytest.fixture
def provider():
    """Takes nobody."""
    return Provider(PushResult.RETRIES_EXHAUSTED, NO_CHANNEL, error="connection refused")


@pytest.fixture
def phones(live, provider):
    """Forty phones, and a provider that can be switched."""
    services = replace(live, sender=provider)
    with services.database.write() as uow:
        for number in range(40):
            token = f"phone-{number}"
            address = SealedAddress(
                "token", services.cipher.encrypt(token), services.cipher.fingerprint("token", token)
            )
            uow.devices.add(
                NewDevice(token, token, address, Platform.ANDROID, "ja", True, frozenset()), services.clock.now()
            )
    return services


def kinds(services):
    with services.database.read() as uow:
        return {alarm.kind: alarm for alarm in uow.alarms.open()}


def pass_time(services, clock, **by):
    clock.forward(**by)
    deliver(services, "worker")
    look_for_push(services)


def test_the_office_sees_that_pushes_reach_nobody_and_that_they_do_again(phones, jma, clock, provider):
    (revision,) = jma.send("VPWW56", Stated("49")).revisions
    deliver(phones, "worker")
    look_for_push(phones)
    assert "push_down" not in kinds(phones), "a moment is no outage"
    pass_time(phones, clock, seconds=PATIENCE.total_seconds() + 1)
    assert "connection refused" in kinds(phones)["push_down"].text
    (check,) = (one for one in readiness(phones).checks if one.name == "alarms")
    assert not check.ok
    assert "push_down" in check.reason
    provider.answer = PushResult.ACCEPTED
    pass_time(phones, clock, minutes=2)
    assert "push_down" not in kinds(phones)
    with phones.database.read() as uow:
        assert uow.deliveries.counts(revision.alert_id, 1) == {PushResult.ACCEPTED: 40}


def test_it_is_said_once_a_minute_as_long_as_it_lasts(phones, jma, clock):
    jma.send("VPWW56", Stated("49"))
    deliver(phones, "worker")
    for _ in range(30):
        pass_time(phones, clock, seconds=10)
    assert 4 <= kinds(phones)["push_down"].times <= 6


def test_an_alert_that_became_too_late_does_not_end_the_outage_of_those_who_wait(phones, jma, clock, provider):
    """R22: it is not sent, and nobody knows yet whether pushes go out again."""
    (revision,) = jma.send("VPWW56", Stated("49")).revisions
    deliver(phones, "worker")
    pass_time(phones, clock, seconds=20)
    clock.time = revision.expires_at
    pass_time(phones, clock, minutes=1)
    with phones.database.read() as uow:
        assert not uow.chunks.due(clock.now(), 10)
    assert "push_down" in kinds(phones)
    provider.answer = PushResult.ACCEPTED
    jma.send("VPWW55", Stated("33"))
    pass_time(phones, clock, seconds=1)
    assert "push_down" not in kinds(phones)


def test_one_phone_that_is_not_taken_is_no_outage(phones, jma, clock, provider):
    provider.answer = PushResult.ACCEPTED
    jma.send("VPWW56", Stated("49"))
    pass_time(phones, clock, seconds=1)
    clock.forward(seconds=5)
    provider.answer = PushResult.RETRIES_EXHAUSTED
    (refused,) = jma.send("VPWW55", Stated("33")).revisions
    deliver(phones, "worker")
    look_for_push(phones)
    assert "push_down" not in kinds(phones)
    assert refused.urgency is Urgency.CRITICAL


def test_chunks_that_nobody_tries_are_no_outage_of_the_provider(phones, jma, clock):
    """No worker: its own sign of life is missing, which is another check."""
    jma.send("VPWW56", Stated("49"))
    clock.forward(minutes=5)
    look_for_push(phones)
    assert "push_down" not in kinds(phones)
