"""The rows of one bundle and what names them: a digest of all, and a version that knows each section (decision 23)."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from functools import cached_property

Rows = Mapping[str, str]
"""By key: JSON on one line. A key is `section/name`, in ASCII."""

SECTIONS = ("about", "districts", "groups", "openings", "phrases", "shapes", "sites", "situation")
_DIGEST_BYTES = 6  # of a section in a version: eight characters. They choose what is sent; all rows prove it
_DIGITS = 8
VERSION_PATTERN = rf"^[A-Za-z0-9_-]{{{_DIGITS * len(SECTIONS)}}}$"


class Edition:
    """All rows of one moment."""

    def __init__(self, sections: Mapping[str, Rows]) -> None:
        self.sections = {name: dict(sections[name]) for name in SECTIONS}

    @cached_property
    def body(self) -> bytes:
        """Every row on a line of its own, in the order of the keys."""
        return b"".join(_line(key, text) for name in SECTIONS for key, text in sorted(self.sections[name].items()))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the body: what a phone must have in the end, whichever way it came by it."""
        return hashlib.sha256(self.body).hexdigest()

    @cached_property
    def digests(self) -> dict[str, str]:
        """A short digest of each section."""
        return {name: _short(self.sections[name]) for name in SECTIONS}

    @property
    def version(self) -> str:
        """Equal for equal rows, in every process and after every start."""
        return "".join(self.digests[name] for name in SECTIONS)


def digests_in(version: str) -> dict[str, str]:
    """The digests of the sections that a version names."""
    return {name: version[place * _DIGITS : (place + 1) * _DIGITS] for place, name in enumerate(SECTIONS)}


def lines(rows: Rows, keys: Iterable[str]) -> bytes:
    """These rows as lines; a key that has no row any more stands alone, and takes away what a phone has under it."""
    return b"".join(_line(key, rows.get(key)) for key in sorted(keys))


def whole_section(name: str, rows: Rows) -> bytes:
    """A line that takes away all that a phone has of the section, then its rows."""
    return _line(f"{name}/", None) + lines(rows, rows)


def _line(key: str, text: str | None) -> bytes:
    return f"{key}\n".encode() if text is None else f"{key}\t{text}\n".encode()


def _short(rows: Rows) -> str:
    raw = hashlib.sha256(lines(rows, rows)).digest()[:_DIGEST_BYTES]
    return base64.urlsafe_b64encode(raw).decode()
