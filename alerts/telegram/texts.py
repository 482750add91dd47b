"""Looks up elements and texts of a telegram by JMA's usual prefixes; texts always come stripped (jma.md §2.1)."""

from collections.abc import Iterator
from datetime import UTC, datetime

from lxml import etree

from alerts.telegram.layout import NAMESPACES


def all_of(element: etree._Element, path: str) -> list[etree._Element]:
    """The elements at a path such as `m:Body/m:Warning`, in the order of the telegram."""
    return element.findall(path, NAMESPACES)


def text_of(element: etree._Element, path: str) -> str:
    """The text of the first element at the path, empty where there is none."""
    return (element.findtext(path, namespaces=NAMESPACES) or "").strip()


def texts_of(element: etree._Element, path: str) -> Iterator[str]:
    """The texts of all elements at the path, without empty ones."""
    for each in all_of(element, path):
        if text := (each.text or "").strip():
            yield text


def lines_of(text: str | None) -> Iterator[str]:
    """The lines of a longer text, without indentation and empty ones."""
    for line in (text or "").splitlines():
        if stripped := line.strip():
            yield stripped


def time_of(text: str | None) -> datetime | None:
    """An aware time in UTC; None for what is absent, has no zone or is no time."""
    try:
        time = datetime.fromisoformat(text or "")
        return time.astimezone(UTC) if time.tzinfo else None
    except (ValueError, OverflowError):
        return None
