"""Whom the second channel trusts: the usual authorities, and one that the city runs itself."""

import ssl
from functools import cache
from pathlib import Path

import certifi


@cache
def trusting(ca: Path | None) -> ssl.SSLContext:
    """A client's context that checks certificates and names. Raises `ValueError` for a file that is no authority."""
    context = ssl.create_default_context(cafile=certifi.where())
    if ca is not None:
        try:
            context.load_verify_locations(ca)
        except (OSError, ssl.SSLError) as error:
            raise ValueError(f"BOSAI_CHANNEL_CA={ca} is no certificate authority: {error}") from error
    return context
