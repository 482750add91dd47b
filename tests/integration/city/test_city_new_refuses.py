"""`bosai city new` refuses bad files with file, row and what to do, and leaves nothing behind."""

import json
import tracemalloc

import pytest
from new_city_files import SITE_COLUMNS, area_json, feature, geojson, school_row, square, table, town_rows
from shapely import Point

FAR = {"緯度": 35.5}
TOWN, OTHER = town_rows()[:2]


def replaced(row, **cells):
    return table([row | cells, *town_rows()[1:]])


def outline(properties, rings, kind="Polygon"):
    return geojson([{"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": rings}}])


OWN = b"id,name,latitude,longitude,postal_code\n"
SCHOOL = school_row("浜中学校", "1504", "南浜")
NAMED = {"N03_001": "架空県", "N03_004": "見本市", "N03_007": "99201"}
MISTAKES = [  # file, its bytes, the option that names it, what is said
    ("n03.geojson", b'{"features": [', "boundary", "n03.geojson: row 1: is not JSON"),
    ("n03.geojson", b'{"type": "Topology"}', "boundary", "n03.geojson: holds no features"),
    ("n03.geojson", outline({"N03_004": "隣市"}, square(0, 0)), "boundary", "no area with N03_004 = 見本市 in 架空県"),
    ("n03.geojson", outline(NAMED, [135, 35], "Point"), "boundary", "row 1: a Polygon or MultiPolygon is expected"),
    ("n03.geojson", outline(NAMED, "north"), "boundary", "row 1: its geometry cannot be read"),
    ("n03.geojson", outline(NAMED, [[[0, 0], [0, 9], [9, 9], [0, 0]]]), "boundary", "download the edition in 緯度経度"),
    (
        "n03.geojson",
        geojson([{"type": "Feature", "properties": NAMED}]),
        "boundary",
        "row 1: the feature has no geom",
    ),
    ("towns.csv", table([{"町": "北浜"}]), "towns", "towns.csv: row 1: the header has no column name or 大字町丁目名"),
    ("towns.csv", b"\xff\xfe\x00\x81\x00\n\x85", "towns", "towns.csv: "),
    ("towns.csv", replaced(TOWN, 緯度="北"), "towns", "towns.csv: row 2: latitude: a number from 20 to 46 is expected"),
    ("towns.csv", replaced(TOWN, 大字町丁目名=""), "towns", "towns.csv: row 2: name: is empty"),
    (
        "towns.csv",
        replaced(TOWN, 大字町丁目名=OTHER["大字町丁目名"]),
        "towns",
        "row 3: 北浜二丁目 stands here a second",
    ),
    (
        "towns.csv",
        replaced(TOWN, 大字町丁目名ローマ字=""),
        "towns",
        "row 2: 北浜一丁目 has neither an id nor a name in Latin",
    ),
    ("towns.csv", replaced(TOWN, **FAR), "towns", "北浜一丁目 (35.5, 135.005) lies outside the boundary"),
    ("towns.csv", replaced(TOWN, 緯度=OTHER["緯度"], 経度=OTHER["経度"]), "towns", "have the same point"),
    ("towns.csv", table(town_rows()[-1:]), "towns", "has no town of municipality 99201"),
    ("towns.csv", 'name,latitude,longitude\n"北浜'.encode(), "towns", "towns.csv: row 2: is not CSV"),
    ("towns.csv", OWN + "x,北浜,35.005,135.005,12\n".encode(), "towns", "postal_code '12' must be seven digits"),
    (
        "area.json",
        area_json().replace(b'"990010": {"parent"', b'"990011": {"parent"'),
        "jma_areas",
        "take area.json from JMA",
    ),
    ("KEN_ALL.CSV", b"\x81\n", "postal", "KEN_ALL.CSV: is neither UTF-8 nor Shift_JIS"),
    ("area.json", b"[]", "jma_areas", "area.json: is not JMA's area.json"),
    ("area.json", b"{", "jma_areas", "area.json: is not JMA's area.json"),
    (
        "quake.csv",
        table([{"細分区域コード": "1", "市町村等コード": "2"}]),
        "quake_areas",
        "a row for the municipality 9920100",
    ),
    (
        "tsunami.csv",
        table([{"code": "1", "name": "他県"}]),
        "tsunami_areas",
        "a row named 架空県; say another --tsunami-region",
    ),
    (
        "a27.geojson",
        outline({"A27_001": "99202"}, square(0, 0)),
        "elementary",
        "no school district of municipality 99201",
    ),
    ("a27.geojson", outline({"A27_001": "99201"}, square(0, 0)), "elementary", "row 1: has no school code"),
    (
        "schools.csv",
        table([school_row("浜中", "1504", "東浜一丁目")]),
        "junior_high",
        "row 2: '東浜一丁目' of 浜中 is no town",
    ),
    (
        "schools.csv",
        table([school_row("浜小", "1503", "南浜")]),
        "junior_high",
        "no row of a school with POIコード 1504",
    ),
    ("sites.csv", f"{SITE_COLUMNS}\n1,X,公園".encode(), "sites", "sites.csv: row 2"),
    ("sites.csv", b"a,b\n1,2\n", "sites", "sites.csv: "),
    ("KEN_ALL.CSV", b"1,2,3\n", "postal", "KEN_ALL.CSV: row 1: has 3 cells; KEN_ALL.CSV has 15"),
]


@pytest.mark.parametrize(("name", "raw", "option", "said"), MISTAKES, ids=[f"{m[2]}: {m[3]}" for m in MISTAKES])
def test_a_mistake_is_one_line_with_file_row_and_what_to_do(city_new, material, name, raw, option, said):
    (material / name).write_bytes(raw)
    done = city_new(**{option: name})
    assert done.exit_code == 2
    line = done.stderr.strip().splitlines()[-1]
    assert said in line
    assert sorted(path.name for path in material.iterdir() if "made" in path.name) == []


@pytest.mark.parametrize("option", ["boundary", "towns", "jma_areas", "quake_areas", "rivers", "elementary", "postal"])
def test_a_file_that_is_not_there_is_named(city_new, option):
    done = city_new(**{option: "nowhere.csv"})
    assert done.exit_code == 2
    assert "nowhere.csv: No such file" in done.stderr


def test_a_broken_shapefile_is_named(city_new, material):
    (material / "towns.shp").write_bytes(b"no shapes")
    done = city_new(towns="towns.shp")
    assert done.exit_code == 2
    assert "towns.shp: cannot be read" in done.stderr


def test_a_municipality_that_jma_divides_is_asked_back_by_name(city_new, material):
    (material / "n03.geojson").write_bytes(outline(NAMED | {"N03_004": "大市", "N03_007": "99300"}, square(0, 0, 4, 2)))
    assert "JMA divides it: choose one of 大市南部 with --jma-area" in city_new(name="大市").stderr


def test_a_city_without_its_name_in_the_table_is_refused(city_new):
    assert (
        "class20s has 0 entries named 無名市 in prefecture 99; check the spelling" in city_new(jma_area="無名市").stderr
    )


def test_a_folder_that_cannot_be_made_is_said(city_new, material):
    (material / "made").symlink_to(material / "nowhere" / "else")
    done = city_new()
    assert done.exit_code == 2
    assert "made: cannot be written" in done.stderr
    assert not (material / ".made.unfinished").exists()


def test_a_large_file_is_read_a_piece_at_a_time(city_new, material):
    """A prefecture's file: the municipality is the last of hundreds, and they are never in memory together."""
    ring = [[*point] for point in Point(136, 36).buffer(0.5, quad_segs=300).exterior.coords]
    own = json.loads((material / "n03.geojson").read_bytes())["features"][1:]
    (material / "n03.geojson").write_bytes(geojson([feature({"N03_004": "隣市"}, [ring])] * 400 + own))
    size = (material / "n03.geojson").stat().st_size
    assert size > 15_000_000
    tracemalloc.start()
    done = city_new()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert done.exit_code == 0
    assert peak < size / 2
