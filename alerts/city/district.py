"""Districts and the groups they belong to, each layer with its provenance (city.md §0-1)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Provenance(StrEnum):
    """How well a layer is known. Whatever it is, it orders the telling and lowers nobody's urgency (design.md §4)."""

    OFFICIAL = "official"
    DERIVED = "derived"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class District:
    """One town block (町丁目), the unit that an address gives."""

    id: str  # slug, e.g. 99201-chuo-1
    name: str
    kana: str  # empty where the list of towns has none: then no address in kana finds it
    name_en: str
    postal_code: str
    latitude: float  # representative point, JGD2011 degrees
    longitude: float


@dataclass(frozen=True, slots=True)
class Layer:
    """One way to group districts: elementary districts, junior-high districts, hazard zones."""

    id: str  # elementary, junior_high, hazard_zone
    name: str
    name_en: str
    provenance: Provenance
    source: str  # id of a `Source` of the pack
    valid_from: date | None = None
    valid_to: date | None = None  # the last day; None while it is in use


@dataclass(frozen=True, slots=True)
class Group:
    """A named set of districts within a layer, e.g. the foothill zone or 住道中学校区."""

    id: str  # layer:slug, e.g. hazard_zone:foothill
    layer: str
    name: str
    name_en: str
    districts: tuple[str, ...]
    sourced: tuple[str, ...] = ()  # members taken from a published list, whatever the provenance of the whole layer
