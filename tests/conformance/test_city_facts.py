"""The Daito pack against the project's collected facts; skipped where they are not beside the repository."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from shapely.geometry import shape

from alerts.city.pack import CityPack, bundled, load_pack
from alerts.shelter.gsi import read_gsi
from alerts.shelter.site import SiteKind

FACTS = Path(__file__).parents[2].parent / "shared" / "city"

pytestmark = pytest.mark.skipif(not FACTS.exists(), reason=f"{FACTS} is not there: facts are compared where it is")


@pytest.fixture(scope="module")
def pack() -> CityPack:
    return load_pack(bundled())


def rows(name: str) -> Iterator[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def features(name: str) -> list[dict[str, dict[str, str]]]:
    return list(json.loads((FACTS / name).read_text(encoding="utf-8"))["features"])


def test_districts_are_the_124_towns(pack: CityPack) -> None:
    facts = [
        (t["town_id"], t["name"], t["kana"], t["name_en"], t["postal_code"], float(t["lat"]), float(t["lng"]))
        for t in rows("districts/towns.csv")
    ]
    assert [(d.id, d.name, d.kana, d.name_en, d.postal_code, d.latitude, d.longitude) for d in pack.districts] == facts


@pytest.mark.parametrize(("layer", "column", "suffix"), [("elementary", "elem", "小"), ("junior_high", "jhs", "中")])
def test_every_town_is_in_its_school_district(pack: CityPack, layer: str, column: str, suffix: str) -> None:
    district_of = {d: g.name for g in pack.groups.values() if g.layer == layer for d in g.districts}
    assert district_of == {t["town_id"]: f"{t[column]}区" for t in rows("districts/towns.csv")}
    assert all(name.endswith(f"{suffix}学校区") for name in district_of.values())


def test_sourced_memberships_are_those_of_the_published_lists(pack: CityPack) -> None:
    sourced = {d for group in pack.groups.values() for d in group.sourced}
    assert sourced == {t["town_id"] for t in rows("districts/towns.csv") if t["jhs_status"] == "sourced"}


def test_every_town_is_in_its_zone(pack: CityPack) -> None:
    zones = {d: g.id for g in pack.groups.values() if g.layer == "hazard_zone" for d in g.districts}
    assert zones == {t["town_id"]: f"hazard_zone:{t['zone']}" for t in rows("hazards/town_hazards.csv")}


def test_shapes_and_boundary_are_equal(pack: CityPack) -> None:
    cells = {str(f["id"]): shape(f["geometry"]) for f in features("districts/town_voronoi_derived.geojson")}
    assert cells.keys() == pack.polygons.keys()
    assert all(cell.equals(shape(pack.polygons[town])) for town, cell in cells.items())
    (outline,) = features("districts/city_boundary.geojson")
    assert pack.boundary is not None
    assert shape(outline["geometry"]).equals(shape(pack.boundary))


@pytest.mark.parametrize(
    ("name", "kind", "count", "warnings"),
    [("shitei-kinkyu-hinanbasho", SiteKind.EMERGENCY_SITE, 20, 0), ("shitei-hinanjo", SiteKind.SHELTER, 52, 1)],
)
def test_the_pack_s_sites_are_what_importing_gsi_s_file_gives(
    pack: CityPack, name: str, kind: SiteKind, count: int, warnings: int
) -> None:
    file = FACTS / "shelters" / "gsi_2026-09" / f"27218_{name}.csv"
    imported = read_gsi(file.read_bytes(), file.name, pack.boundary)
    assert imported.problems == ()
    assert imported.sites == tuple(site for site in pack.sites if site.kind is kind)
    assert len(imported.sites) == count
    assert len(imported.warnings) == warnings  # one shelter stands in 東大阪市


def test_the_codes_are_those_of_jma(pack: CityPack) -> None:
    facts = json.loads((FACTS / "facts" / "jma_codes.json").read_text(encoding="utf-8"))
    codes = pack.codes
    assert (codes.municipality, codes.class15, codes.class10, codes.office) == (
        facts["class20_municipality"]["code"],
        facts["class15_area"]["code"],
        facts["class10_area"]["code"],
        facts["office"]["code"],
    )
    assert list(codes.rivers) == [region["code"] for region in facts["flood_forecast_regions"]]
