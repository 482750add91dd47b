"""JMA is asked as little as possible: each telegram once, feeds conditionally, and never beyond a ceiling (R23)."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from feed_server import FeedServer, plain
from feed_station import Station

SECOND = timedelta(seconds=1)


def play(server: FeedServer, station: Station, minutes: int) -> list[str]:
    announced = []
    for minute in range(minutes):
        station.run(minutes=1)
        if minute % 3 == 0:
            now = station.clock.now()
            file = f"{now:%Y%m%d%H%M%S}_0_VXSE53_270000.xml"
            server.announce("extra", file, now - 20 * SECOND)
            server.announce("extra_l", file, now - 20 * SECOND)
            announced.append(file)
    station.run(minutes=3)
    return announced


def test_r23_each_telegram_is_fetched_exactly_once(server, station) -> None:
    announced = play(server, station, 60)
    assert Counter(server.fetched()) == Counter(announced)


def test_r23_two_processes_together_fetch_each_telegram_once(server, station) -> None:
    other = station.restarted()
    for n in range(20):
        server.announce("extra", f"2026072809{n:04}_0_VXSE53_270000.xml", station.clock.now())
        station.after(seconds=30)
        other.after(seconds=30)
    assert len(station.taken) + len(other.taken) == 20
    assert set(Counter(server.fetched()).values()) == {1}


def test_r23_every_poll_but_the_first_is_conditional(server, station) -> None:
    play(server, station, 30)
    asked = server.asked("extra")
    assert "If-None-Match" not in asked[0].headers
    assert all("If-None-Match" in request.headers for request in asked[1:])
    assert [request.status for request in asked].count(304) >= len(asked) / 2


def test_r23_no_poll_comes_before_the_cached_answer_expires(server, station) -> None:
    server.cache = {"Cache-Control": "max-age=60", "Age": "10"}
    station.poll()
    for _ in range(9):
        station.after(seconds=5)
    assert len(server.asked("extra")) == 1
    station.after(seconds=10)
    assert len(server.asked("extra")) == 2


def test_r23_bytes_are_counted_by_day_also_those_of_failures(server, station) -> None:
    file = "20260728090001_0_VXSE53_270000.xml"
    server.announce("extra", file, station.clock.now())
    server.misbehave(file, plain(b"<" * 60_000))
    station.poll()
    with station.services.database.read() as uow:
        spent = uow.feeds.traffic.bytes_on
        assert spent(station.clock.now()) > 50_000
        assert spent(station.clock.now() + timedelta(days=1)) == 0


def test_r23_at_the_ceiling_nothing_is_fetched_until_the_next_day_and_an_alarm_says_so(server, station) -> None:
    station = replace(station, settings=replace(station.settings, daily_bytes=50_000))
    station.poll()
    with station.services.database.write() as uow:
        uow.feeds.traffic.add(station.clock.now(), 50_000)
    before = len(server.requests)
    file = "20260728090001_0_VXSE53_270000.xml"
    server.announce("extra", file, station.clock.now())
    station.run(minutes=30)
    assert len(server.requests) == before
    assert "50,000 bytes" in station.alarms()["traffic:2026-07-28"]
    station.clock.advance(hours=15)
    station.run(minutes=5)
    assert station.files() == [file]


def test_r23_near_the_ceiling_what_can_wait_does_and_news_does_not(server, station) -> None:
    station = replace(station, settings=replace(station.settings, daily_bytes=100_000))
    station.poll()
    with station.services.database.write() as uow:
        uow.feeds.traffic.add(station.clock.now(), 80_000)
        uow.feeds.owe("extra_l", station.clock.now())
    news, old = "20260728090101_0_VXSE53_270000.xml", "20260720090001_0_VXSE53_270000.xml"
    server.announce("extra", old, station.clock.now() - timedelta(days=8))
    server.announce("extra", news, station.clock.now())
    before = len(server.asked("extra_l"))
    station.run(minutes=5)
    assert station.files() == [news]
    assert len(server.asked("extra_l")) == before
    assert "long feeds stop at 80%" in station.alarms()["traffic:2026-07-28"]
    station.clock.advance(days=1)
    station.run(minutes=5)
    assert station.files() == [news, old]


def test_old_entries_are_forgotten_when_no_feed_can_name_them_any_more(server, station) -> None:
    file = "20260728090001_0_VXSE53_270000.xml"
    server.announce("extra", file, station.clock.now())
    station.poll()
    station.clock.advance(days=8)
    station.run(minutes=2)
    assert station.entry(server.address(file)).attempts == 1
    server.forget("extra", station.clock.now())
    station.clock.advance(days=23)
    station.run(minutes=2)
    with station.services.database.read() as uow:
        assert uow.feeds.entries.get(server.address(file)) is None
