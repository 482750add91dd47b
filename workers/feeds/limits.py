"""How long and how much a feed server may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReaderLimits:
    """Time in seconds, sizes in bytes after decompression.

    `total_seconds` holds for a whole request, from the look-up of the name to the last byte: a server that drips one
    byte now and then is as dead as one that is silent (R9).
    """

    connect_seconds: float = 5.0
    read_seconds: float = 8.0
    total_seconds: float = 15.0
    feed_bytes: int = 32 * 1024 * 1024  # regular_l.xml has about 5 MB
    telegram_bytes: int = 8 * 1024 * 1024  # the largest telegrams have 6 MB
