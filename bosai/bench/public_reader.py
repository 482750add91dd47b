"""A public reader beside ours: `jmaxml` of PyPI, the one SDK for these telegrams there, where it is installed.

It knows earthquakes and, by an older layout, tsunami and warnings; of every other type it takes Control and Head alone.
It reads no kind of hazard, no code of a place and no level, so only telegrams whose body gives it anything count.
"""

from collections.abc import Callable
from importlib import import_module

NAME = "jmaxml"

_OF_THE_BODY = ("areas", "warnings", "epicenter", "max_intensity", "warning_level")

PublicReader = Callable[[bytes], object]


def public_reader() -> PublicReader | None:
    """Its `parse`, or None if it is not installed: it is no dependency of the service."""
    try:
        parse: PublicReader = import_module("jmaxml.parser").parse
    except ImportError:
        return None
    return parse


def takes_anything(parse: PublicReader, raw: bytes) -> bool:
    """Whether it finds anything in the body of this telegram; False also where it fails, however it does."""
    try:
        report = parse(raw)
    except Exception:  # noqa: BLE001 - what is outside may raise anything
        return False
    return any(getattr(report, name, None) for name in _OF_THE_BODY)
