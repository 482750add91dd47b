"""Content codings: which one a request takes, and bytes in it (RFC 9110 §12.5.3)."""

import gzip
from collections.abc import Callable, Mapping

import brotli

IDENTITY = "identity"
WORTH_BYTES = 512  # smaller answers fit into one packet as they are
_BROTLI_QUALITY = 9  # of 11: the last steps take ten times as long for two per cent


def _gzipped(body: bytes) -> bytes:
    return gzip.compress(body, 9, mtime=0)


def _brotlied(body: bytes) -> bytes:
    packed: bytes = brotli.compress(body, quality=_BROTLI_QUALITY)
    return packed


PACKERS: Mapping[str, Callable[[bytes], bytes]] = {"br": _brotlied, "gzip": _gzipped}  # the smaller first


def accepted(accept_encoding: str | None) -> str:
    """The best of our codings that a request takes; a plain answer is taken by everybody."""
    weights = dict(_weighed(part) for part in (accept_encoding or "").split(",") if part.strip())
    anything = weights.get("*", 0.0)
    offered = {name: weights.get(name, anything) for name in PACKERS}
    best = max(offered, key=lambda name: offered[name])
    return best if offered[best] > 0 else IDENTITY


def _weighed(part: str) -> tuple[str, float]:
    name, _, parameter = part.strip().lower().partition(";")
    key, _, value = parameter.strip().partition("=")
    try:
        return name.strip(), float(value) if key.strip() == "q" else 1.0
    except ValueError:
        return name.strip(), 0.0
