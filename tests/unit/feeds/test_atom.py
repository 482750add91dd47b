"""The Atom feed as text: what is an entry, and what is no feed at all."""

from datetime import UTC, datetime

import pytest

from alerts.telegram.atom import AtomEntry, BrokenFeedError, parse_feed

DATA = "https://www.data.jma.go.jp/developer/xml/data/"


def feed(*entries: str) -> bytes:
    return f'<feed xmlns="http://www.w3.org/2005/Atom" lang="ja">{"".join(entries)}</feed>'.encode()


def entry(file: str, updated: str = "2026-07-28T09:42:03Z") -> str:
    return (
        f"<entry><title>気象警報・注意報（Ｒ０６）（大雨）</title><id>{DATA}{file}</id><updated>{updated}</updated>"
        f'<link type="application/xml" href="{DATA}{file}"/></entry>'
    )


def test_an_entry_is_its_address_and_its_time_in_utc() -> None:
    parsed = parse_feed(feed(entry("a.xml", "2026-07-28T18:42:03+09:00")))
    assert parsed.entries == (AtomEntry(DATA + "a.xml", datetime(2026, 7, 28, 9, 42, 3, tzinfo=UTC)),)


def test_an_entry_named_twice_counts_once_and_the_order_stays() -> None:
    parsed = parse_feed(feed(entry("a.xml"), entry("b.xml"), entry("a.xml"), entry("c.xml")))
    assert [e.url for e in parsed.entries] == [DATA + "a.xml", DATA + "b.xml", DATA + "c.xml"]


def test_a_fragment_is_no_part_of_the_address() -> None:
    assert parse_feed(feed(entry("a.xml#r1"), entry("a.xml"))).entries[0].url == DATA + "a.xml"
    assert len(parse_feed(feed(entry("a.xml#r1"), entry("a.xml"))).entries) == 1


def test_without_a_link_the_id_is_the_address() -> None:
    assert parse_feed(feed(f"<entry><id>{DATA}a.xml</id></entry>")).entries[0].url == DATA + "a.xml"


@pytest.mark.parametrize("updated", ["", "yesterday", "2026-13-45T00:00:00Z"])
def test_an_unreadable_time_does_not_lose_the_entry(updated: str) -> None:
    assert parse_feed(feed(entry("a.xml", updated))).entries == (AtomEntry(DATA + "a.xml", None),)


def test_an_entry_without_any_address_is_counted_and_the_others_are_read() -> None:
    parsed = parse_feed(feed("<entry><title>x</title></entry>", entry("b.xml")))
    assert parsed.unreadable == 1
    assert [e.url for e in parsed.entries] == [DATA + "b.xml"]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "not well-formed"),
        (b"<html><body>503</body></html>", "not an Atom feed"),
        (feed(entry("a.xml"))[:-20], "not well-formed"),
        (feed(), "no entry"),
        (feed("<entry/>"), "no entry"),
        (b'<?xml version="1.0" encoding="klingon"?>' + feed(entry("a.xml")), "not well-formed"),
        (b'<!DOCTYPE feed [<!ENTITY a "b">]>' + feed(entry("a.xml")), "document type"),
    ],
)
def test_what_is_not_a_whole_feed_with_entries_is_refused(raw: bytes, why: str) -> None:
    with pytest.raises(BrokenFeedError, match=why):
        parse_feed(raw)


def test_an_entity_is_never_read_from_a_file(tmp_path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a.xml")
    dtd = f'<!DOCTYPE feed [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'.encode()
    raw = dtd + feed(f"<entry><id>{DATA}&s;</id></entry>")
    with pytest.raises(BrokenFeedError, match="document type"):
        parse_feed(raw)
