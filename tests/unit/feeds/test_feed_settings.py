"""Addresses: what is on the feeds' own server."""

import pytest

from alerts.service.feeds import FeedSettings

SETTINGS = FeedSettings("https://www.data.jma.go.jp/developer/xml/feed/")


def test_every_short_feed_has_a_long_one() -> None:
    assert SETTINGS.names == ("extra", "eqvol", "regular", "extra_l", "eqvol_l", "regular_l")
    assert SETTINGS.url("extra_l") == "https://www.data.jma.go.jp/developer/xml/feed/extra_l.xml"


def test_a_telegram_on_the_same_server_is_our_own() -> None:
    assert SETTINGS.is_own("https://www.data.jma.go.jp/developer/xml/data/20260728094203_0_VPWW55_160000.xml")


@pytest.mark.parametrize(
    "url",
    [
        "http://www.data.jma.go.jp/developer/xml/data/a.xml",
        "https://www.data.jma.go.jp:444/a.xml",
        "https://www.data.jma.go.jp.example.com/a.xml",
        "https://www.data.jma.go.jp@127.0.0.1/a.xml",
        "https://user@www.data.jma.go.jp/a.xml",
        "https://mican3.github.io/jmaxml_test/vtse41/38-39_03_01_210805_VTSE41.xml",
        "http://169.254.169.254/latest/meta-data",
        "//www.data.jma.go.jp/a.xml",
        "file:///etc/passwd",
        "https://[/a.xml",
        "a.xml",
        "",
    ],
)
def test_nothing_else_is_ever_fetched(url: str) -> None:
    assert not SETTINGS.is_own(url)
