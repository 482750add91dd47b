"""Answers made once and sent many times: bytes in each coding, strong ETags, and the headers that go with them."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fastapi import Request, Response
from pydantic import BaseModel

from api.codings import IDENTITY, PACKERS, WORTH_BYTES, accepted
from api.headers import RawHeaders

JSON = "application/json"
GEOJSON = "application/geo+json"
CSV = "text/csv"
GZIP = "application/gzip"
HTML = "text/html; charset=utf-8"
_PACKED_ALREADY = frozenset({GZIP})
KEEP = "bosai.keep"
"""In a request's scope: who wants to know which variant was the answer (`api.residents.hot`)."""


@dataclass(frozen=True, slots=True)
class Caching:
    """How long a copy may be used: unasked, and when we cannot be reached."""

    max_age_seconds: int
    keep_if_error_seconds: int = 86_400

    @property
    def header(self) -> str:
        """The Cache-Control header."""
        if not self.max_age_seconds:
            return "no-store"
        return f"public, max-age={self.max_age_seconds}, stale-if-error={self.keep_if_error_seconds}"


SHORT = Caching(max_age_seconds=5)  # what may change in a storm
LONG = Caching(max_age_seconds=3_600)  # what changes with a new city pack
UNKEPT = Caching(max_age_seconds=0)  # what is only for who asked: nobody gets the same bytes


@dataclass(frozen=True, slots=True)
class Variant:
    """An answer in one coding, as the server takes it: its own ETag, since its bytes are its own (RFC 9110 §8.8.3)."""

    etag: bytes
    body: bytes
    whole: RawHeaders
    unchanged: RawHeaders

    def is_held_by(self, if_none_match: bytes) -> bool:
        """Whether a client has it already; weak comparison, as RFC 9110 §13.1.2 asks for."""
        if if_none_match == self.etag:
            return True
        held = {tag.strip().removeprefix(b"W/") for tag in if_none_match.split(b",")}
        return self.etag in held or b"*" in held


class Prepared:
    """One answer, ready to be sent."""

    def __init__(
        self, body: bytes, *, media_type: str, language: str | None, caching: Caching, link: str | None = None
    ) -> None:
        """`language` has all that the texts are in, with commas; None where the answer is the same in all languages.

        `link` is for what a body without room for it would say (RFC 8288).
        """
        self.body = body
        self._mark = hashlib.sha256(body).hexdigest()[:32]
        self._media_type = media_type
        self._is_kept = caching is not UNKEPT
        self._common = {"Cache-Control": caching.header} | ({"Link": link} if link else {})
        if language is None:
            self._common |= {"Vary": "Accept-Encoding"}
        else:
            self._common |= {"Content-Language": language, "Vary": "Accept-Language, Accept-Encoding"}
        self._variants: dict[str, Variant] = {}

    def variant(self, coding: str) -> Variant:
        """The answer in a coding; packed when it is first asked for, and kept."""
        if coding not in self._variants:
            self._variants[coding] = self._packed(coding)
        return self._variants[coding]

    def answer(self, request: Request) -> Response:
        """200 with the bytes, or 304 if the client holds them already."""
        variant = self.variant(accepted(request.headers.get("accept-encoding")))
        keep: Callable[[Variant], None] | None = request.scope.get(KEEP)
        if keep is not None and self._is_kept:
            keep(variant)
        if variant.is_held_by(request.headers.get("if-none-match", "").encode("latin-1")):
            return _Ready(304, b"", variant.unchanged)
        return _Ready(200, variant.body, variant.whole)

    def _packed(self, coding: str) -> Variant:
        is_worth_it = len(self.body) >= WORTH_BYTES and self._media_type not in _PACKED_ALREADY
        body = PACKERS[coding](self.body) if coding != IDENTITY and is_worth_it else self.body
        is_packed = len(body) < len(self.body)
        etag = f'"{self._mark}-{coding}"' if is_packed else f'"{self._mark}"'
        headers = self._common | {"ETag": etag}
        coded: Mapping[str, str] = {"Content-Encoding": coding} if is_packed else {}
        whole = Response(body, headers={**headers, **coded}, media_type=self._media_type)
        return Variant(etag.encode(), body, whole.raw_headers, Response(status_code=304, headers=headers).raw_headers)


class _Ready(Response):
    """A response whose headers are encoded already."""

    def __init__(self, status: int, body: bytes, raw_headers: RawHeaders) -> None:
        self.status_code = status
        self.body = body
        self.raw_headers = raw_headers
        self.background = None


def prepare(answer: BaseModel, *, language: str | None, caching: Caching, media_type: str = JSON) -> Prepared:
    """Serialises an answer, once."""
    body = answer.model_dump_json(exclude_none=False, by_alias=True).encode()
    return Prepared(body, media_type=media_type, language=language, caching=caching)
