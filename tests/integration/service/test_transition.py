"""The old copies of warnings must not go on alone without an operator knowing (jma.md §3.3)."""

import pytest

from alerts.service.transition import look_at
from alerts.store.feed_entries import EntryRow
from alerts.store.states import EntryState


@pytest.fixture
def announce(live, clock):
    """A feed announces a telegram now."""

    def announced(kind: str, office: str = "270000") -> None:
        now = clock.now()
        address = f"https://jma.test/{now:%Y%m%d%H%M%S}_0_{kind}_{office}.xml"
        row = EntryRow(address, "extra", kind, now, EntryState.SKIPPED, 0, now, now, baseline=False)
        with live.database.write() as uow:
            uow.feeds.ensure(["extra"], now)
            uow.feeds.entries.add([row])
            look_at(live, uow, [row])

    return announced


def alarmed(live):
    with live.database.read() as uow:
        return [alarm.kind for alarm in uow.alarms.open()]


def test_a_copy_soon_after_its_original_is_no_alarm(live, clock, announce):
    announce("VPWW55")
    clock.forward(minutes=3)
    announce("VPWW54")
    assert alarmed(live) == []


def test_a_copy_without_an_original_is_an_alarm_until_an_original_comes(live, clock, announce):
    announce("VPWW61")
    clock.forward(minutes=31)
    announce("VPWW54")
    assert alarmed(live) == ["transition"]
    clock.forward(minutes=1)
    announce("VPWW56")
    assert alarmed(live) == []


def test_copies_that_go_on_where_no_original_ever_came_are_an_alarm(live, clock, announce):
    announce("VPWW54")
    assert alarmed(live) == []
    clock.forward(minutes=31)
    announce("VPWW54")
    assert alarmed(live) == ["transition"]


def test_other_offices_say_nothing_about_ours(live, clock, announce):
    announce("VPWW55")
    clock.forward(minutes=31)
    announce("VPWW54", "160000")
    assert alarmed(live) == []
    announce("VPWW54")
    announce("VPWW55", "160000")
    assert alarmed(live) == ["transition"]


def test_calm_is_no_alarm(live, clock, announce):
    announce("VPWW55")
    announce("VPWW54")
    clock.forward(days=5)
    announce("VPHW51")
    assert alarmed(live) == []
