"""Why a phone or a district was told, or was not: from stored rows, for every way it can end (issue 4)."""

import pytest
from one_chunk import deliver_chunk

from alerts.ports import Address, Platform, PushResult
from alerts.service.receive import receive
from alerts.service.recorder import LEASE
from alerts.service.register import authenticate, change, delete, register
from alerts.service.registration import Choice, Registration
from alerts.service.settle import settle
from alerts.service.why import UnknownAlertError
from alerts.service.why_device import UnknownDeviceError, find_device, why_device
from alerts.service.why_district import UnknownDistrictError, why_district
from alerts.store.states import ChunkState
from alerts.telegram.composition import Stated
from alerts.why.ground import Ground

LANDSLIDE = "VPWW56"
L2, L3, L4 = Stated("29"), Stated("09"), Stated("49")
OVER = Stated("49", "解除", "49")


@pytest.fixture
def hillside(pack) -> str:
    return pack.groups["hazard_zone:mountain"].districts[0]


@pytest.fixture
def lowland(pack) -> str:
    return pack.groups["hazard_zone:lowland"].districts[0]


@pytest.fixture
def phone(city):
    """Registers a phone and returns its secret."""

    def make(*districts: str, language: str = "ja", normal_pushes: bool = True, name: str = "phone") -> str:
        wanted = Registration(Address("token", name), Platform.ANDROID, language, districts, normal_pushes)
        return register(city, wanted).secret

    return make


@pytest.fixture
def why(city):
    """What is answered to a phone about the newest alert."""
    return lambda secret: why_device(city, authenticate(city, secret), newest(city))


def newest(services) -> str:
    with services.database.read() as uow:
        return uow.alerts.recent(1)[0].id


def deliver(services) -> None:
    for _ in range(10):
        with services.database.read() as uow:
            due = uow.chunks.due(services.clock.now(), 100)
        for chunk in due:
            deliver_chunk(services, chunk, "w")


def grounds(answer) -> list[Ground]:
    return [one.ground for one in answer.revisions]


def test_who_was_told_hears_when_by_which_telegram_and_rule(city, jma, phone, why, hillside):
    secret = phone(hillside)
    jma.send(LANDSLIDE, L4)
    deliver(city)
    decisive = why(secret).decisive
    assert (decisive.ground, decisive.told, decisive.tier) == (Ground.ACCEPTED, True, 0)
    assert decisive.telegram.type == LANDSLIDE
    assert (decisive.rule.rule, decisive.rule.version) == ("landslide", city.pack.matching.version)
    for said in ("訓練", LANDSLIDE, "landslide", "1日12時00分", "レベル４土砂災害危険警報", "受け付けました"):
        assert said in decisive.words.sentence


RESULTS = {
    PushResult.SENDING: Ground.IN_DOUBT,
    PushResult.UNREGISTERED: Ground.UNREGISTERED,
    PushResult.INVALID: Ground.INVALID,
    PushResult.SENDER_MISMATCH: Ground.SENDER_MISMATCH,
    PushResult.NOT_SENT_NO_SENDER: Ground.NO_SENDER,
}


@pytest.mark.parametrize(("result", "ground"), RESULTS.items(), ids=str)
def test_the_recorded_outcome_decides(city, jma, phone, why, provider, result, ground):
    secret = phone()
    provider.answer = result
    jma.send(LANDSLIDE, L4)
    deliver(city)
    assert grounds(why(secret)) == [ground]


def test_a_provider_in_trouble_is_named_while_it_is_tried_again_and_after(city, jma, phone, why, provider, clock):
    secret = phone()
    provider.answer = PushResult.RETRIES_EXHAUSTED
    jma.send(LANDSLIDE, L4)
    deliver(city)
    assert grounds(why(secret)) == [Ground.RETRYING]
    with city.database.write() as uow:
        assert uow.chunks.supersede(story(city), clock.now())
    assert grounds(why(secret)) == [Ground.PROVIDER]


def story(services) -> str:
    with services.database.read() as uow:
        alert = uow.alerts.get(newest(services))
    return f"{alert.chain}|{alert.hazard}"


def test_what_waits_for_a_worker_is_not_called_told(city, jma, phone, why):
    secret = phone()
    jma.send(LANDSLIDE, L4)
    decisive = why(secret).decisive
    assert (decisive.ground, decisive.told) == (Ground.WAITING, None)


def test_who_registered_later_is_told_that(city, jma, phone, why, clock):
    phone(name="first")
    jma.send(LANDSLIDE, L4)
    clock.forward(minutes=1)
    secret = phone(name="second")
    deliver(city)
    assert grounds(why(secret)) == [Ground.REGISTERED_LATER]


def test_a_setting_is_named(city, jma, phone, why):
    secret = phone(normal_pushes=False)
    jma.send(LANDSLIDE, L2)
    deliver(city)
    decisive = why(secret).decisive
    assert (decisive.ground, decisive.told) == (Ground.OPTED_OUT, False)
    assert "設定" in decisive.words.sentence


def test_what_was_set_then_is_not_guessed_when_it_was_changed_since(city, jma, phone, why, clock):
    secret = phone(normal_pushes=False)
    jma.send(LANDSLIDE, L2)
    deliver(city)
    clock.forward(minutes=1)
    change(city, authenticate(city, secret), Choice(normal_pushes=True))
    decisive = why(secret).decisive
    assert (decisive.ground, decisive.told) == (Ground.NOT_KNOWN, None)
    (note,) = decisive.words.notes
    assert "残っていません" in note


def test_another_language_is_owned_up_to(city, jma, phone, why):
    secret = phone(language="tlh")
    jma.send(LANDSLIDE, L4)
    deliver(city)
    words = why(secret).decisive.words
    assert (words.language, words.notes) == (
        "en",
        ("There is no text in the phone's language (tlh), so another language was used (en).",),
    )


def test_the_end_goes_only_to_who_was_told(city, jma, phone, why, provider, clock):
    secret = phone()
    provider.answer = PushResult.UNREGISTERED
    jma.send(LANDSLIDE, L4)
    deliver(city)
    change(city, authenticate(city, secret), Choice(address=Address("token", "renewed")))
    clock.forward(hours=1)
    jma.send(LANDSLIDE, OVER)
    provider.answer = PushResult.ACCEPTED
    deliver(city)
    assert grounds(why(secret)) == [Ground.UNREGISTERED, Ground.NEVER_TOLD]


def test_an_address_that_was_dead_before_is_named(city, jma, phone, why, provider, clock):
    secret = phone()
    provider.answer = PushResult.UNREGISTERED
    jma.send(LANDSLIDE, L2)
    deliver(city)
    clock.forward(hours=1)
    jma.send(LANDSLIDE, L4)
    deliver(city)
    assert grounds(why(secret)) == [Ground.UNREGISTERED, Ground.UNREACHABLE]


def test_a_notice_that_was_overtaken_before_its_turn_is_named(city, jma, phone, why, clock):
    secret = phone()
    jma.send(LANDSLIDE, L3)
    clock.forward(minutes=1)
    jma.send(LANDSLIDE, L4)
    deliver(city)
    answer = why(secret)
    assert grounds(answer) == [Ground.SUPERSEDED, Ground.ACCEPTED]
    assert answer.decisive.revision.number == 2


def test_a_push_that_came_too_late_is_named(city, jma, phone, why, clock):
    secret = phone()
    jma.send(LANDSLIDE, L4)
    clock.forward(hours=7)
    deliver(city)
    assert grounds(why(secret)) == [Ground.EXPIRED]


def test_a_chunk_that_nobody_could_end_is_named(city, jma, phone, why, clock):
    secret = phone()
    jma.send(LANDSLIDE, L4)
    with city.database.write() as uow:
        for chunk in uow.chunks.due(clock.now(), 10):
            assert uow.chunks.claim(chunk, "w", clock.now(), LEASE)
            assert uow.chunks.close(chunk, "w", ChunkState.EXPIRED, clock.now())
    assert grounds(why(secret)) == [Ground.EXPIRED]


def test_why_nobody_was_told_is_read_from_the_revision(city, jma, phone, why, clock):
    secret = phone()
    jma.send(LANDSLIDE, L4)
    deliver(city)
    clock.forward(minutes=1)
    jma.send(LANDSLIDE, Stated("09", "危険警報から警報", "49"))
    assert grounds(why(secret)) == [Ground.ACCEPTED, Ground.WINDOW]
    assert why(secret).decisive.ground is Ground.ACCEPTED
    clock.forward(minutes=11)
    assert settle(city)
    deliver(city)
    assert grounds(why(secret)) == [Ground.ACCEPTED, Ground.WINDOW, Ground.ACCEPTED]


def test_what_was_there_before_the_first_start_is_explained(city, jma, phone, why):
    secret = phone()
    jma.send(LANDSLIDE, L4, baseline=True)
    assert grounds(why(secret)) == [Ground.BASELINE]


def test_what_came_in_too_late_is_explained(city, jma, phone, why, clock):
    secret = phone()
    telegram = jma.telegram(LANDSLIDE, [L4])
    clock.forward(hours=7)
    receive(city, [telegram])
    assert grounds(why(secret)) == [Ground.LATE]


def test_a_drill_has_no_phone_and_no_alert_of_the_live_world(city, live, jma, phone):
    secret = phone()
    jma.send(LANDSLIDE, L4)
    device = authenticate(city, secret)
    with pytest.raises(UnknownDeviceError, match="live world"):
        find_device(live, device.id)
    with pytest.raises(UnknownAlertError, match="live world"):
        why_device(live, device, newest(city))


def test_a_deleted_phone_leaves_nothing_to_explain(city, phone):
    secret = phone()
    device = authenticate(city, secret)
    assert find_device(city, device.id) == device
    delete(city, device)
    with pytest.raises(UnknownDeviceError):
        find_device(city, device.id)


def test_a_district_hears_its_place_in_the_order_and_how_many_phones_were_reached(
    city, jma, phone, hillside, lowland, provider
):
    phone(hillside, name="up")
    phone(lowland, name="down")
    jma.send(LANDSLIDE, L4)
    waiting = why_district(city, hillside, newest(city), "ja").decisive
    assert (waiting.ground, waiting.told) == (Ground.DISTRICT_WAITING, None)
    deliver(city)
    first = why_district(city, hillside, newest(city), "ja").decisive
    rest = why_district(city, lowland, newest(city), "en").decisive
    assert (first.ground, first.tier, first.results) == (Ground.DISTRICT_FIRST, 0, {PushResult.ACCEPTED: 1})
    assert (rest.ground, rest.tier, rest.results) == (Ground.DISTRICT_REST, 2, {PushResult.ACCEPTED: 1})
    assert "1番目" in first.words.sentence
    assert rest.words.language == "en"


def test_a_district_whose_phones_were_not_reached_is_not_called_told(city, jma, phone, hillside, provider):
    phone(hillside)
    provider.answer = PushResult.NOT_SENT_NO_SENDER
    jma.send(LANDSLIDE, L4)
    deliver(city)
    decisive = why_district(city, hillside, newest(city), "ja").decisive
    assert (decisive.ground, decisive.told) == (Ground.DISTRICT_UNREACHED, False)


def test_without_a_phone_nobody_was_told(city, jma, hillside):
    jma.send(LANDSLIDE, L4)
    assert why_district(city, hillside, newest(city), "ja").decisive.ground is Ground.NOBODY


def test_an_unknown_district_is_refused(city, jma):
    with pytest.raises(UnknownDistrictError, match="atlantis"):
        why_district(city, "atlantis", "a1", "ja")
