"""Every poll compares the whole feed with all that is known, as sets (jma.md §1.3)."""

from datetime import timedelta

import pytest
from feed_server import FeedServer, plain, status
from feed_station import START

from alerts.store.states import EntryState

SECOND = timedelta(seconds=1)
FIRST, SECOND_FILE = "20260728090001_0_VXSE53_270000.xml", "20260728090002_0_VXSE53_010000.xml"


def files(count: int, type_: str = "VXSE53") -> list[str]:
    return [f"2026072809{n:04}_0_{type_}_010000.xml" for n in range(count)]


def test_a_late_entry_below_known_ones_is_found(server, station) -> None:
    for n, file in enumerate(files(5)):
        server.announce("extra", file, START + n * SECOND)
    station.poll()
    server.announce("extra", "20260728090259_0_VPHW51_270000.xml", START - 36 * SECOND, at=3)
    station.after(minutes=2)
    assert station.files()[-1] == "20260728090259_0_VPHW51_270000.xml"


def test_telegrams_of_one_poll_are_handed_over_oldest_first_whatever_their_order_in_the_feed(server, station) -> None:
    one, two, three = files(3)
    for file, second in ((two, 2), (one, 1), (three, 3)):
        server.announce("extra", file, START + second * SECOND)
    station.poll()
    assert [batch for batch in station.batches if batch] == [[one, two, three]]


def test_ties_are_both_taken(server, station) -> None:
    for file in files(2):
        server.announce("extra", file, START)
    station.poll()
    assert sorted(station.files()) == files(2)


def test_an_entry_named_twice_or_in_two_feeds_is_fetched_once(server, station) -> None:
    for feed in ("extra", "extra", "extra_l"):
        server.announce(feed, FIRST, START)
    station.run(minutes=3)
    assert server.fetched() == [FIRST]


def test_what_is_not_for_the_city_is_noted_and_never_fetched(server, station) -> None:
    skipped = "20260728090001_0_VPWW55_160000.xml"
    server.announce("extra", skipped, START)
    server.announce("extra", FIRST, START)
    station.run(minutes=3)
    assert server.fetched() == [FIRST]
    assert station.entry(server.address(skipped)).state is EntryState.SKIPPED
    assert station.entry(server.address(skipped)).type == "VPWW55"


def test_r16_a_type_nobody_knows_is_fetched_and_held(server, station) -> None:
    unknown = "20260728090001_0_VPXX99_160000.xml"
    server.announce("extra", unknown, START)
    station.poll()
    assert station.files() == [unknown]
    assert f"held:{server.address(unknown)}" in station.alarms()


@pytest.mark.parametrize(
    "foreign", ["http://127.0.0.1:9/data/20260728090001_0_VXSE53_270000.xml", "http://169.254.169.254/latest/VXSE53"]
)
def test_an_entry_on_another_server_is_refused_once_with_an_alarm_and_the_others_go_on(
    server, station, foreign: str
) -> None:
    server.name("extra", foreign, START)
    server.announce("extra", FIRST, START)
    station.poll()
    assert station.files() == [FIRST]
    assert station.entry(foreign).state is EntryState.REFUSED
    assert foreign in station.alarms()["feed-host:extra"]
    station.run(minutes=5)
    with station.services.database.read() as uow:
        assert next(alarm for alarm in uow.alarms.open() if alarm.key == "feed-host:extra").times == 1


def test_an_address_without_end_is_refused_and_the_others_go_on(server, station) -> None:
    server.name("extra", server.address("x" * 5000), START)
    server.announce("extra", FIRST, START)
    station.poll()
    assert station.files() == [FIRST]


def test_an_entry_without_an_address_raises_an_alarm_and_the_others_go_on(server, station) -> None:
    server.announce("extra", FIRST, START)
    atom = server.reply_to("/developer/xml/feed/extra.xml", {}).body.replace(b"<entry>", b"<entry/><entry>", 1)
    server.misbehave("extra", plain(atom))
    station.poll()
    assert station.files() == [FIRST]
    assert "1 entries without an address" in station.alarms()["feed-entries:extra"]


BROKEN = [b"", b"<html/>", b'<feed xmlns="http://www.w3.org/2005/Atom"></feed>', b"<feed><entry>", bytes(100)]


@pytest.mark.parametrize("broken", BROKEN, ids=["empty", "html", "no entry", "cut", "zeros"])
def test_r9_a_feed_that_is_not_whole_changes_nothing_and_is_asked_again_with_the_old_etag(
    server: FeedServer, station, broken: bytes
) -> None:
    server.announce("extra", FIRST, START)
    station.poll()
    server.announce("extra", SECOND_FILE, START)
    server.misbehave("extra", plain(broken))
    station.after(minutes=2)
    assert station.files() == [FIRST]
    station.after(minutes=2)
    assert station.files() == [FIRST, SECOND_FILE]
    asked = server.asked("extra")
    assert asked[2].headers["If-None-Match"] == asked[1].headers["If-None-Match"]


def test_r9_a_feed_that_fails_for_long_raises_an_alarm_until_it_is_read_again(server, station) -> None:
    station.poll()
    server.misbehave("extra", *[status(500)] * 6)
    station.run(minutes=5)
    assert "answered 500" in station.alarms()["feed:extra"]
    station.run(minutes=15)
    assert "feed:extra" not in station.alarms()


@pytest.mark.parametrize(("kind", "days"), [("clock", 1 / 24), ("traffic", 1), ("stuck", 1), ("held", 7), ("odd", 7)])
def test_an_alarm_about_something_that_happened_once_is_open_until_it_is_too_old_to_act_on(
    server, station, kind, days
) -> None:
    with station.services.database.write() as uow:
        uow.alarms.raise_("once", kind, "it happened", station.clock.now())
    station.after(days=days, seconds=-1)
    assert "once" in station.alarms()
    station.after(minutes=5)
    assert "once" not in station.alarms()
