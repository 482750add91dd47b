"""What an officer says about a new city, and how its files are opened."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO, Protocol

from alerts.city.making.material import Feature


class Reader(Protocol):
    """Opens the officer's files, however large, a piece at a time."""

    def features(self, path: Path) -> Iterator[Feature]:
        """The shapes of a map file. Raises `MaterialError`."""
        ...

    def open(self, path: Path) -> AbstractContextManager[BinaryIO]:
        """A file's bytes. Raises `MaterialError`."""
        ...


@dataclass(frozen=True, slots=True)
class Order:
    """The city's names, and where the files are."""

    name: str
    prefecture: str
    day: date  # when the files were downloaded: the edition that the sources name
    boundary: Path
    towns: Path
    jma_areas: Path
    quake_areas: Path
    tsunami_areas: Path
    jma_area: str  # the municipality's name in JMA's table, where it is another
    tsunami_region: str
    rivers: Path | None = None
    postal: Path | None = None
    schools: Mapping[str, Path] = field(default_factory=dict)  # by level: elementary, junior_high
    sites: tuple[Path, ...] = ()
