"""A correction is told only where the level changed, a retraction to exactly those who got what it takes back (R5)."""

import pytest

from alerts.alert import Change
from alerts.ports import Address, Platform, PushResult
from alerts.service.deliver import deliver
from alerts.service.register import register
from alerts.service.registration import Registration
from alerts.telegram.composition import Stated
from alerts.telegram.envelope import InfoType

SLIDE = "VPWW56"
L2, L3, L4 = Stated("29"), Stated("09"), Stated("49")
CORRECTION, RETRACTION = InfoType.CORRECTION, InfoType.RETRACTION


@pytest.fixture
def send(drill, jma, clock):
    """Sends a telegram a minute after the one before, delivers all, and returns who was told which change of it."""
    jma.services = drill

    def send(*stated, **how):
        clock.forward(minutes=1)
        told = [revision for revision in jma.send(SLIDE, *stated, **how).revisions if revision.pushed]
        deliver(drill, "w")
        return {revision.change: _reached(drill, revision) for revision in told}

    return send


def _reached(services, revision):
    with services.database.read() as uow:
        results = uow.deliveries.results(revision.alert_id, revision.number, 1, 99)
    return {device for device, result in results.items() if result is PushResult.ACCEPTED}


@pytest.fixture
def phone(drill):
    """Registers a phone of a district; returns its number."""

    def phone(token, *, normal_pushes=True):
        home = (drill.pack.districts[0].id,)
        register(drill, Registration(Address("token", token), Platform.IOS, "ja", home, normal_pushes))
        with drill.database.read() as uow:
            return uow.devices.number_range()[1]

    return phone


@pytest.fixture
def before(phone):
    """A phone that was there from the beginning."""
    return phone("before")


def test_r5_a_correction_that_leaves_the_level_rings_nobody(send, before):
    assert send(L4) == {Change.ISSUE: {before}}
    assert send(L4, info_type=CORRECTION) == {}


def test_r5_a_correction_to_a_lower_level_reaches_exactly_who_was_told_the_wrong_one(send, before, phone):
    send(L4)
    phone("later")
    assert send(L2, info_type=CORRECTION) == {Change.CORRECT: {before}}


def test_r5_a_correction_to_a_higher_level_is_news_for_everyone(send, before, phone):
    send(L3)
    later = phone("later")
    assert send(L4, info_type=CORRECTION) == {Change.CORRECT: {before, later}}


def test_r5_a_correction_that_takes_the_city_out_says_that_it_was_wrong_not_that_it_is_over(send, before, phone):
    send(L4)
    phone("later")
    assert send(Stated("29", "解除", "49"), info_type=CORRECTION) == {Change.RETRACT: {before}}


def test_r5_a_correction_that_brings_the_city_in_is_its_first_push(send, before):
    assert send(info_type=InfoType.ISSUE) == {}
    assert send(L3, info_type=CORRECTION) == {Change.ISSUE: {before}}


def test_r5_a_retraction_reaches_exactly_who_got_what_it_takes_back(send, before, phone):
    send(L4)
    phone("later")
    assert send(info_type=RETRACTION) == {Change.RETRACT: {before}}
    assert send(info_type=RETRACTION) == {}


def test_r5_who_heard_nothing_by_choice_hears_of_no_correction_retraction_or_end(send, before, phone):
    phone("quiet", normal_pushes=False)
    assert send(L2) == {Change.ISSUE: {before}}
    assert send(info_type=RETRACTION) == {Change.RETRACT: {before}}


def test_r5_a_correction_is_undone_by_a_retraction_for_both_audiences(send, before, phone):
    send(L3)
    later = phone("later")
    send(L4, info_type=CORRECTION)
    assert send(info_type=RETRACTION) == {Change.RETRACT: {before, later}}


def test_r5_an_end_is_an_end_and_reaches_who_was_told(send, before, phone, clock):
    send(L4)
    phone("later")
    clock.forward(minutes=30)
    assert send(Stated("29", "解除", "49")) == {Change.END: {before}}
