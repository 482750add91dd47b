"""Where the city is, and how far from it something else is."""

import math

from alerts.city.pack import CityPack

_EARTH_METRES = 6_371_000.0


def city_point(pack: CityPack) -> tuple[float, float] | None:
    """Latitude and longitude of the city, the mean of its districts' points; None without districts."""
    count = len(pack.districts)
    if not count:
        return None
    return sum(each.latitude for each in pack.districts) / count, sum(each.longitude for each in pack.districts) / count


def distance_km(here: tuple[float, float], there: tuple[float, float]) -> int:
    """The great-circle distance of two (latitude, longitude) in whole kilometres, on a sphere."""
    return round(metres_between(here, there) / 1_000)


def metres_between(here: tuple[float, float], there: tuple[float, float]) -> float:
    """The straight line between two (latitude, longitude) in metres, on a sphere: right to half a per cent."""
    (north, east), (other_north, other_east) = (map(math.radians, point) for point in (here, there))
    height = math.sin((other_north - north) / 2) ** 2
    width = math.cos(north) * math.cos(other_north) * math.sin((other_east - east) / 2) ** 2
    return 2 * _EARTH_METRES * math.asin(math.sqrt(min(1.0, height + width)))
