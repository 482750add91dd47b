"""Addresses that will go: told in the headers of each answer (RFC 9745, RFC 8594) and in the OpenAPI document."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from starlette.routing import compile_path

from api.headers import RawHeaders


@dataclass(frozen=True, slots=True)
class Deprecation:
    """One address: since when it is not to be built on, when it goes, and what takes its place."""

    since: datetime
    sunset: datetime
    successor: str  # an address of this API

    @property
    def headers(self) -> RawHeaders:
        """Deprecation, Sunset and Link."""
        sunset = format_datetime(self.sunset.astimezone(UTC), usegmt=True)
        return [
            (b"deprecation", f"@{int(self.since.timestamp())}".encode()),
            (b"sunset", sunset.encode()),
            (b"link", f'<{self.successor}>; rel="successor-version"'.encode()),
        ]


Deprecations = Mapping[str, Deprecation]  # by path as OpenAPI writes it: /v1/alerts/{alert_id}

DEPRECATED: Deprecations = {}
"""None today. An address stays here for at least a year: phones that nobody updates go on asking (docs/api.md)."""


class Deprecated:
    """Finds what is to be said of an address."""

    def __init__(self, table: Deprecations) -> None:
        self._table = table
        self._patterns = [(compile_path(path)[0], entry.headers) for path, entry in table.items()]

    def headers(self, path: str) -> RawHeaders:
        """The headers of an address; none for one that stays."""
        return next((headers for pattern, headers in self._patterns if pattern.match(path)), [])

    def mark(self, document: dict[str, Any]) -> None:
        """Marks the operations in an OpenAPI document."""
        for path in self._table.keys() & document["paths"].keys():
            for operation in document["paths"][path].values():
                operation["deprecated"] = True
