"""A night like 2022-01-16 in Kanagawa, twenty updates a district: at most two pushes a phone unless the level rises."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alerts.ports import Address, Platform, PushResult
from alerts.service.arrival import Incoming
from alerts.service.deliver import deliver
from alerts.service.receive import receive
from alerts.service.register import register
from alerts.service.registration import Registration
from alerts.service.settle import next_due, settle
from alerts.telegram.composition import Stated

TSUNAMI = (Path(__file__).parents[2] / "telegrams/20260701130312_0_VTSE41_270000.xml").read_text(encoding="utf-8")
ADVISORY = "<Name>津波注意報</Name>\n              <Code>62</Code>"
KINDS = {
    "62": "津波注意報",
    "51": "津波警報",
    "52": "大津波警報",
    "60": "津波注意報解除",
    "72": "津波予報（若干の海面変動）",
}
MIDNIGHT = datetime(2026, 1, 15, 15, 16, tzinfo=UTC)  # 0:16 in Japan
UPDATES, GAP = 20, timedelta(minutes=22)  # until 7:31
RAIN = {2: Stated("10"), 4: Stated("43")}


@pytest.fixture
def phones(drill, clock):
    """Two phones, one of a known district and one of none, that want every push."""
    clock.time = MIDNIGHT
    homes = ((drill.pack.districts[0].id,), ())
    for number, home in enumerate(homes):
        register(drill, Registration(Address("token", f"p{number}"), Platform.IOS, "ja", home, normal_pushes=True))


def tsunami(number, at, code="62", height="1", event="20260116001000", info_type="発表"):
    """The table of all coasts as it stands at update `number`; elsewhere something changes each time."""
    assert TSUNAMI.count(ADVISORY) == 1
    changed = {
        "2026-07-01T13:03:12Z": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "20260701220010": event,
        "<InfoType>発表": f"<InfoType>{info_type}",
        ADVISORY: f"<Name>{KINDS[code]}</Name>\n              <Code>{code}</Code>",
        'description="１ｍ">1<': f'description="約{height}ｍ">{height}<',
        'description="巨大">NaN<': f'description="{number}ｍ">{number}<',
    }
    raw = TSUNAMI
    for old, new in changed.items():
        assert old in raw
        raw = raw.replace(old, new)
    name = f"{at:%Y%m%d%H%M%S}_0_VTSE41_270000.xml"
    return Incoming(f"{number:02}-{name}", name, raw.encode(), at)


def night(services, clock, telegrams):
    """Receives each at its time, settles what is due on the way, and delivers everything at once."""
    for telegram in telegrams:
        _until(services, clock, telegram.seen_at)
        receive(services, [telegram])
        _deliver(services)
    _until(services, clock, clock.now() + timedelta(hours=2))


def _until(services, clock, time):
    while (due := next_due(services)) is not None and due <= time:
        clock.time = max(due, clock.time)
        settle(services)
        _deliver(services)
    clock.time = max(time, clock.time)


def _deliver(services):
    deliver(services, "w")


def pushes(services):
    """How many pushes each phone got."""
    with services.database.read() as uow:
        rows = [uow.deliveries.of_device(number) for number in (1, 2)]
    return [sum(row.result is PushResult.ACCEPTED for row in of_phone) for of_phone in rows]


def said(services):
    with services.database.read() as uow:
        told = [one for alert in uow.alerts.recent(50) for one in uow.alerts.revisions(alert.id) if one.pushed]
    return [(one.change.value, one.code) for one in sorted(told, key=lambda one: one.created_at)]


@pytest.fixture
def fcm_takes_all(fcm, phones):
    """None of the two phones is one that the fake server does not know."""
    assert fcm.stats()["accepted"] == 0


@pytest.mark.usefixtures("fcm_takes_all")
def test_r14_twenty_updates_of_a_tsunami_advisory_and_its_end_are_two_pushes(drill, clock):
    updates = [tsunami(n, MIDNIGHT + n * GAP, height=str(1 + n % 3)) for n in range(UPDATES)]
    night(drill, clock, [*updates, tsunami(20, MIDNIGHT + 20 * GAP, code="60")])
    assert said(drill) == [("issue", "62"), ("end", "62")]
    assert pushes(drill) == [2, 2]


@pytest.mark.usefixtures("fcm_takes_all")
def test_r14_a_second_earthquake_s_event_id_rings_nobody_again(drill, clock):
    events = ("20260116001000", "20260116013000")
    night(drill, clock, [tsunami(n, MIDNIGHT + n * GAP, event=events[n % 2]) for n in range(UPDATES)])
    assert pushes(drill) == [1, 1]


@pytest.mark.usefixtures("fcm_takes_all")
def test_r14_corrections_of_heights_and_times_ring_nobody(drill, clock):
    info_types = ("発表", "訂正", "遅延")
    telegrams = [
        tsunami(n, MIDNIGHT + n * GAP, height=str(1 + n % 2), info_type=info_types[n % 3]) for n in range(UPDATES)
    ]
    night(drill, clock, telegrams)
    assert pushes(drill) == [1, 1]


@pytest.mark.usefixtures("fcm_takes_all")
def test_r14_only_a_rise_adds_a_push(drill, clock):
    codes = ["62"] * 7 + ["51"] * 6 + ["52"] * 7
    night(drill, clock, [tsunami(n, MIDNIGHT + n * GAP, code=code) for n, code in enumerate(codes)])
    assert said(drill) == [("issue", "62"), ("raise", "51"), ("raise", "52")]
    assert pushes(drill) == [3, 3]


@pytest.mark.usefixtures("fcm_takes_all")
@pytest.mark.parametrize("level", [2, 4])
def test_r14_twenty_updates_of_a_warning_and_its_end_are_two_pushes(drill, jma, clock, level):
    """What changes is elsewhere: JMA sends the city's own state again each time (jma.md §2.5)."""
    jma.services, over = drill, Stated("10", "解除", "10")
    times = [MIDNIGHT + number * GAP for number in range(UPDATES + 1)]
    stated = [RAIN[level]] * UPDATES + [over]
    telegrams = [jma.telegram("VPWW55", [one], issued_at=at) for one, at in zip(stated, times, strict=True)]
    night(drill, clock, [replace(telegram, seen_at=at) for telegram, at in zip(telegrams, times, strict=True)])
    assert pushes(drill) == [2, 2]
