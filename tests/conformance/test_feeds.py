"""The real feeds that other projects recorded, read as the service reads them (../shared/feeds/SOURCES.md)."""

from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from alerts.city.pack import bundled, load_pack
from alerts.service.feeds import FeedSettings
from alerts.service.feeds.wanted import wanted
from alerts.telegram.atom import AtomFeed, parse_feed
from alerts.telegram.catalogue import type_in_name

FEEDS = Path(__file__).parents[3] / "shared" / "feeds"
JMA = FeedSettings("https://www.data.jma.go.jp/developer/xml/feed/")

LONG_QUAKES, LONG_EXTRA = "kwaka_20260728/eqvol_l.xml", "kwaka_20260728/extra_l_head.xml"
SHORT_EXTRA, HAND_MADE = "PAWAN1631_20240725/extra_20240725.xml", "mican3_202403/eqvol.xml"

if not FEEDS.is_dir():
    pytest.skip("../shared/feeds is not here: the real feeds are not tested", allow_module_level=True)


def read(name: str) -> AtomFeed:
    return parse_feed((FEEDS / name).read_bytes())


def names(feed: AtomFeed) -> list[str]:
    return [urlsplit(entry.url).path.rsplit("/", 1)[-1] for entry in feed.entries]


@pytest.mark.parametrize(("name", "count"), [(LONG_QUAKES, 573), (LONG_EXTRA, 31), (SHORT_EXTRA, 350), (HAND_MADE, 42)])
def test_every_entry_is_read_with_its_address_and_its_time(name: str, count: int) -> None:
    feed = read(name)
    assert len(feed.entries) == count
    assert feed.unreadable == 0
    assert all(entry.updated for entry in feed.entries)
    assert all(type_in_name(name) for name in names(feed))


@pytest.mark.parametrize("name", [LONG_QUAKES, LONG_EXTRA, SHORT_EXTRA])
def test_every_telegram_of_jma_is_on_the_feeds_own_server(name: str) -> None:
    assert all(JMA.is_own(entry.url) for entry in read(name).entries)


def test_every_entry_of_the_hand_made_feed_points_elsewhere_and_is_refused() -> None:
    assert not any(JMA.is_own(entry.url) for entry in read(HAND_MADE).entries)


def test_a_real_feed_is_not_in_the_order_of_the_file_stamps() -> None:
    """Tornado entries stand below others that came before them, so that a cursor of time would lose them."""
    stamps = [name[:14] for name in names(read(LONG_EXTRA))]
    assert stamps != sorted(stamps, reverse=True)


def test_of_a_week_of_quakes_and_volcanoes_all_that_is_not_ignored_is_fetched() -> None:
    files = names(read(LONG_QUAKES))
    city = load_pack(bundled("daito")).codes
    fetched = Counter(type_in_name(file) for file in files if wanted(file, city))
    assert fetched == {
        "VFVO53": 400,
        "VFVO55": 1,
        "VTSE41": 2,
        "VTSE51": 1,
        "VXSE51": 17,
        "VXSE52": 4,
        "VXSE53": 72,
        "VXSE62": 3,
    }


def test_of_a_storm_elsewhere_only_what_concerns_osaka_or_no_office_is_fetched() -> None:
    city = load_pack(bundled("daito")).codes
    assert [type_in_name(file) for file in names(read(LONG_EXTRA)) if wanted(file, city)] == ["VPTW60"]


def test_of_a_storm_in_toyama_toyama_fetches_its_own_new_telegrams_and_no_copies() -> None:
    codes = load_pack(bundled("daito")).codes
    toyama = type(codes)(**{field: getattr(codes, field) for field in codes.__slots__} | {"office": "160000"})
    types = Counter(type_in_name(file) for file in names(read(LONG_EXTRA)) if wanted(file, toyama))
    assert types == {"VPWW55": 2, "VPWW56": 2, "VPFJ51": 1, "VPTW60": 1}
