"""Which web apps of other origins may read the residents' API (the Fetch standard's CORS protocol).

Not the framework's layer: that one refuses in plain text, names no `Vary` where no origin was sent, and would stand
around every read.
"""

from collections.abc import Collection, Mapping

from starlette.types import Message, Scope

from api.headers import RawHeaders

_READ_BY_SCRIPTS = b"ETag, Retry-After, Content-Language, Location, Link, Deprecation, Sunset"
_ASK_AGAIN_AFTER = b"86400"  # seconds a browser may remember a preflight
_PREFLIGHT = [
    (b"access-control-allow-methods", b"GET, HEAD, POST, PUT, PATCH, DELETE"),
    (
        b"access-control-allow-headers",
        b"Authorization, Content-Type, If-None-Match, Idempotency-Key, X-Firebase-AppCheck, Last-Event-ID",
    ),
    (b"access-control-max-age", _ASK_AGAIN_AFTER),
]


class Cors:
    """The origins that the city lets in; no answer depends on cookies, and none is ever asked for."""

    def __init__(self, origins: Collection[str]) -> None:
        self._allowed: Mapping[bytes, RawHeaders] = {
            origin.encode(): [
                (b"access-control-allow-origin", origin.encode()),
                (b"access-control-expose-headers", _READ_BY_SCRIPTS),
            ]
            for origin in origins
        }

    @property
    def on_all(self) -> RawHeaders:
        """What every answer carries: with origins let in, no cache may give one's answer to another."""
        return [(b"vary", b"Origin")] if self._allowed else []

    def granted(self, path: str, origin: bytes | None) -> RawHeaders:
        """What lets a browser show the answer to a page of this origin; nothing for the office's addresses."""
        if origin is None or not path.startswith("/v1/") or "/office/" in path:
            return []
        return self._allowed.get(origin, [])

    def preflight(self, scope: Scope, headers: Mapping[bytes, bytes]) -> Message | None:
        """The answer to a browser that asks what it may send; None if this is no such question, or nobody may."""
        if scope["method"] != "OPTIONS" or b"access-control-request-method" not in headers:
            return None
        if not self.granted(scope["path"], headers.get(b"origin")):
            return None
        return {"type": "http.response.start", "status": 204, "headers": _PREFLIGHT}
