"""Feeds, entries and traffic in the database: one poller at a time, one fetcher at a time, sums that add up."""

import threading
from datetime import timedelta

import pytest
from feed_station import START

from alerts.store.database import Database
from alerts.store.feed_entries import EntryRow
from alerts.store.states import EntryState

LEASE = timedelta(seconds=45)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def feeds(database: Database) -> None:
    with database.write() as uow:
        uow.feeds.ensure(["extra", "extra_l"], START)


def entry(name: str, second: int = 0, *, baseline: bool = False) -> EntryRow:
    at = START + timedelta(seconds=second)
    return EntryRow(name, "extra", "VXSE53", at, EntryState.DUE, 0, START, START, baseline)


def claim_feed(database: Database, minutes: int = 0):
    now = START + minutes * MINUTE
    with database.write() as uow:
        return uow.feeds.claim("extra", now, now + LEASE)


def claim_entries(database: Database, minutes: int = 0, limit: int = 10, tried_below: int = 100) -> list[str]:
    now = START + minutes * MINUTE
    with database.write() as uow:
        claimed = uow.feeds.entries.claim("extra", now, now + LEASE, limit=limit, tried_below=tried_below)
    return [row.id for row in claimed]


def keep(database: Database, *entries: EntryRow) -> None:
    with database.write() as uow:
        uow.feeds.entries.add(entries)


def test_a_feed_has_one_poller_until_its_lease_is_over(database) -> None:
    assert claim_feed(database) is not None
    assert claim_feed(database) is None
    assert claim_feed(database, minutes=1) is not None


def test_a_poller_whose_lease_was_over_cannot_write_over_the_next_one(database) -> None:
    late, current = claim_feed(database), claim_feed(database, minutes=1)
    with database.write() as uow:
        assert not uow.feeds.succeeded(late, "old", None, START, START)
        uow.feeds.failed(late, "too late", START)
        assert uow.feeds.succeeded(current, "new", None, START + MINUTE, START + 2 * MINUTE)
    with database.read() as uow:
        feed = uow.feeds.get("extra")
    assert (feed.etag, feed.failures, feed.last_error) == ("new", 0, None)


def test_a_feed_keeps_its_beginning_when_it_is_ensured_again(database) -> None:
    with database.write() as uow:
        uow.feeds.ensure(["extra", "eqvol"], START + MINUTE)
        assert uow.feeds.names() == {"extra", "extra_l", "eqvol"}
        assert uow.feeds.get("extra").began_at == START
        assert uow.feeds.get("eqvol").began_at == START + MINUTE


def test_a_feed_is_due_for_a_poll_or_for_an_entry(database) -> None:
    feed = claim_feed(database)
    with database.write() as uow:
        uow.feeds.succeeded(feed, None, None, START, START + 5 * MINUTE)
        assert uow.feeds.due(["extra"], START) == []
        uow.feeds.entries.add([entry("a")])
        assert uow.feeds.due(["extra"], START) == ["extra"]
        assert uow.feeds.due(["eqvol"], START) == []


def test_a_failing_long_feed_that_is_owed_keeps_its_back_off(database) -> None:
    with database.write() as uow:
        feed = uow.feeds.claim("extra_l", START, START + LEASE)
        uow.feeds.failed(feed, "500", START + 5 * MINUTE)
        uow.feeds.owe("extra_l", START + MINUTE)
        assert uow.feeds.get("extra_l").next_poll_at == START + 5 * MINUTE


def test_an_entry_is_known_for_good_and_never_made_due_again(database) -> None:
    keep(database, entry("a"))
    with database.write() as uow:
        uow.feeds.entries.settle(["a"], EntryState.RECEIVED)
        uow.feeds.entries.add([entry("a"), entry("b")])
        uow.feeds.entries.put_off("a", 1, START)
        assert uow.feeds.entries.known(["a", "b", "c"]) == {"a", "b"}
        assert [uow.feeds.entries.get(name).state for name in "ab"] == [EntryState.RECEIVED, EntryState.DUE]


def test_news_is_fetched_before_baseline_and_the_newest_first(database) -> None:
    keep(database, entry("old", 1), entry("past", 9, baseline=True), entry("new", 5))
    assert claim_entries(database, limit=2) == ["new", "old"]
    assert claim_entries(database) == ["past"]


def test_an_entry_has_one_fetcher_until_its_lease_is_over(database) -> None:
    keep(database, entry("a"), entry("b"))
    assert claim_entries(database, limit=1) + claim_entries(database) == ["a", "b"]
    assert claim_entries(database) == []
    assert sorted(claim_entries(database, minutes=1)) == ["a", "b"]


def test_attempts_are_counted_when_they_begin(database) -> None:
    keep(database, entry("a"))
    assert claim_entries(database, tried_below=1) == ["a"]
    assert claim_entries(database, minutes=1, tried_below=1) == []
    assert claim_entries(database, minutes=1, tried_below=2) == ["a"]


def test_fetchers_that_claim_at_the_same_moment_share_the_entries_without_overlap(database) -> None:
    keep(database, *[entry(f"{n:03}", n) for n in range(60)])
    claimed: list[str] = []
    together = threading.Barrier(4)

    def fetcher() -> None:
        together.wait()
        while got := claim_entries(database, limit=7):
            claimed.extend(got)

    threads = [threading.Thread(target=fetcher) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claimed) == len(set(claimed))
    assert sorted(claimed + claim_entries(database, limit=100)) == [f"{n:03}" for n in range(60)]


def test_what_is_due_is_never_forgotten(database) -> None:
    keep(database, entry("due"), entry("done"))
    with database.write() as uow:
        uow.feeds.entries.settle(["done"], EntryState.SKIPPED)
        uow.feeds.entries.forget(START + MINUTE)
        assert uow.feeds.entries.known(["due", "done"]) == {"due"}


def test_traffic_is_summed_by_utc_day(database) -> None:
    with database.write() as uow:
        for size in (3_000_000_000, 5):
            uow.feeds.traffic.add(START, size)
        uow.feeds.traffic.add(START + timedelta(days=1), 7)
        assert uow.feeds.traffic.bytes_on(START) == 3_000_000_005
        assert uow.feeds.traffic.bytes_on(START + timedelta(days=2)) == 0
