"""What a client may ask of a collection's items; what it may not is refused by name (OGC 17-069r4 §7.15)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.boxes import EXAMPLE, is_on_earth, numbers_of
from api.problems import FieldError, ProblemError

DEFAULT_LIMIT, MOST = 100, 1000
_INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
_DATETIME = re.compile(rf"{_INSTANT}|({_INSTANT}|\.\.)?/({_INSTANT}|\.\.)?", re.IGNORECASE)
_FLAT, _SOLID = 4, 6  # numbers of a box without and with heights
_FORMATS = frozenset({"json", "geojson"})
Box = tuple[float, float, float, float]
"""West, south, east, north; west is greater than east where it crosses the date line."""


@dataclass(frozen=True, slots=True)
class ItemsQuery:
    """One page of a collection: what lies in `box`, behind the id `after`, at most `limit`."""

    limit: int
    box: Box | None
    after: str | None
    given: tuple[tuple[str, str], ...]  # what was asked but for the page, for the link to the next one


def items_query(asked: Mapping[str, str]) -> ItemsQuery:
    """Reads the parameters; raises `ProblemError` 400 for one that is unknown or cannot be read.

    `datetime` is read and chooses everything: no feature here has a time of its own.
    """
    only(asked, "limit", "bbox", "datetime", "after", "f")
    if "datetime" in asked and not _DATETIME.fullmatch(asked["datetime"]):
        raise wrong("datetime", "A time or two with / between are expected, like 2026-11-23T00:00:00Z/..")
    given = tuple((name, value) for name, value in asked.items() if name != "after")
    box = _box(asked["bbox"]) if "bbox" in asked else None
    return ItemsQuery(_limit(asked.get("limit")), box, asked.get("after"), given)


def only(asked: Mapping[str, str], *known: str) -> None:
    """Refuses a parameter that the address does not know, and another format than JSON."""
    for name in asked:
        if name not in known:
            raise wrong(name, f"is not known here; expected: {', '.join(known)}")
    if asked.get("f", "json") not in _FORMATS:
        raise wrong("f", "There is JSON only: f=json")


def wrong(name: str, message: str) -> ProblemError:
    """The refusal of one parameter."""
    error = FieldError(field=f"query.{name}", message=message)
    return ProblemError("malformed-request", f"{name}: {message}", errors=(error,))


def _limit(text: str | None) -> int:
    if text is None:
        return DEFAULT_LIMIT
    if not (text.isascii() and text.isdigit() and int(text[:10]) > 0):
        raise wrong("limit", f"A whole number from 1 is expected; more than {MOST} gives {MOST}")
    return min(int(text[:10]), MOST)


def _box(text: str) -> Box:
    """Heights are left out: the features have none."""
    numbers = numbers_of(text)
    if numbers is None or len(numbers) not in {_FLAT, _SOLID}:
        raise wrong("bbox", f"Four numbers are expected: {EXAMPLE}")
    half = len(numbers) // 2
    (west, south), (east, north) = numbers[:2], numbers[half : half + 2]
    if not is_on_earth(south, north):
        raise wrong("bbox", f"South must not be greater than north, and both be latitudes: {EXAMPLE}")
    return west, south, east, north


def parameters() -> list[dict[str, Any]]:
    """The same for the OpenAPI document."""
    return [
        _parameter("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_LIMIT}),
        _parameter("bbox", {"type": "array", "items": {"type": "number"}, "minItems": _FLAT, "maxItems": _SOLID}),
        _parameter("datetime", {"type": "string"}),
        _parameter("after", {"type": "string"}),
        format_parameter(),
    ]


def format_parameter() -> dict[str, Any]:
    """`f`, which every address takes."""
    return _parameter("f", {"type": "string", "enum": sorted(_FORMATS)})


def _parameter(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "style": "form", "explode": False, "schema": schema}
