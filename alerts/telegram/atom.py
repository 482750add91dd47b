"""JMA's Atom feeds: which telegrams there are, and where (jma.md §1.2)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urldefrag

from lxml import etree

_ATOM = "{http://www.w3.org/2005/Atom}"
_MAX_REASON = 200


class BrokenFeedError(ValueError):
    """The bytes are no feed of telegrams; the message is one sentence for an operator."""


@dataclass(frozen=True, slots=True)
class AtomEntry:
    """One announced telegram. Its address is its identity: JMA uses it as the entry's id too (jma.md §1.3)."""

    url: str  # without fragment
    updated: datetime | None  # Control/DateTime in UTC; None if unreadable


@dataclass(frozen=True, slots=True)
class AtomFeed:
    """The entries of a feed, each address once, in the order of the file. Nothing may be concluded from that order."""

    entries: tuple[AtomEntry, ...]
    unreadable: int = 0  # entries without any address


def parse_feed(raw: bytes) -> AtomFeed:
    """Reads a feed without resolving anything it names: no entities, no DTD, no network.

    Raises `BrokenFeedError` for what is not whole, not Atom, or has no entry: a feed that says nothing is not believed.
    """
    nodes = _root(raw).findall(f"{_ATOM}entry")
    entries = [entry for node in nodes if (entry := _entry(node)) is not None]
    if not entries:
        raise BrokenFeedError("the feed has no entry that names a telegram")
    once: dict[str, AtomEntry] = {}
    for entry in entries:
        once.setdefault(entry.url, entry)
    return AtomFeed(tuple(once.values()), unreadable=len(nodes) - len(entries))


def _root(raw: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise BrokenFeedError(f"the feed is not well-formed XML: {str(error)[:_MAX_REASON]}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise BrokenFeedError("the feed has a document type declaration, which no feed of JMA has")
    if root.tag != f"{_ATOM}feed":
        raise BrokenFeedError(f"the document is {str(root.tag)[:_MAX_REASON]}, not an Atom feed")
    return root


def _entry(node: etree._Element) -> AtomEntry | None:
    link = node.find(f"{_ATOM}link")
    href = link.get("href") if link is not None else None
    url = urldefrag((href or node.findtext(f"{_ATOM}id") or "").strip()).url
    return AtomEntry(url, _time(node.findtext(f"{_ATOM}updated"))) if url else None


def _time(text: str | None) -> datetime | None:
    try:
        time = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
