"""No key is not silence: operators of a production service without one are alarmed (design.md §3)."""

from dataclasses import replace

import pytest

from alerts.service.no_sender import look_for_sender
from workers.app import create_app
from workers.fcm.none import NoSender


class Connected(NoSender):
    """A sender that has a channel; nothing is sent by it here."""

    channel = "fcm"


@pytest.fixture
def production(live):
    return replace(live, environment="production")


def alarms(services):
    with services.database.read() as uow:
        return [(alarm.kind, alarm.times) for alarm in uow.alarms.open()]


def test_production_without_a_key_is_one_alarm_however_often_it_is_looked_for(production, clock):
    for _ in range(3):
        look_for_sender(production)
        clock.forward(seconds=1)
    assert alarms(production) == [("no_sender", 1)]
    with production.database.read() as uow:
        assert "BOSAI_FIREBASE_KEY" in uow.alarms.open()[0].text


def test_it_ends_when_a_key_is_there_and_begins_again_without(production):
    look_for_sender(production)
    with_key = replace(production, sender=Connected())
    look_for_sender(with_key)
    assert alarms(production) == []
    look_for_sender(with_key)
    look_for_sender(production)
    assert alarms(production) == [("no_sender", 1)]


def test_one_machine_without_a_key_keeps_an_outbox_and_alarms_nobody(live):
    look_for_sender(live)
    assert alarms(live) == []


def test_the_sweep_looks_for_it_each_second_in_the_live_world_alone(production, drill):
    worlds = {"live": production, "drill": replace(drill, environment="production")}
    create_app(worlds, "redis://127.0.0.1:1/0").tasks["watch.sweep"]()
    assert alarms(production) == [("no_sender", 1)]
    assert alarms(worlds["drill"]) == []
