"""Who a posted message is for, and which push it is; bodies that differ only in the token are parsed once."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import orjson

_TOKEN = b'"token":"'
_TEMPLATES_KEPT = 256
_ESCAPE = b"\\"


class Posted(NamedTuple):
    """What of a message decides its answer."""

    device: str  # token or installation id
    revision: str  # `tag#revision`: what makes two messages to one phone the same push


class MessageReader:
    """Reads the bodies of `messages:send`.

    A sender encodes a text once and puts each token in. What stands around a token and was read once says the same
    around every other one, as long as the token has no escapes.
    """

    def __init__(self) -> None:
        self._revisions: dict[tuple[bytes, bytes], str] = {}  # by what stands before and after the token

    def read(self, body: bytes) -> Posted | None:
        """None for what is no message to one device."""
        start = body.find(_TOKEN) + len(_TOKEN)
        end = body.find(b'"', start)
        token = body[start:end]
        around = body[:start], body[end:]
        revision = self._revisions.get(around)
        if revision is not None and token and _ESCAPE not in token and token.isascii():
            return Posted(token.decode(), revision)
        message = message_of(body)
        device = message and (message.get("token") or message.get("fid"))
        if message is None or not isinstance(device, str):
            return None
        posted = Posted(device, _revision_of(message))
        if token and message.get("token") == token.decode(errors="replace") and body.count(_TOKEN) == 1:
            self._remember(around, posted.revision)
        return posted

    def _remember(self, around: tuple[bytes, bytes], revision: str) -> None:
        if len(self._revisions) >= _TEMPLATES_KEPT:
            self._revisions.clear()
        self._revisions[around] = revision


def message_of(body: bytes) -> dict[str, Any] | None:
    """The message of a body; None if there is none."""
    try:
        message = orjson.loads(body)["message"]
    except (orjson.JSONDecodeError, KeyError, TypeError, IndexError):
        return None
    return message if isinstance(message, dict) else None


def _revision_of(message: Mapping[str, Any]) -> str:
    tag = _at(message, "android", "notification", "tag") or _at(message, "apns", "headers", "apns-collapse-id")
    return f"{tag or '-'}#{_at(message, 'data', 'revision') or '-'}"


def _at(document: object, *path: str) -> object:
    for name in path:
        document = document.get(name) if isinstance(document, Mapping) else None
    return document
