"""Which places the page shows: those of a district, fit for a hazard, in a state; the choice stands in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from alerts.service.refuge import RefugePlace
from alerts.shelter.opening import OpeningState
from alerts.shelter.site import SITE_HAZARDS, SiteKind

FIT_NOW = "now"
TAKING_IN = "taking_in"
"""Open or full: what a state's own name does not say."""
_STATES: Mapping[str, frozenset[OpeningState]] = {str(state): frozenset({state}) for state in OpeningState} | {
    TAKING_IN: frozenset({OpeningState.OPEN, OpeningState.FULL})
}


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty: all. What the address has of other words is no choice."""

    where: str = ""  # id of a district or of a group
    fit: str = ""  # a key of SITE_HAZARDS, or for everything in force
    state: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], places: Mapping[str, frozenset[str]]) -> "Filters":
        """What the address says; `places` are the districts of each id that it may name."""
        where, fit, state = (query.get(name, "") for name in ("where", "fit", "is"))
        return cls(
            where if where in places else "",
            fit if fit in SITE_HAZARDS or fit == FIT_NOW else "",
            state if state in _STATES else "",
        )

    @property
    def query(self) -> str:
        """For an address: with its question mark, or nothing."""
        chosen = {"where": self.where, "fit": self.fit, "is": self.state}
        said = urlencode({name: value for name, value in chosen.items() if value})
        return f"?{said}" if said else ""

    def shows(self, place: RefugePlace, districts: frozenset[str], wanted: frozenset[str] | None) -> bool:
        """Whether a place in these districts is among them; `wanted` None: wherever it is."""
        return (
            (wanted is None or not wanted.isdisjoint(districts))
            and (not self.fit or is_fit(place, self.fit))
            and (not self.state or place.state in _STATES[self.state])
        )


def is_fit(place: RefugePlace, fit: str) -> bool:
    """Whether one flees to this place from a hazard, or from everything that is in force."""
    is_site = SiteKind.EMERGENCY_SITE in place.kinds
    return is_site and (not place.lacks if fit == FIT_NOW else fit in place.site.hazards)
