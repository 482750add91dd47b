"""What residents chose, on the whole way from a telegram to their phones, and said afterwards (design.md §4)."""

import pytest

from alerts.category import Category
from alerts.ports import Address, Platform, PushResult
from alerts.preferences import NO_CHOICE, Preferences, QuietHours
from alerts.service.deliver import deliver
from alerts.service.register import authenticate, change, register
from alerts.service.registration import Choice, Registration
from alerts.service.settle import settle
from alerts.service.why_device import why_device
from alerts.telegram.composition import Stated
from alerts.why.ground import Ground

SLIDE = "VPWW56"
L2, L3, L4 = Stated("29"), Stated("09"), Stated("49")
OVER = Stated("49", "解除", "49")
NIGHT = QuietHours(11 * 60, 13 * 60)  # the tests' clock stands at noon
MUTE_RAIN = Preferences(muted=frozenset({Category.RAIN}))


@pytest.fixture
def phone(city):
    """Registers a phone and returns its secret."""

    def make(name="phone", *districts, further=(), preferences=NO_CHOICE, normal_pushes=True):
        wanted = Registration(
            Address("token", name), Platform.ANDROID, "ja", districts, normal_pushes, further, preferences
        )
        return register(city, wanted).secret

    return make


@pytest.fixture
def send(city, jma, clock):
    """Sends a telegram ten minutes after the one before and delivers all of it."""

    def send(*stated, **how):
        clock.forward(minutes=11)
        jma.send(SLIDE, *stated, **how)
        settle(city)
        while "stopped" in deliver(city, "w").values():
            clock.forward(seconds=3)  # a loaded machine lost the lease, which ends by this clock only

    return send


@pytest.fixture
def why(city):
    def why(secret):
        with city.database.read() as uow:
            alert = uow.alerts.recent(1)[0].id
        return why_device(city, authenticate(city, secret), alert).revisions

    return why


def outbox(services):
    with services.database.read() as uow:
        return {(text.urgency, text.silent): text.results for text in uow.messages.outbox(20)}


@pytest.mark.parametrize(
    ("preferences", "stated", "silent"),
    [
        (Preferences(quiet=NIGHT), L2, True),
        (Preferences(), L2, False),
        (Preferences(quiet=NIGHT), L3, False),
        (Preferences(quiet=NIGHT, high_sounds=False), L3, True),
        (Preferences(quiet=NIGHT, high_sounds=False), L4, False),
        (Preferences(quiet=QuietHours(0, 60)), L2, False),
    ],
)
def test_in_quiet_hours_pushes_come_without_a_sound_but_never_what_is_critical(
    city, phone, send, why, preferences, stated, silent
):
    secret = phone(preferences=preferences)
    send(stated)
    ((_, was_silent),) = outbox(city)
    assert was_silent is silent
    (said,) = why(secret)
    assert said.ground is Ground.ACCEPTED
    assert ("音を出さない時間帯に設定されているため、音を出さずに表示しました。" in said.words.notes) is silent


def test_what_is_muted_comes_when_it_is_critical_and_then_its_end_too(city, phone, send, why):
    secret = phone(preferences=MUTE_RAIN)
    send(L3)
    assert [one.ground for one in why(secret)] == [Ground.MUTED]
    send(L4)
    send(OVER)
    assert [one.ground for one in why(secret)] == [Ground.MUTED, Ground.ACCEPTED, Ground.ACCEPTED]


def test_r5_the_end_comes_to_who_was_told_and_muted_the_family_since(city, phone, send, why):
    secret = phone(preferences=Preferences())
    send(L3)
    change(city, authenticate(city, secret), Choice(preferences=MUTE_RAIN, normal_pushes=False))
    send(OVER)
    assert [one.ground for one in why(secret)] == [Ground.ACCEPTED, Ground.ACCEPTED]


def test_below_the_level_that_was_chosen_nothing_is_pushed_and_the_reason_is_said(city, phone, send, why):
    secret = phone(preferences=Preferences(minimum_level=3))
    send(L2)
    (said,) = why(secret)
    assert (said.ground, said.told) == (Ground.BELOW_LEVEL, False)
    assert "警戒レベル" in said.words.sentence


def test_whoever_says_nothing_gets_what_the_city_has(city):
    registered = register(city, Registration(Address("token", "t"), Platform.IOS, "ja", (), normal_pushes=None))
    assert registered.device.preferences == city.pack.policy.preferences
    assert registered.device.normal_pushes is city.pack.policy.normal_pushes


def test_two_places_are_told_once_and_the_push_says_which_of_them_it_is_about(city, phone, send, provider, pack):
    hill, plain = (pack.groups[f"hazard_zone:{zone}"].districts[0] for zone in ("mountain", "lowland"))
    phone("both", plain, further=[[hill]])
    phone("plain", plain)
    send(L4)
    with city.database.read() as uow:
        alert = uow.alerts.recent(1)[0].id
        assert uow.deliveries.counts(alert) == {PushResult.ACCEPTED: 2}
    ((both,), (plain,)) = provider.by_phone["both"], provider.by_phone["plain"]
    name = next(each.name for each in pack.districts if each.id == hill)
    assert (both.places, plain.places) == ((1,), (0,))
    assert f"対象の地区：{name}。" in both.body
    assert "対象の地区" not in plain.body
