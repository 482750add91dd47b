"""Answers made once and sent many times: bytes, a strong ETag, and the headers that go with them."""

import hashlib
from dataclasses import dataclass

from fastapi import Request, Response
from pydantic import BaseModel

JSON = "application/json"
GEOJSON = "application/geo+json"
CSV = "text/csv"


@dataclass(frozen=True, slots=True)
class Caching:
    """How long a copy may be used: unasked, and when we cannot be reached."""

    max_age_seconds: int
    keep_if_error_seconds: int = 86_400

    @property
    def header(self) -> str:
        """The Cache-Control header."""
        return f"public, max-age={self.max_age_seconds}, stale-if-error={self.keep_if_error_seconds}"


SHORT = Caching(max_age_seconds=5)  # what may change in a storm
LONG = Caching(max_age_seconds=3_600)  # what changes with a new city pack


class Prepared:
    """One answer, ready to be sent."""

    def __init__(self, body: bytes, *, media_type: str, language: str | None, caching: Caching) -> None:
        """`language` is None where the answer is the same in all languages."""
        self.body = body
        self.etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {"ETag": self.etag, "Cache-Control": caching.header}
        if language is not None:
            headers |= {"Content-Language": language, "Vary": "Accept-Language"}
        self._unchanged = Response(status_code=304, headers=headers).raw_headers
        self._whole = Response(body, headers=headers, media_type=media_type).raw_headers

    def answer(self, request: Request) -> Response:
        """200 with the bytes, or 304 if the client holds them already."""
        if _holds(request.headers.get("if-none-match"), self.etag):
            return _Ready(304, b"", self._unchanged)
        return _Ready(200, self.body, self._whole)


class _Ready(Response):
    """A response whose headers are encoded already."""

    def __init__(self, status: int, body: bytes, raw_headers: list[tuple[bytes, bytes]]) -> None:
        self.status_code = status
        self.body = body
        self.raw_headers = raw_headers
        self.background = None


def prepare(answer: BaseModel, *, language: str | None, caching: Caching, media_type: str = JSON) -> Prepared:
    """Serialises an answer, once."""
    body = answer.model_dump_json(exclude_none=False, by_alias=True).encode()
    return Prepared(body, media_type=media_type, language=language, caching=caching)


def _holds(if_none_match: str | None, etag: str) -> bool:
    """Weak comparison, as RFC 9110 §13.1.2 asks for If-None-Match."""
    if not if_none_match:
        return False
    held = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return etag in held or "*" in held
