"""Times as this API prints them: RFC 3339 with +09:00 (conventions.md, HTTP)."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, PlainSerializer, WithJsonSchema

from alerts.times import JST


def rfc3339(moment: datetime) -> str:
    """The moment in Japan's time, to the second: 2026-11-23T10:48:00+09:00."""
    return moment.astimezone(JST).isoformat(timespec="seconds")


JapanTime = Annotated[
    datetime,
    PlainSerializer(rfc3339, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-11-23T10:48:00+09:00"]}),
]


def _in_the_calendar(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("this time is in no year that can be counted") from None


Moment = Annotated[AwareDatetime, AfterValidator(_in_the_calendar)]
"""A time that is sent to us, with its offset; in UTC."""
