"""Looks up elements and texts of a telegram by JMA's usual prefixes; texts always come stripped (jma.md §2.1)."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from typing import cast

from lxml import etree

from alerts.telegram.layout import NAMESPACES

_YEARS = range(1900, 2200)
_CODE = "local-name() = 'Code' and not(local-name(..) = 'IntensityStation')"


def all_of(element: etree._Element, path: str) -> list[etree._Element]:
    """The elements at a path such as `m:Body/m:Warning`, in the order of the telegram."""
    return _query(path)(element)


def coded(element: etree._Element, path: str, at: str, code: str) -> list[etree._Element]:
    """Those elements at a path whose first text at `at` is `code`, found without touching the others."""
    return _query(f"{path}[normalize-space({at}) = $code]")(element, code=code)


def mentions(element: etree._Element, path: str, code: str) -> bool:
    """Whether some Code below a path is `code`, in whatever elements it stands; codes of stations apart."""
    parts = f"{path}[contains(., $code)]"  # most do not, and the whole text is searched faster than its elements
    return bool(_query(f"{parts}/descendant::*[{_CODE}][normalize-space() = $code]")(element, code=code))


def text_of(element: etree._Element, path: str) -> str:
    """The text of the first element at the path, empty where there is none."""
    found = _query(f"({path})[1]")(element)
    return (found[0].text or "").strip() if found else ""


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
    """An aware time in UTC; None for what is absent, has no zone, or is no time of this age.

    In the year 9999 nothing can be reckoned with: neither how long a push is worth sending nor a local time.
    """
    try:
        time = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return time.astimezone(UTC) if time.tzinfo and time.year in _YEARS else None


_Query = Callable[..., list[etree._Element]]


@cache
def _query(path: str) -> _Query:
    """The path, compiled once: `findall` forgets all it compiled after a hundred paths, and takes four times as long.

    Paths stand in the code, never in a telegram, so there are only so many.
    """
    return cast("_Query", etree.XPath(path, namespaces=NAMESPACES))
