"""Where the city is, and how far from it a typhoon is."""

from dataclasses import replace

import pytest

from alerts.city.pack import bundled, load_pack
from alerts.city.place import city_point, distance_km


def test_the_city_is_where_its_districts_are_on_average() -> None:
    assert city_point(load_pack(bundled())) == pytest.approx((34.71, 135.63), abs=0.02)


def test_a_city_without_districts_has_no_point() -> None:
    assert city_point(replace(load_pack(bundled()), districts=())) is None


@pytest.mark.parametrize(
    ("there", "kilometres"),
    [((34.7, 135.6), 0), ((35.7, 135.6), 111), ((34.7, 136.6), 91), ((-34.7, -44.4), 20_015), ((34.7, 135.6 - 360), 0)],
)
def test_distances_are_those_on_a_sphere(there: tuple[float, float], kilometres: int) -> None:
    assert distance_km((34.7, 135.6), there) == pytest.approx(kilometres, abs=1)
