"""One place in the form that changes many: the version that was shown, the hazards that were warned of, the place."""

from dataclasses import dataclass

from alerts.service.refuge import RefugePlace
from alerts.shelter.site import SITE_HAZARDS
from api.office.passes.said import number

_NONE = "-"


@dataclass(frozen=True, slots=True)
class Ticked:
    """A place that the officer wants changed; `despite` is what it is not designated for, as he was told."""

    facility: str
    seen: int
    despite: tuple[str, ...]


def value_of(place: RefugePlace) -> str:
    """As it stands in the form."""
    return f"{place.seen} {','.join(place.lacks) or _NONE} {place.facility}"


def ticked(text: str) -> Ticked | None:
    """What a field says; None for what is none of ours."""
    seen, _, rest = text.partition(" ")
    lacks, _, facility = rest.partition(" ")
    version = number(seen)
    if version is None or not facility:
        return None
    return Ticked(facility, version, tuple(each for each in lacks.split(",") if each in SITE_HAZARDS))
