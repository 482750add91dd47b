"""The process dies at any step: nothing is lost, and as little as possible is asked for again."""

import pytest
from feed_server import FeedServer
from feed_station import START, KilledError, Station

from alerts.service.feeds import poll as poll_module
from alerts.store.states import EntryState

FILES = [f"2026072809000{n}_0_VXSE53_270000.xml" for n in range(3)]


@pytest.fixture(autouse=True)
def announced(server: FeedServer) -> None:
    for file in FILES:
        server.announce("extra", file, START)


def survive(station: Station, **options: object) -> None:
    with pytest.raises(KilledError):
        station.poll(**options)


def die(*_: object, **__: object) -> None:
    raise KilledError


def recover(station: Station) -> Station:
    again = station.restarted()
    again.run(minutes=5)
    return again


def test_a_crash_between_fetching_and_receiving_loses_nothing(server, station) -> None:
    survive(station, take=die)
    again = recover(station)
    assert sorted(again.files()) == FILES
    assert {file: server.fetched().count(file) for file in FILES} == dict.fromkeys(FILES, 2)


def test_a_crash_between_receiving_and_settling_fetches_nothing_again(server, station) -> None:
    def receive_and_die(services, batch):
        station.take(services, batch)
        raise KilledError

    survive(station, take=receive_and_die)
    again = recover(station)
    assert again.files() == []
    assert sorted(server.fetched()) == FILES
    assert all(station.entry(server.address(file)).state is EntryState.RECEIVED for file in FILES)


def test_a_crash_in_the_middle_of_receiving_takes_in_the_rest(server, station) -> None:
    def receive_one_and_die(services, batch):
        station.take(services, batch[:1])
        raise KilledError

    survive(station, take=receive_one_and_die)
    again = recover(station)
    assert sorted(again.files() + station.files()) == FILES
    assert len(server.fetched()) == 5


def test_a_crash_before_the_etag_is_saved_asks_for_the_whole_feed_and_for_no_telegram_again(
    server, station, monkeypatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("alerts.service.feeds.due.remember", die)
        survive(station)
    again = recover(station)
    assert again.files() == []
    assert sorted(server.fetched()) == FILES
    asked = server.asked("extra")
    assert "If-None-Match" not in asked[1].headers
    assert asked[1].status == 200
    assert asked[2].status == 304


def test_a_crash_before_the_entries_are_kept_finds_them_all_again(server, station, monkeypatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(poll_module, "keep", die)
        survive(station)
    assert sorted(recover(station).files()) == FILES


def test_a_crash_after_the_entries_are_kept_fetches_them_without_a_new_poll(server, station, monkeypatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("alerts.service.feeds.due.fetch_due", die)
        survive(station)
    server.faults["extra.xml"].extend([lambda reply: reply.__dict__.update(status=500)] * 50)
    assert sorted(recover(station).files()) == FILES


def test_a_telegram_that_kills_the_process_stops_its_neighbours_only_for_a_while_and_itself_is_given_up(
    server, station
) -> None:
    poison = FILES[0]

    def take(services, batch):
        if any(incoming.file == poison for incoming in batch):
            raise KilledError
        return station.take(services, batch)

    for _ in range(40):
        station.clock.advance(minutes=1)
        try:
            station.poll(take=take)
        except KilledError:
            continue
    assert sorted(station.files()) == FILES[1:]
    assert station.entry(server.address(poison)).state is EntryState.GIVEN_UP
    assert server.fetched().count(poison) <= 13
    assert poison in station.alarms()[f"telegram:{server.address(poison)}"]
