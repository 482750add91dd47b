"""Above the hour's budget ordinary pushes come as one quiet digest, and whatever follows them still comes (lead 15)."""

from dataclasses import replace

import pytest

from alerts.category import Category
from alerts.ports import Address, Platform, PushResult
from alerts.preferences import NO_CHOICE, Preferences
from alerts.service.deliver import deliver
from alerts.service.noise import tell_held_back
from alerts.service.register import authenticate, register
from alerts.service.registration import Registration
from alerts.service.settle import next_due, settle
from alerts.service.why_device import why_device
from alerts.service.why_district import why_district
from alerts.telegram.composition import Stated
from alerts.why.ground import Ground

OTHERS, SLIDE = "VPWW61", "VPWW56"
THUNDER, FOG, DRY, COLD = Stated("14"), Stated("20"), Stated("21"), Stated("23")
ALL = (THUNDER, FOG, DRY, COLD)
CEILING = 2


@pytest.fixture
def city(city, jma):
    policy = replace(city.pack.policy, hourly_pushes=CEILING)
    jma.services = replace(city, pack=replace(city.pack, policy=policy))
    return jma.services


@pytest.fixture
def phone(city):
    def phone(name="phone", preferences=NO_CHOICE, language="ja"):
        wanted = Registration(Address("token", name), Platform.IOS, language, (), True, (), preferences)
        return register(city, wanted).secret

    return phone


@pytest.fixture
def grounds(city):
    """What decided for a phone, by hazard and change."""

    def grounds(secret):
        device = authenticate(city, secret)
        with city.database.read() as uow:
            alerts = uow.alerts.recent(20)
        return {
            (alert.hazard, str(one.revision.change)): one.ground
            for alert in alerts
            for one in why_device(city, device, alert.id).revisions
        }

    return grounds


@pytest.fixture
def pass_time(city, clock):
    def pass_time(**by):
        clock.forward(**by)
        settle(city)
        deliver(city, "w")

    return pass_time


def of_district(services):
    """What decided for a district, for each alert."""
    home = services.pack.districts[0].id
    with services.database.read() as uow:
        alerts = uow.alerts.recent(20)
    return [why_district(services, home, alert.id, "ja").decisive.ground for alert in alerts]


def results(services):
    with services.database.read() as uow:
        return [uow.deliveries.counts(alert.id) for alert in uow.alerts.recent(20)]


def test_what_is_above_the_budget_comes_in_one_quiet_push_when_the_hour_ends(
    city, jma, phone, provider, grounds, pass_time
):
    secret = phone()
    jma.send(OTHERS, *ALL)
    pass_time(minutes=1)
    assert len(provider.by_phone["phone"]) == CEILING
    waiting = [what for what, ground in grounds(secret).items() if ground is Ground.HELD_BACK]
    assert len(waiting) == len(ALL) - CEILING
    assert of_district(city).count(Ground.HELD_BACK) == len(ALL) - CEILING
    pass_time(minutes=58)
    assert len(provider.by_phone["phone"]) == CEILING, "the hour is not over"
    pass_time(minutes=1)
    digest = provider.by_phone["phone"][CEILING:]
    assert [(push.silent, len(push.digest)) for push in digest] == [(True, len(ALL) - CEILING)]
    assert all(name in digest[0].body for name in ("雷注意報", "低温注意報"))
    assert digest[0].title.startswith("【訓練】")
    assert set(grounds(secret).values()) == {Ground.ACCEPTED}
    assert results(city) == [{PushResult.ACCEPTED: 1}] * len(ALL), "nobody stays in sending"
    pass_time(minutes=60)
    assert len(provider.by_phone["phone"]) == CEILING + 1, "a digest is told once"


def test_what_was_held_back_and_why_is_on_record(city, jma, phone):
    phone()
    jma.send(OTHERS, *ALL)
    with city.database.read() as uow:
        (hour,) = [record.hour_ends_at for record in uow.held_back.of_hour(next_due(city))][:1]
        kept = uow.held_back.of_hour(hour)
        said = [uow.alerts.revision(record.alert_id, record.revision).reason for record in kept]
    assert [record.ceiling for record in kept] == [CEILING] * (len(ALL) - CEILING)
    assert all(len(record.districts) == len(city.pack.districts) + 1 for record in kept)
    assert all("ordinary pushes are spent" in reason for reason in said)


def test_r5_what_a_digest_told_is_ended_too(city, jma, phone, provider, pass_time):
    phone()
    jma.send(OTHERS, *ALL)
    pass_time(minutes=1)
    pass_time(minutes=59)
    jma.send(OTHERS)
    pass_time(minutes=15)
    ended = [push.hazard for push in provider.by_phone["phone"] if push.change == "end"]
    assert sorted(ended) == ["dry_air", "fog", "low_temperature", "thunder"]


def test_what_is_over_before_the_hour_ends_is_not_told_any_more(city, jma, phone, provider, grounds, pass_time):
    secret = phone()
    jma.send(OTHERS, *ALL)
    pass_time(minutes=1)
    told = {push.hazard for push in provider.by_phone["phone"]}
    jma.send(OTHERS)
    pass_time(minutes=30)
    pass_time(minutes=30)
    assert all(not push.digest for push in provider.by_phone["phone"])
    assert {push.hazard for push in provider.by_phone["phone"]} == told
    over = [what for what, ground in grounds(secret).items() if ground is Ground.HELD_OVER]
    assert {change for _, change in over} == {"issue"}
    assert {hazard for hazard, _ in over}.isdisjoint(told)


def test_what_is_high_or_critical_never_waits(city, jma, phone, provider, pass_time, clock):
    phone()
    jma.send(OTHERS, *ALL)
    clock.forward(minutes=2)
    jma.send(SLIDE, Stated("09"))
    pass_time(minutes=1)
    assert "high" in {push.urgency for push in provider.by_phone["phone"]}
    clock.forward(minutes=2)
    jma.send(SLIDE, Stated("49"))
    pass_time(minutes=1)
    assert "critical" in {push.urgency for push in provider.by_phone["phone"]}


def test_a_digest_has_only_what_its_phone_wants_to_hear(city, jma, phone, provider, pass_time, grounds):
    muting = phone("muting", Preferences(muted=frozenset({Category.AIR})))
    phone("hearing", language="en")
    jma.send(OTHERS, *ALL)
    pass_time(minutes=1)
    pass_time(minutes=59)
    assert [push.hazard for push in provider.by_phone["muting"] if push.digest] == ["thunder"]
    assert [len(push.digest) for push in provider.by_phone["hearing"] if push.digest] == [len(ALL) - CEILING]
    assert Ground.MUTED in grounds(muting).values()


def test_a_digest_waits_for_what_is_still_being_told_and_is_made_once(city, jma, phone, clock):
    phone()
    jma.send(OTHERS, *ALL)
    clock.forward(minutes=60)
    assert tell_held_back(city) == 0
    deliver(city, "w")
    assert tell_held_back(city) == len(ALL) - CEILING
    assert tell_held_back(city) == 0


class WorkerDiedError(BaseException):
    """Nothing of it is handled, as with kill -9."""


def die():
    raise WorkerDiedError


@pytest.mark.parametrize("trouble", ["worker dies", "provider throttles"])
def test_r15_r27_what_a_digest_could_not_tell_before_its_own_notice_was_over_is_told_by_the_next(
    city, jma, phone, provider, pass_time, clock, trouble
):
    phone()
    jma.send(OTHERS, *ALL)
    pass_time(minutes=1)
    clock.forward(minutes=59)
    settle(city)
    with city.database.read() as uow:
        first = uow.chunks.get(uow.chunks.due(clock.now(), 1)[0])
        own = uow.alerts.get(first.alert_id).hazard
    if trouble == "worker dies":
        provider.meanwhile = die
        with pytest.raises(WorkerDiedError):
            deliver(city, "w")
        provider.meanwhile = lambda: None
    else:
        provider.answer = PushResult.THROTTLED
        deliver(city, "w")
        provider.answer = PushResult.ACCEPTED
        provider.by_phone.clear()
    clock.forward(seconds=10)
    of = {"thunder": THUNDER, "fog": FOG, "dry_air": DRY, "low_temperature": COLD}
    jma.send(OTHERS, *(stated for hazard, stated in of.items() if hazard != own))
    clock.forward(minutes=15)
    settle(city)
    deliver(city, "w")
    told = [push for push in provider.by_phone["phone"] if push.digest]
    assert [len(push.digest) for push in told] == [len(ALL) - CEILING - 1]
    assert all(push.hazard != own for push in told)
    with city.database.read() as uow:
        standing = [one for one in uow.alerts.recent(20) if one.hazard != own]
        assert all(uow.deliveries.counts(one.id) == {PushResult.ACCEPTED: 1} for one in standing)
