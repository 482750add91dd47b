"""Shapes: what lies inside the city, and shapes that cannot be."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from alerts.city.geometry import geometry_problems, metres_outside
from alerts.city.pack import CityPack, load_pack


def test_the_daito_pack_has_no_crooked_shape(daito: CityPack) -> None:
    assert geometry_problems(daito) == ()


def test_every_town_s_point_lies_in_its_own_shape(daito: CityPack) -> None:
    outside = {
        district.id: metres
        for district in daito.districts
        if (metres := metres_outside(daito.polygons[district.id], district.latitude, district.longitude))
    }
    assert outside == {}


def test_a_point_outside_is_as_far_as_on_the_map(daito: CityPack) -> None:
    assert daito.boundary is not None
    assert metres_outside(daito.boundary, 34.685769, 135.638137) == pytest.approx(1_450, abs=20)  # 東大阪支援学校


def test_a_degree_north_of_a_shape_is_111_kilometres() -> None:
    square = {"type": "Polygon", "coordinates": [[[135, 34], [136, 34], [136, 35], [135, 35], [135, 34]]]}
    assert metres_outside(square, 36, 135.5) == pytest.approx(111_195, rel=0.001)
    assert metres_outside(square, 34.5, 135.5) == 0


@pytest.fixture
def reshape(folder: Path) -> Callable[[str], CityPack]:
    """The pack with other corners for 赤井一丁目."""

    def with_corners(corners: str) -> CityPack:
        shapes = folder / "polygons.geojson"
        lines = shapes.read_text(encoding="utf-8").splitlines()
        at = next(n for n, line in enumerate(lines) if '"27218-akai-1"' in line)
        lines[at] = (
            f'{{"type":"Feature","id":"27218-akai-1","geometry":{{"type":"Polygon","coordinates":[{corners}]}}}},'
        )
        shapes.write_text("\n".join(lines), encoding="utf-8")
        return load_pack(folder)

    return with_corners


def test_a_shape_that_crosses_itself_is_named(reshape: Callable[[str], CityPack]) -> None:
    bow_tie = "[[135.61,34.70],[135.62,34.71],[135.62,34.70],[135.61,34.71],[135.61,34.70]]"
    pack = reshape(bow_tie)
    for with_or_without_boundary in (pack, replace(pack, boundary=None)):
        (problem,) = geometry_problems(with_or_without_boundary)
        assert "27218-akai-1: the shape is not valid" in problem.message
        lines = Path(problem.file).read_text(encoding="utf-8").splitlines()
        assert problem.line is not None
        assert '"27218-akai-1"' in lines[problem.line - 1]


def test_a_shape_outside_the_city_is_named(reshape: Callable[[str], CityPack]) -> None:
    elsewhere = "[[139.0,35.0],[139.1,35.0],[139.1,35.1],[139.0,35.0]]"
    (problem,) = geometry_problems(reshape(elsewhere))
    assert "27218-akai-1: 100% of the shape lies outside the city's boundary" in problem.message
