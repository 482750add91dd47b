"""A reader, a server that misbehaves, and the services of a live world.

Test folders are no packages: this one is put on the path, so that its tests can import the two modules beside them.
"""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from alerts.city.pack import CityPack, bundled, load_pack
from alerts.service.feeds import FeedSettings
from alerts.service.services import Services
from alerts.store.cipher import AddressCipher
from alerts.store.database import Database
from alerts.wording.tables import Wording
from alerts.world import LIVE
from workers.fcm.none import NoSender
from workers.feeds import HttpxFeedReader, ReaderLimits

sys.path.append(str(Path(__file__).parent))
sys.path.append(str(Path(__file__).parents[1] / "service"))  # its VPWS50 written by hand

from feed_server import FeedServer
from feed_station import START, HandClock, SilentNudge, Station


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


@pytest.fixture
def reader() -> Iterator[HttpxFeedReader]:
    limits = ReaderLimits(
        connect_seconds=2, read_seconds=5, total_seconds=10, feed_bytes=200_000, telegram_bytes=50_000
    )
    reader = HttpxFeedReader(limits)
    yield reader
    reader.close()


@pytest.fixture
def impatient() -> Iterator[HttpxFeedReader]:
    """A reader whose time-outs pass quickly; the tests say that they pass, not when."""
    reader = HttpxFeedReader(ReaderLimits(connect_seconds=0.3, read_seconds=0.3, total_seconds=0.6))
    yield reader
    reader.close()


@pytest.fixture(scope="session")
def pack() -> CityPack:
    return load_pack(bundled("daito"))


@pytest.fixture(scope="session")
def wording() -> Wording:
    return Wording.load()


@pytest.fixture
def services(database: Database, pack: CityPack, wording: Wording) -> Services:
    return Services(
        world=LIVE,
        database=database,
        pack=pack,
        clock=HandClock(START),
        nudge=SilentNudge(),
        sender=NoSender(),
        cipher=AddressCipher(bytes(32)),
        wording=wording,
    )


@pytest.fixture
def station(services: Services, reader: HttpxFeedReader, server: FeedServer) -> Iterator[Station]:
    """Reads only extra.xml and extra_l.xml. In the end it waits for the threads of feeds that took long."""
    yield Station(services, reader, FeedSettings(server.base_url, feeds=("extra",)), services.clock)
    for thread in threading.enumerate():
        if thread.name.startswith("feed_"):
            thread.join()
