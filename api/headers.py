"""Headers as the server takes them: pairs of bytes, encoded once."""

from collections.abc import Mapping

RawHeaders = list[tuple[bytes, bytes]]


def encoded(headers: Mapping[str, str]) -> RawHeaders:
    """The pairs of bytes."""
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
