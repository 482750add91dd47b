"""A telegram that was announced and is not to be had, or not whole (jma.md §1.3)."""

import threading

import pytest
from feed_server import TELEGRAM, FeedServer, cut_connection, plain, status, waiting_for
from feed_station import START

from alerts.store.states import EntryState

FILE, OTHER = "20260728090001_0_VXSE53_270000.xml", "20260728090002_0_VXSE53_270000.xml"


@pytest.fixture(autouse=True)
def announced(server: FeedServer) -> None:
    server.announce("extra", FILE, START)
    server.announce("extra", OTHER, START)


@pytest.mark.parametrize("fault", [status(404), status(403), status(500), status(503), cut_connection])
def test_what_is_missing_for_a_moment_is_fetched_a_moment_later_without_a_new_poll(server, station, fault) -> None:
    server.misbehave(FILE, fault)
    station.poll()
    assert station.files() == [OTHER]
    station.after(seconds=8)
    assert station.files() == [OTHER, FILE]
    assert len(server.asked("extra")) == 1
    assert server.fetched().count(OTHER) == 1


def test_what_is_missing_for_long_is_tried_more_and_more_rarely_then_given_up_with_an_alarm(server, station) -> None:
    server.misbehave(FILE, *[status(404)] * 100)
    station.run(minutes=60)
    assert station.entry(server.address(FILE)).state is EntryState.GIVEN_UP
    assert len(server.asked(FILE)) == 12
    assert "given up" in station.alarms()[f"telegram:{server.address(FILE)}"]
    assert "404" in station.alarms()[f"telegram:{server.address(FILE)}"]
    assert station.files() == [OTHER]


def test_an_alarm_says_that_a_telegram_is_missing_and_ends_when_it_comes(server, station) -> None:
    server.misbehave(FILE, *[status(404)] * 6)
    station.run(minutes=3)
    assert "still tried" in station.alarms()[f"telegram:{server.address(FILE)}"]
    station.run(minutes=10)
    assert FILE in station.files()
    assert f"telegram:{server.address(FILE)}" not in station.alarms()


def test_r9_an_outage_of_the_whole_server_gives_no_telegram_up(server, station) -> None:
    server.misbehave(FILE, status(404))
    station.poll()
    server.down = True
    station.run(minutes=180, every_seconds=60)
    server.down = False
    server.misbehave(FILE, status(404))
    station.run(minutes=15)
    assert FILE in station.files()


def test_a_server_that_asks_for_patience_gets_it(server, station) -> None:
    server.misbehave(FILE, status(503, Retry_After="300"))
    station.poll()
    station.run(minutes=4)
    assert len(server.asked(FILE)) == 1
    station.run(minutes=2)
    assert FILE in station.files()


def test_half_a_telegram_is_not_believed_at_once(server, station) -> None:
    server.misbehave(FILE, plain(TELEGRAM[:-9]), plain(b"<html>maintenance</html>"))
    station.run(minutes=2)
    assert [incoming.raw for incoming in station.taken if incoming.file == FILE] == [TELEGRAM]


def test_r16_a_telegram_that_stays_broken_is_kept_and_held_and_the_feed_goes_on(server, station) -> None:
    server.misbehave(FILE, *[plain(TELEGRAM[:-9])] * 100)
    station.run(minutes=5)
    assert len(server.asked(FILE)) == 3
    with station.services.database.read() as uow:
        assert [record.file for record in uow.telegrams.held(10) if record.raw == TELEGRAM[:-9]] == [FILE]
    later = "20260728090500_0_VXSE53_270000.xml"
    server.announce("extra", later, station.clock.now())
    station.run(minutes=2)
    assert station.files()[-1] == later


def test_a_telegram_that_breaks_the_service_does_not_hold_back_its_neighbours(server, station) -> None:
    def take(services, batch):
        if any(incoming.file == FILE for incoming in batch):
            raise ZeroDivisionError("a defect of ours")
        return station.take(services, batch)

    assert station.poll(take=take) == 1
    assert station.files() == [OTHER]
    assert station.entry(server.address(FILE)).state is EntryState.DUE
    station.run(minutes=1)
    assert station.files() == [OTHER, FILE]


def test_a_file_that_hangs_does_not_hold_back_its_neighbours(server, station) -> None:
    """The server lets the file go only after its neighbour came in."""
    came_in = threading.Event()

    def take(services, batch):
        came_in.set()
        return station.take(services, batch)

    server.misbehave(FILE, waiting_for(came_in))
    assert station.poll(take=take) == 2
    assert station.files() == [OTHER, FILE]
    assert len(server.fetched()) == 2
