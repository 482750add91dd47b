"""A correction is told only where the level changed, a retraction to exactly those who got what it takes back (R5)."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.alert import Change
from alerts.ports import Address, Platform, PushResult
from alerts.service.arrival import Incoming
from alerts.service.deliver import deliver_next
from alerts.service.receive import receive
from alerts.service.register import register
from alerts.service.registration import Registration
from alerts.service.settle import settle
from alerts.telegram.composition import Stated
from alerts.telegram.envelope import InfoType

SLIDE = "VPWW56"
L2, L3, L4 = Stated("29"), Stated("09"), Stated("49")
OVER = Stated("29", "解除", "49")
(RIVER,) = (Path(__file__).parents[2] / "telegrams").glob("*_VXKO52_*.xml")
CORRECTION, RETRACTION = InfoType.CORRECTION, InfoType.RETRACTION


@pytest.fixture
def send(drill, jma, clock):
    """Sends a telegram a minute after the one before, delivers all, and returns who was told which change of it."""
    jma.services = drill

    def send(*stated, **how):
        clock.forward(minutes=1)
        told = [revision for revision in jma.send(SLIDE, *stated, **how).revisions if revision.pushed]
        while deliver_next(drill, "w") is not None:
            pass
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
    assert send(OVER, info_type=CORRECTION) == {Change.RETRACT: {before}}


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
    assert send(OVER) == {Change.END: {before}}


def test_r5_what_is_taken_back_while_its_end_waits_was_wrong_and_is_not_over(send, before, phone, drill, clock):
    send(L4)
    phone("later")
    assert send(OVER) == {}, "it waits for the window"
    assert send(info_type=RETRACTION) == {Change.RETRACT: {before}}
    clock.forward(minutes=20)
    assert settle(drill) == [], "nobody hears of the end as well"
    assert send(info_type=RETRACTION) == {}


def test_r5_so_it_is_where_the_retraction_comes_before_an_end_that_was_sent_later(send, before, clock):
    send(L4)
    taken_back_at = clock.now() + timedelta(seconds=30)
    assert send(OVER) == {}
    assert send(info_type=RETRACTION, issued_at=taken_back_at) == {Change.RETRACT: {before}}


def test_r5_a_retraction_leaves_the_end_of_what_another_unit_said(send, before, drill, jma, clock):
    send(L4)
    assert send(OVER) == {}
    other = jma.telegram(SLIDE, None, info_type=RETRACTION)
    raw = other.raw.replace("<EditorialOffice>大阪管区気象台<".encode(), "<EditorialOffice>気象庁本庁<".encode())
    assert raw != other.raw
    (received,) = receive(drill, [replace(other, raw=raw)])
    assert received.revisions == ()
    clock.forward(minutes=20)
    assert [one.change for one in settle(drill)] == [Change.END]


def test_r5_so_it_is_with_a_forecast_of_a_river(drill, clock):
    def river(number, *changes):
        clock.forward(minutes=1)
        raw = re.sub(rb"<DateTime>[^<]*<", f"<DateTime>{clock.now():%Y-%m-%dT%H:%M:%SZ}<".encode(), RIVER.read_bytes())
        for old, new in changes:
            assert old in raw.decode()
            raw = raw.replace(old.encode(), new.encode())
        (received,) = receive(drill, [Incoming(str(number), RIVER.name, raw, clock.now())])
        return [revision.change for revision in received.revisions if revision.pushed]

    assert river(1) == [Change.ISSUE]
    assert river(2, ("<Code>51</Code>", "<Code>10</Code>"), ("レベル５氾濫特別警報", "レベル２氾濫注意報解除")) == []
    with drill.database.read() as uow:
        assert uow.situation.in_force() == []
    assert river(3, ("<InfoType>発表<", "<InfoType>取消<")) == [Change.RETRACT]
