"""`bosai city new`: a pack out of the country's open data, whole or not at all (city.md §5)."""

import csv
import json

import pytest
from click.testing import CliRunner
from new_city_files import TOWNS, as_two_wards, table, write_shapefile
from shapely import unary_union
from shapely.geometry import shape

from alerts.city.district import Provenance
from alerts.city.pack import load_pack
from alerts.service.locate import Locator
from alerts.shelter.site import SiteKind
from bosai.cli import main

ALL = {
    "rivers": "rivers.csv",
    "elementary": "a27.geojson",
    "junior_high": "schools.csv",
    "sites": "sites.csv",
    "postal": "KEN_ALL.CSV",
}


@pytest.fixture
def made(city_new, material):
    """A pack made with every option."""
    done = city_new(**ALL)
    assert done.exit_code == 0, done.stderr
    return load_pack(material / "made")


def members(pack, group):
    names = {district.id: district.name for district in pack.districts}
    return {names[district] for district in pack.groups[group].districts}


def test_check_accepts_what_was_made(city_new, material, monkeypatch):
    assert city_new(**ALL).exit_code == 0
    monkeypatch.setenv("BOSAI_CITY", str(material / "made"))
    done = CliRunner().invoke(main, ["check", "--json"])
    assert done.exit_code == 0, done.output
    (city,) = [check for check in json.loads(done.stdout)["checks"] if check["name"] == "city"]
    assert city["detail"].startswith("見本市, 5 districts, 2 sites")


def test_the_codes_are_found_by_the_city_s_name(made):
    codes = made.codes
    assert (codes.name, codes.name_en, codes.prefecture, codes.code) == ("見本市", "Mihon City", "架空県", "99201")
    assert (codes.municipality, codes.class15, codes.class10, codes.office, codes.region) == (
        "9920100",
        "990001",
        "990010",
        "990000",
        "010000",
    )
    assert (codes.quake_region, codes.tsunami_region, codes.rivers) == ("990", "991", ("990000000100",))


@pytest.mark.parametrize(("said", "code"), [("架空県南部", "992"), ("none", "000000")])
def test_another_tsunami_region_is_said_by_name(city_new, material, said, code):
    assert city_new(tsunami_region=said).exit_code == 0
    assert load_pack(material / "made").codes.tsunami_region == code


def test_islands_belong_to_the_city_and_neighbours_do_not(made):
    assert made.boundary["type"] == "MultiPolygon"
    assert shape(made.boundary).area == pytest.approx(5 * 0.01**2)


def test_towns_of_points_get_cells_that_fill_the_city_and_say_that_they_are_derived(made):
    cells = {district.name: shape(made.polygons[district.id]) for district in made.districts}
    assert set(cells) == set(TOWNS)
    assert unary_union(list(cells.values())).symmetric_difference(shape(made.boundary)).area < 1e-9
    assert sum(cell.area for cell in cells.values()) == pytest.approx(shape(made.boundary).area, rel=1e-4)
    assert cells["南浜"].area == pytest.approx(0.01**2, rel=1e-3)
    (layer,) = [layer for layer in made.layers if layer.id == "town"]
    assert layer.provenance is Provenance.DERIVED
    (source,) = [source for source in made.sources if source.id == layer.source]
    assert "公式の境界ではありません" in source.credit


def test_towns_have_names_postal_codes_and_ids_that_stay(made):
    town = next(district for district in made.districts if district.name == "北浜二丁目")
    assert (town.id, town.name_en, town.kana, town.postal_code) == (
        "99201-kitahama-2",
        "Kitahama 2",
        "キタハマ 2",
        "9990001",
    )
    assert {district.postal_code for district in made.districts} == {"9990001", "9990002", "9990003", "9990004"}


def test_a_place_in_the_new_city_is_found(made):
    locator = Locator(made)
    assert locator.address("架空県見本市北浜２－３").districts == ("99201-kitahama-2",)
    assert locator.address("〒999-0003 見本市山田12").districts == ("99201-oaza-yamada",)
    assert locator.point(35.005, 135.035).districts == ("99201-ritocho",)


def test_school_areas_take_the_towns_they_cover_a_tenth_of(made):
    assert members(made, "elementary:b199210000001") == {"北浜一丁目", "北浜二丁目", "南浜", "大字山田"}
    assert members(made, "elementary:b199210000002") == {"南浜", "大字山田", "離島町"}
    assert made.groups["elementary:b199210000001"].name == "北小学校区"
    with (made.root / "groups.csv").open(encoding="utf-8", newline="") as file:
        notes = {(row["group"], row["district"]): row["note"] for row in csv.DictReader(file)}
    assert notes["elementary:b199210000001", "99201-minamihama"] == "15% of the town"
    assert notes["elementary:b199210000002", "99201-minamihama"] == "85% of the town"
    assert not notes["elementary:b199210000001", "99201-kitahama-1"]


def test_a_school_list_is_read_by_towns_and_parts_of_towns_are_quoted(made):
    groups = {group.name: members(made, group.id) for group in made.groups.values() if group.layer == "junior_high"}
    assert groups == {
        "浜中学校区": {"北浜一丁目", "北浜二丁目", "南浜"},
        "山中学校区": {"北浜二丁目", "大字山田", "離島町"},
    }
    assert "part: 北浜二丁目1番地～20番地" in (made.root / "groups.csv").read_text(encoding="utf-8")
    provenance = {layer.id: layer.provenance for layer in made.layers}
    assert (provenance["elementary"], provenance["junior_high"]) == (Provenance.DERIVED, Provenance.OFFICIAL)


def test_sites_keep_the_hazards_they_are_designated_for(made):
    assert [(site.name, site.kind, site.hazards) for site in made.sites] == [
        ("浜公園", SiteKind.EMERGENCY_SITE, ("flood", "earthquake", "large_fire", "inland_flood")),
        ("丘の上広場", SiteKind.EMERGENCY_SITE, ("flood", "earthquake", "large_fire", "inland_flood")),
    ]


def test_every_file_has_its_source_with_licence_and_credit(made):
    files = {path.name for path in made.root.iterdir()} - {"sources.toml", "SOURCES.md"}
    assert files == {name for source in made.sources for name in source.files}
    assert all(source.licence and source.credit and str(source.day) == "2026-11-01" for source in made.sources)
    described = (made.root / "SOURCES.md").read_text(encoding="utf-8")
    assert all(source.credit in described for source in made.sources)


@pytest.mark.parametrize("encoding", ["cp932", "utf-8"])
def test_areas_of_e_stat_are_taken_as_they_are(city_new, material, encoding):
    towns = write_shapefile(material, encoding)
    if encoding == "utf-8":
        towns.with_suffix(".cpg").write_text("UTF-8", encoding="ascii")
    done = city_new(towns=str(towns), postal="KEN_ALL.CSV")
    assert done.exit_code == 0, done.stderr
    pack = load_pack(material / "made")
    assert [district.name for district in pack.districts] == list(TOWNS)
    assert pack.districts[0].id == "99201-00100"
    assert (pack.districts[0].kana, pack.districts[0].postal_code) == ("キタハマ1チョウメ", "9990001")
    assert shape(pack.polygons["99201-00100"]).area == pytest.approx(0.01**2)
    assert {layer.id: layer.provenance for layer in pack.layers} == {"town": Provenance.OFFICIAL}
    assert "1 areas without a name were left out" in done.stdout


def test_geojson_and_shapefile_of_the_same_areas_give_the_same_pack(city_new, material):
    assert city_new(towns=str(write_shapefile(material))).exit_code == 0
    of_shapes = load_pack(material / "made")
    (material / "made").rename(material / "other")
    assert city_new(towns="estat.geojson").exit_code == 0
    of_geojson = load_pack(material / "made")
    assert (of_geojson.districts, of_geojson.polygons) == (of_shapes.districts, of_shapes.polygons)


def test_a_city_of_one_town_is_that_town(city_new, material):
    (material / "towns.csv").write_text("id,name,latitude,longitude\nx,村内,35.005,135.005\n", encoding="utf-8")
    assert city_new().exit_code == 0
    pack = load_pack(material / "made")
    assert shape(pack.polygons["99201-x"]).equals(shape(pack.boundary))


@pytest.mark.parametrize("towns", ["towns.csv", "estat.geojson"])
def test_wards_make_one_city_and_begin_the_names_of_their_towns(city_new, material, towns):
    as_two_wards(material)
    done = city_new(towns=towns, postal="KEN_ALL.CSV")
    assert done.exit_code == 0, done.stderr
    pack = load_pack(material / "made")
    assert pack.codes.code == "99201"
    assert [(town.name, town.postal_code) for town in pack.districts] == [
        ("西区中央", "9920201"),
        ("東区中央", "9920301"),
    ]
    (found,) = Locator(pack).address("架空県見本市東区中央1-2").districts
    assert found == pack.districts[1].id


def test_ids_of_the_list_of_towns_stay_when_the_list_comes_in_another_order(city_new, material):
    rows = [
        {"id": f"99201{at:04}", "name": name, "latitude": 35.005, "longitude": 135.002 + at / 1000}
        for at, name in enumerate("甲乙丙")
    ]
    ids = []
    for order in (rows, rows[::-1]):
        (material / "towns.csv").write_bytes(table(order))
        assert city_new().exit_code == 0
        ids.append({town.name: town.id for town in load_pack(material / "made").districts})
        (material / "made").rename(material / f"made{len(ids)}")
    assert ids == [{"甲": "99201-0000", "乙": "99201-0001", "丙": "99201-0002"}] * 2


@pytest.mark.parametrize(
    "text",
    [
        "district,towns\n浜小学校,北浜一丁目;北浜二丁目;南浜\n山小学校,大字山田\n",
        "town;district\n北浜1丁目;浜小学校\n北浜２丁目;浜小学校\n南浜;浜小学校\n山田;山小学校\n",
    ],
)
def test_the_city_s_own_list_of_school_districts_has_a_row_a_school_or_a_row_a_town(city_new, material, text):
    (material / "own.csv").write_text(text, encoding="utf-8-sig")
    done = city_new(elementary="own.csv")
    assert done.exit_code == 0, done.stderr
    pack = load_pack(material / "made")
    assert {group.name: members(pack, group.id) for group in pack.groups.values()} == {
        "浜小学校区": {"北浜一丁目", "北浜二丁目", "南浜"},
        "山小学校区": {"大字山田"},
    }
    assert "own.csv: 1 towns are in no school district: 離島町" in done.stdout


def test_json_says_what_was_made_and_progress_goes_to_standard_error(city_new, material):
    done = city_new("--json", **ALL)
    assert json.loads(done.stdout) == {
        "folder": "made",
        "code": "99201",
        "districts": 5,
        "layers": {"town": "derived", "elementary": "derived", "junior_high": "official"},
        "sites": 2,
        "rivers": ["990000000100"],
        "look_at": [],
    }
    assert "reading n03.geojson" in done.stderr


def test_what_is_there_is_not_overwritten(city_new, made):
    before = {path.name: path.read_bytes() for path in made.root.iterdir()}
    done = city_new(**ALL)
    assert done.exit_code == 2
    assert "made: is there already" in done.stderr
    assert {path.name: path.read_bytes() for path in made.root.iterdir()} == before


def test_a_map_is_drawn_of_the_new_city(made, material, monkeypatch):
    monkeypatch.setenv("BOSAI_CITY", str(made.root))
    done = CliRunner().invoke(main, ["city", "map", "map.svg"])
    assert done.exit_code == 0, done.output
    assert "見本市: 5 districts" in done.stdout
    assert "<title>見本市</title>" in (material / "map.svg").read_text(encoding="utf-8")


def test_a_city_without_shapes_has_no_map(made, monkeypatch):
    (made.root / "polygons.geojson").unlink()
    sources = made.root / "sources.toml"
    sources.write_text(sources.read_text(encoding="utf-8").replace('"polygons.geojson", ', ""), encoding="utf-8")
    monkeypatch.setenv("BOSAI_CITY", str(made.root))
    done = CliRunner().invoke(main, ["city", "map", "map.svg"])
    assert done.exit_code == 2
    assert "見本市 has no shapes to draw" in done.stderr
