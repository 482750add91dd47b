"""A letter as the JSON of a webhook: the revision, its texts, and where a replay goes on from."""

from typing import Any

import orjson

from alerts.alert import Revision
from alerts.channel.letter import Letter
from alerts.times import JST

_DRILL_STATUS = {True: "Exercise", False: "Actual"}


def event(letter: Letter) -> bytes:
    """The same bytes at every try. `type` is `alert.` with the change, or `channel.test`."""
    revision = letter.revision
    kind = f"alert.{revision.change}" if revision else "channel.test"
    at = revision.created_at if revision else letter.at
    return orjson.dumps({"type": kind, "timestamp": at.astimezone(JST), "data": _data(letter, revision)})


def _data(letter: Letter, revision: Revision | None) -> dict[str, Any]:
    place = letter.place
    named = None if place.districts is None else [{"id": one, "name": name} for one, name in place.districts]
    said = [{"language": one.language, "title": one.title, "body": one.body} for one in letter.said]
    data: dict[str, Any] = {
        "world": letter.world.name,
        "drill": letter.is_drill,
        "status": "Test" if revision is None else _DRILL_STATUS[letter.is_drill],
        "city": place.city,
        "districts": named,
        "texts": said,
        "cursor": letter.cursor,
        "replayed": letter.replayed,
    }
    if revision is None:
        return data
    return data | {
        "alert_id": revision.alert_id,
        "revision": revision.number,
        "change": revision.change,
        "hazard": revision.hazard,
        "code": revision.code,
        "level": revision.level,
        "urgency": letter.urgency,
        "name": revision.name,
        "source": "jma" if revision.telegram_id else "office",
        "issued_at": revision.issued_at.astimezone(JST),
        "expires_at": revision.expires_at.astimezone(JST),
        "telegram": revision.telegram_id,
    }
