"""A first start with an empty database: the situation is known, nobody is woken (jma.md §1.5)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from feed_server import FeedServer, status
from feed_station import START, Station

from alerts.alert import Revision
from alerts.store.database import Database
from alerts.telegram.compose import compose_warning, file_name
from alerts.telegram.composition import Municipality, OfficeArea, Place, Stated
from alerts.world import DRILL, WorldMismatchError

OSAKA = Place("270000", "大阪府")
DAITO = Municipality(Place("2721800", "大東市"), Place("270003", "東部大阪"), OSAKA)
OFFICE = OfficeArea(OSAKA, "大阪管区気象台", (DAITO,))
MINUTE = timedelta(minutes=1)


def announce(server: FeedServer, feed: str, type_: str, code: str | None, at: datetime) -> str:
    stated = {"2721800": [Stated(code)]} if code else {}
    file = file_name(type_, OFFICE, at)
    server.announce(feed, file, at, compose_warning(type_, OFFICE, stated, at))
    return file


@pytest.fixture
def history(server: FeedServer) -> None:
    """A level 3 heavy rain of an hour ago, and what was said two days before it."""
    announce(server, "extra", "VPWW55", "03", START - 60 * MINUTE)
    announce(server, "extra_l", "VPWW55", "03", START - 60 * MINUTE)
    announce(server, "extra_l", "VPWW55", None, START - 2880 * MINUTE)
    announce(server, "extra_l", "VPWW56", "29", START - 300 * MINUTE)


def revisions(station: Station) -> list[Revision]:
    with station.services.database.read() as uow:
        return [revision for alert in uow.alerts.recent(100, None) for revision in uow.alerts.revisions(alert.id)]


def in_force(station: Station) -> set[tuple[str, str]]:
    with station.services.database.read() as uow:
        return {(state.hazard, state.code) for state in uow.situation.in_force()}


def test_a_first_start_knows_what_is_in_force_and_pushes_nothing(server, station, history) -> None:
    station.run(minutes=3)
    assert in_force(station) == {("heavy_rain", "03"), ("landslide", "29")}
    assert all(incoming.baseline for incoming in station.taken)
    assert [revision.pushed for revision in revisions(station)] == [False] * 2


def test_what_is_announced_after_the_first_start_is_pushed(server, station, history) -> None:
    station.run(minutes=3)
    file = announce(server, "extra", "VPWW55", "43", station.clock.now())
    station.run(minutes=2)
    assert [(incoming.file, incoming.baseline) for incoming in station.taken][-1] == (file, False)
    assert [r.level for r in revisions(station) if r.pushed] == [4]


def test_a_restart_is_no_first_start(server, station, history) -> None:
    station.run(minutes=3)
    known = set(station.files())
    station.clock.advance(minutes=3)
    file = announce(server, "extra", "VPWW55", "43", station.clock.now() - MINUTE)
    again = station.restarted()
    again.run(minutes=2)
    assert again.files() == [file]
    assert file not in known
    assert [r.level for r in revisions(station) if r.pushed] == [4]


def test_a_warning_that_comes_while_jma_cannot_be_reached_at_the_first_start_is_pushed(
    server, station, history
) -> None:
    server.down = True
    station.run(minutes=20)
    announce(server, "extra", "VPWW55", "43", station.clock.now() - 5 * MINUTE)
    server.down = False
    station.run(minutes=10)
    assert [r.level for r in revisions(station) if r.pushed] == [4]


def test_a_long_feed_that_fails_at_the_first_start_is_walked_later_as_baseline(server, station, history) -> None:
    server.misbehave("extra_l", *[status(500)] * 4)
    station.run(minutes=30)
    assert in_force(station) == {("heavy_rain", "03"), ("landslide", "29")}
    assert not [r for r in revisions(station) if r.pushed]


def test_the_feeds_are_not_caught_up_before_the_long_one_was_walked(server, station, history) -> None:
    server.misbehave("extra_l", status(500))
    station.poll()
    with station.services.database.read() as uow:
        standing = uow.feeds.all()
    assert [(feed.name, feed.last_success_at, feed.caught_up_at) for feed in standing] == [("extra", START, None)]
    station.run(minutes=2)
    with station.services.database.read() as uow:
        assert uow.feeds.all()[0].caught_up_at is not None


@pytest.mark.parametrize("new_database_url", ["sqlite"], indirect=True)
def test_r1_a_drill_world_reads_no_feed(server, station, new_database_url) -> None:
    database = Database(new_database_url(DRILL), DRILL)
    drill = replace(station, services=replace(station.services, world=DRILL, database=database))
    with pytest.raises(WorldMismatchError):
        drill.poll()
    assert server.requests == []
    database.dispose()
