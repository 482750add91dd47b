"""Nothing is lost in an outage, nothing repeated, and no feed waits for another (R9)."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from feed_server import FeedServer, cut_connection, plain, status, waiting_for
from feed_station import Station

MINUTE = timedelta(minutes=1)


def announce_each_minute(server: FeedServer, station: Station, minutes: int, serial: int) -> list[str]:
    """One telegram a minute in both feeds; the short one forgets what is older than ten minutes. Polls go on."""
    announced = []
    for minute in range(minutes):
        station.run(minutes=1, every_seconds=30)
        now = station.clock.now()
        file = f"{now:%Y%m%d%H%M%S}_{serial}_VXSE53_{minute % 2}10000.xml"
        server.announce("extra", file, now - MINUTE / 12)
        server.announce("extra_l", file, now - MINUTE / 12)
        server.forget("extra", now - 10 * MINUTE)
        announced.append(file)
    return announced


@pytest.fixture
def running(server, station) -> list[str]:
    """What was announced before the outage."""
    station.poll()
    return announce_each_minute(server, station, 5, serial=0)


def test_r9_thirty_minutes_without_jma_lose_nothing_and_repeat_nothing(server, station, running) -> None:
    server.down = True
    missed = announce_each_minute(server, station, 30, serial=1)
    assert not set(missed) & set(station.files())
    server.down = False
    later = announce_each_minute(server, station, 10, serial=2)
    station.run(minutes=3)
    everything = running + missed + later
    assert set(station.files()) == set(everything)
    assert len(station.files()) == len(everything)
    assert sorted(server.fetched()) == sorted(everything)


def test_r9_three_days_switched_off_lose_nothing_that_the_long_feed_still_names(server, station, running) -> None:
    station.run(minutes=2)
    station.clock.advance(days=3)
    now, missed = station.clock.now(), [f"2026073009{n:04}_0_VXSE53_270000.xml" for n in range(50)]
    for n, file in enumerate(missed):
        server.announce("extra_l", file, now - (n + 60) * MINUTE)
    again = station.restarted()
    again.run(minutes=3)
    assert set(again.files()) == set(missed)  # on a slow machine one may be handed over twice: receive is idempotent
    assert not any(incoming.baseline for incoming in again.taken)


def test_r9_a_long_feed_that_fails_after_an_outage_is_owed_until_it_is_walked(server, station, running) -> None:
    server.down = True
    missed = announce_each_minute(server, station, 30, serial=1)
    server.down = False
    server.misbehave("extra_l", cut_connection, status(500), plain(b"<feed>"))
    station.run(minutes=60, every_seconds=60)
    assert set(station.files()) == set(running + missed)


@pytest.mark.parametrize("new_database_url", ["sqlite"], indirect=True)  # a whole day: once is enough
def test_r23_the_long_feed_is_read_only_at_the_start_after_an_outage_and_a_few_times_a_day(server, station) -> None:
    station.run(minutes=24 * 60, every_seconds=540)
    assert 4 <= len(server.asked("extra_l")) <= 6


def test_a_short_break_does_not_need_the_long_feed(server, station, running) -> None:
    server.down = True
    announce_each_minute(server, station, 5, serial=1)
    server.down = False
    before = len(server.asked("extra_l"))
    station.run(minutes=5)
    assert len(server.asked("extra_l")) == before


@pytest.fixture
def two_feeds(station) -> Station:
    return replace(station, settings=replace(station.settings, feeds=("extra", "eqvol")))


def test_r9_a_feed_that_hangs_delays_no_other(server, two_feeds) -> None:
    """The hanging feed is let go only after the other one's telegram came in."""
    came_in = threading.Event()
    server.announce("eqvol", "20260728090001_0_VXSE53_270000.xml", two_feeds.clock.now())
    server.misbehave("extra", waiting_for(came_in))

    def take(services, batch):
        came_in.set()
        return two_feeds.take(services, batch)

    assert two_feeds.poll(take=take) == 1
    assert came_in.is_set()
    with two_feeds.services.database.read() as uow:
        assert uow.feeds.get("extra").failures == 0  # it was answered after all, not cut off by a time-out


def test_r9_a_round_does_not_wait_for_a_feed_that_hangs(server, two_feeds) -> None:
    release = threading.Event()
    two_feeds = replace(two_feeds, settings=replace(two_feeds.settings, patience_seconds=0.2))
    server.misbehave("extra", *[waiting_for(release)] * 100)
    for minute in range(3):
        file = f"202607280{minute}0000_0_VXSE53_270000.xml"
        server.announce("eqvol", file, two_feeds.clock.now())
        while file not in two_feeds.files():
            two_feeds.after(seconds=5)
    with two_feeds.services.database.read() as uow:
        assert uow.feeds.get("extra").last_success_at is None  # it hangs still
    release.set()


def test_r9_while_one_process_waits_for_a_feed_another_polls_the_rest(server, station, two_feeds) -> None:
    two_feeds.poll()
    two_feeds.clock.advance(seconds=70)
    for feed, file in (
        ("extra", "20260728090101_0_VXSE51_270000.xml"),
        ("eqvol", "20260728090101_0_VXSE53_270000.xml"),
    ):
        server.announce(feed, file, two_feeds.clock.now())
    asked, release = threading.Event(), threading.Event()

    def hang(reply) -> None:
        asked.set()
        waiting_for(release)(reply)

    server.misbehave("extra", hang)
    stuck = threading.Thread(target=station.poll)  # this one reads extra only
    stuck.start()
    assert asked.wait(10)
    assert two_feeds.restarted().poll() == 1
    assert stuck.is_alive()
    release.set()
    stuck.join()
    assert len(server.asked("extra")) == 2  # claimed by the one that waits: nobody asks beside it


def test_r9_a_broken_feed_leaves_the_others_their_rhythm(server, two_feeds) -> None:
    server.misbehave("extra", *[status(500)] * 100)
    two_feeds.run(minutes=20, every_seconds=10)
    assert 14 <= len(server.asked("eqvol")) <= 20
    assert len(server.asked("extra")) <= 14
