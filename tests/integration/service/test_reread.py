"""Held telegrams are read again after an update, and act as they would have acted then (R16)."""

import pytest

from alerts.service.held import exercises, held
from alerts.service.receive import receive
from alerts.service.reread import read_again
from alerts.store.telegrams import TelegramRepository
from alerts.telegram import kinds
from alerts.telegram.composition import Stated
from alerts.telegram.envelope import Status
from alerts.telegram.reading import Outcome

LANDSLIDE, OTHER = "VPWW56", "VPWW61"


@pytest.fixture
def unknown(live, jma, clock, monkeypatch):
    """Level 4, and a minute later level 5, that an older programme held: it knew no such codes."""
    first = jma.telegram(LANDSLIDE, [Stated("49")])
    clock.forward(minutes=1)
    second = jma.telegram(LANDSLIDE, [Stated("39")])
    older = {key: kind for key, kind in kinds.table().items() if key[1] not in {"49", "39"}}
    monkeypatch.setattr(kinds, "table", lambda: older)
    for telegram in (second, first):
        receive(live, [telegram])
    return [first.id, second.id]


@pytest.fixture
def update(monkeypatch):
    """Puts the newer programme in place of the older one."""
    return monkeypatch.undo


def in_force(live):
    with live.database.read() as uow:
        return {state.code for state in uow.situation.in_force()}


def open_alarms(live):
    with live.database.read() as uow:
        return [alarm.key for alarm in uow.alarms.open()]


def pushed(done):
    return [(one.change, one.level) for again in done for one in again.revisions if one.pushed]


def test_what_is_understood_now_acts_once_and_its_alarm_is_cleared(live, unknown, update):
    assert {one.id for one in held(live, 10)} == set(unknown)
    assert set(open_alarms(live)) == {f"held:{each}" for each in unknown}
    assert in_force(live) == set()
    update()
    done = read_again(live)
    assert [again.id for again in done] == unknown, "oldest first"
    assert {again.outcome for again in done} == {Outcome.LIVE}
    assert in_force(live) == {"39"}
    assert open_alarms(live) == []
    assert held(live, 10) == []
    assert read_again(live) == []


def test_of_several_of_one_unit_only_the_newest_rings(live, unknown, update):
    update()
    assert pushed(read_again(live)) == [("issue", 5)]


def test_what_still_cannot_be_read_stays_held(live, unknown):
    assert read_again(live) == []
    assert len(held(live, 10)) == 2


def test_r22_what_is_late_is_known_and_not_pushed(live, unknown, update, clock):
    clock.forward(hours=7)
    update()
    assert pushed(read_again(live)) == []
    assert in_force(live) == {"39"}


def test_what_was_overtaken_changes_nothing(live, jma, unknown, update, clock):
    clock.forward(minutes=30)
    jma.send(LANDSLIDE, Stated("09"))
    update()
    assert pushed(read_again(live)) == []
    assert in_force(live) == {"09"}


def test_a_crash_in_the_middle_is_repaired_by_the_next_time(live, unknown, update, monkeypatch):
    update()
    with monkeypatch.context() as patch:
        patch.setattr(TelegramRepository, "set_applied", _crash)
        with pytest.raises(KeyboardInterrupt):
            read_again(live)
    assert len(held(live, 10)) == 2
    assert pushed(read_again(live)) == [("issue", 5)]


def _crash(*_):
    raise KeyboardInterrupt


def test_the_rest_of_what_acted_in_part_acts_too(live, jma, monkeypatch):
    telegram = jma.telegram(OTHER, [Stated("14"), Stated("20")])
    older = {key: kind for key, kind in kinds.table().items() if key[1] != "20"}
    monkeypatch.setattr(kinds, "table", lambda: older)
    receive(live, [telegram])
    assert in_force(live) == {"14"}
    monkeypatch.undo()
    assert [change for change, _ in pushed(read_again(live))] == ["issue"]
    assert in_force(live) == {"14", "20"}


def test_r1_exercises_are_listed_for_operators(live, jma):
    jma.send(LANDSLIDE, Stated("09"), status=Status.EXERCISE)
    (listed,) = exercises(live, 10)
    assert (listed.status, listed.outcome) == (Status.EXERCISE, Outcome.DRILL)
    assert held(live, 10) == []
    assert in_force(live) == set()
