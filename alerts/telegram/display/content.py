"""What a display telegram says of the city, as typed values, and the plain JSON that the store keeps of them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from types import NoneType
from typing import Any

from lxml import etree

from alerts.city.codes import CityCodes
from alerts.telegram.envelope import Envelope

_LEAVES = (str, int, float, NoneType)  # most of what there is, so they are asked for first


class DisplayKind(StrEnum):
    """Where the app shows it. A `notice` is for operators alone."""

    FORECAST = "forecast"
    OUTLOOK = "outlook"
    TIMELINE = "timeline"
    TYPHOON = "typhoon"
    STORM_PROBABILITY = "storm_probability"
    BULLETIN = "bulletin"
    EARTHQUAKE = "earthquake"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Telegram:
    """What a family reads from: the whole telegram, and the city it is read for."""

    root: etree._Element
    envelope: Envelope
    city: CityCodes


@dataclass(frozen=True, slots=True)
class Content:
    """The base of what the families read."""

    @property
    def ends(self) -> datetime | None:
        """When the last period it speaks of is over; None if it speaks of none."""
        return None


@dataclass(frozen=True, slots=True)
class Display:
    """One telegram, or its withdrawal, as the app shows it.

    `key` is the kind and the chain of telegrams that replace each other. `content` is plain JSON, times RFC 3339; it
    is None where there is nothing to show: the telegram does not concern the city, or withdraws what was said.
    """

    kind: DisplayKind
    key: str
    title: str
    headline: str | None
    valid_until: datetime  # not shown any more from then on
    content: Mapping[str, Any] | None


def json_of(content: Content) -> dict[str, Any]:
    """The content as a JSON object: tuples as lists, times as RFC 3339 text."""
    return {each.name: _plain(getattr(content, each.name)) for each in fields(content)}


def _plain(value: object) -> object:
    if isinstance(value, _LEAVES):
        return value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return value.isoformat() if isinstance(value, datetime) else value
