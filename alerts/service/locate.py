"""A place becomes districts, for a phone that registers. Nothing of the place is kept or logged (design.md §3)."""

from dataclasses import dataclass

from alerts.city.address_book import AddressBook, Certainty
from alerts.city.pack import CityPack
from alerts.city.whereabouts import DistrictMap


@dataclass(frozen=True, slots=True)
class Located:
    """The districts of a place. Outside the city: none, and for a point the nearest with its distance in metres."""

    certainty: Certainty
    districts: tuple[str, ...] = ()
    nearest: str | None = None
    metres: float | None = None


class Locator:
    """Finds places in one city's pack."""

    def __init__(self, pack: CityPack) -> None:
        self._map = DistrictMap(pack)
        self._book = AddressBook(pack.codes, pack.districts)

    def point(self, latitude: float, longitude: float) -> Located:
        """The district a point lies in, and those within 100 m of it, the nearest first."""
        found = self._map.at(latitude, longitude)
        if found.nearest is None:
            return Located(Certainty.UNKNOWN)
        if not found.districts:
            return Located(Certainty.OUTSIDE, (), found.nearest, found.metres)
        return Located(Certainty.EXACT if len(found.districts) == 1 else Certainty.SEVERAL, found.districts)

    def address(self, text: str) -> Located:
        """The districts that an address in words names."""
        found = self._book.find(text)
        return Located(found.certainty, found.districts)
