"""What a new city is made from: features of map files, towns, memberships; and what is said when a file is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shapely.geometry.base import BaseGeometry

from alerts.city.geojson_file import Geometry


class MaterialError(ValueError):
    """A file that cannot be used: which one, which row, what is wrong and what to do."""

    def __init__(self, file: str, row: int | None, message: str) -> None:
        """`row` counts from 1, in a table with the header, on a map the features; None for the file as a whole."""
        super().__init__(f"{file}: row {row}: {message}" if row else f"{file}: {message}")


@dataclass(frozen=True, slots=True)
class Feature:
    """One shape of a map file with its attributes."""

    file: str
    row: int
    properties: dict[str, Any]
    geometry: Geometry

    def text(self, *names: str) -> str:
        """The first attribute of these names that is there and not empty."""
        found = (str(self.properties[name]).strip() for name in names if self.properties.get(name) is not None)
        return next(filter(None, found), "")

    def fault(self, message: str) -> MaterialError:
        """An error at this feature."""
        return MaterialError(self.file, self.row, message)


@dataclass(frozen=True, slots=True)
class Outline:
    """The city's area, and the municipal codes within it: its own, or those of its wards (区) with names.

    A ward's name begins its towns' names, as addresses have it: the same town name stands in several wards.
    """

    shape: BaseGeometry
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Town:
    """A town block before it becomes a district; `shape` is None where only a point is known."""

    id: str
    name: str
    kana: str
    name_en: str
    postal_code: str
    latitude: float
    longitude: float
    shape: BaseGeometry | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where material comes from, as `sources.toml` tells it."""

    title: str
    licence: str
    credit: str
    derived: str = ""
    caution: str = ""


@dataclass(frozen=True, slots=True)
class Towns:
    """All towns of the city, and whence."""

    towns: tuple[Town, ...]
    origin: Origin
    notes: tuple[str, ...] = ()  # what a person should look at


@dataclass(frozen=True, slots=True)
class Membership:
    """A town in a school's district."""

    school: str  # slug
    town: str
    is_sourced: bool  # taken from a published list, not computed
    note: str = ""


@dataclass(frozen=True, slots=True)
class Schools:
    """One level of schools: their districts' names by slug, and who belongs to them."""

    names: dict[str, str]
    members: tuple[Membership, ...]
    provenance: str
    origin: Origin
    notes: tuple[str, ...] = field(default=())
