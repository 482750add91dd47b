"""Where the city is, and how far from it something else is."""

import math

from alerts.city.pack import CityPack

_EARTH_KM = 6_371.0


def city_point(pack: CityPack) -> tuple[float, float] | None:
    """Latitude and longitude of the city, the mean of its districts' points; None without districts."""
    count = len(pack.districts)
    if not count:
        return None
    return sum(each.latitude for each in pack.districts) / count, sum(each.longitude for each in pack.districts) / count


def distance_km(here: tuple[float, float], there: tuple[float, float]) -> int:
    """The great-circle distance of two (latitude, longitude) in whole kilometres, on a sphere."""
    (north, east), (other_north, other_east) = (map(math.radians, point) for point in (here, there))
    height = math.sin((other_north - north) / 2) ** 2
    width = math.cos(north) * math.cos(other_north) * math.sin((other_east - east) / 2) ** 2
    return round(2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, height + width))))
