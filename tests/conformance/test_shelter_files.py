"""The lists of places as collected: every layout is read, and what one edition changes in another is right."""

import csv
import io
from pathlib import Path

import pytest

from alerts.city.pack import CityPack, bundled, load_pack
from alerts.shelter.changes import Action, SiteChanges, changes_by
from alerts.shelter.column_map import ColumnMap
from alerts.shelter.column_map_file import read_column_map
from alerts.shelter.open_data import read_places
from alerts.shelter.site import SiteKind
from alerts.shelter.site_import import SiteImport
from alerts.shelter.standard import COLUMNS, OLD_ONLY

CITY = Path(__file__).parents[2].parent / "shared" / "city"
SAMPLES = CITY / "schema_samples"
TAKAMATSU = SAMPLES / "takamatsu_372013_evacuation_space_custom.csv"
MAPPING = """
title = "高松市 指定緊急避難場所"
shelter = "evacuationSpace"
[columns]
id = "#property"
name = "name"
address = "address"
latitude = "latitude"
longitude = "longitude"
phone = "telephoneNumber"
capacity = "capacity"
communities = "residentsAssociation"
[hazards]
flood = ["flood_L1", "flood_L2"]
inland_flood = "inundation"
landslide = "sedimentDisaster"
storm_surge = "stormSurge"
tsunami = "tunami"
large_fire = "fire"
earthquake = "earthquake"
[values]
yes = ["○"]
no = ["×", "-", "−", ""]
doubtful = ["△"]
"""

pytestmark = pytest.mark.skipif(not CITY.exists(), reason=f"{CITY} is not there: files are read where it is")


@pytest.fixture(scope="module")
def pack() -> CityPack:
    return load_pack(bundled())


def read(pack: CityPack, file: Path, mapping: ColumnMap | None = None) -> SiteImport:
    found = read_places(file.read_bytes(), file.name, pack.codes, pack.boundary, mapping)
    assert found.problems == ()
    return found


def against_the_pack(pack: CityPack, file: Path) -> SiteChanges:
    return changes_by(read(pack, file), pack.sites)


def names(changes: SiteChanges, action: Action) -> list[str]:
    return [site.name for site in changes.of(action)]


@pytest.mark.parametrize("name", ["27218_shitei-kinkyu-hinanbasho.csv", "27218_shitei-hinanjo.csv"])
def test_the_newest_edition_of_gsi_is_what_the_pack_holds(pack: CityPack, name: str) -> None:
    assert against_the_pack(pack, CITY / "shelters" / "gsi_2026-09" / name).changes == ()


def test_the_older_edition_of_gsi_differs_by_two_places_and_two_points(pack: CityPack) -> None:
    old = CITY / "shelters" / "gsi_2025-10-27"
    assert against_the_pack(pack, old / "272183_emergency_sites.geojson").changes == ()
    shelters = against_the_pack(pack, old / "272183_designated_shelters.geojson")
    assert names(shelters, Action.RETIRE) == ["平野屋公民館", "大阪府立東大阪支援学校"]
    moved = [change for change in shelters.changes if change.action is Action.MOVE]
    assert [change.reasons[0] for change in moved] == [
        "lies 179 m away from where it was",
        "lies 10 m away from where it was",
    ]
    outside = read(pack, old / "272183_designated_shelters.geojson").warnings
    assert [warning.message for warning in outside] == ["四條畷学園小学校体育館 lies 25 m outside the city's boundary"]


@pytest.mark.parametrize(
    "name",
    [
        "derived_272183_evacuation_space_standard_utf8bom.csv",
        "derived_272183_evacuation_space_standard_cp932.csv",
        "derived_272183_evacuation_space_old_recommended_utf8bom.csv",
    ],
)
def test_the_standard_s_sheets_know_the_same_places(pack: CityPack, name: str) -> None:
    changes = against_the_pack(pack, SAMPLES / name)
    assert names(changes, Action.RETIRE) == ["深野中学校", "北条中学校", "住道中学校"]  # the samples lack them
    assert len(changes.changes) == 3
    assert len(changes.after) == 69


def test_north_hojo_s_school_is_not_designated_for_landslides_in_any_layout(pack: CityPack) -> None:
    files = [*SAMPLES.glob("derived_*"), *(CITY / "shelters").glob("*/*kinkyu*"), *(CITY / "shelters").glob("*/*site*")]
    assert len(files) == 5
    for file in files:
        (school,) = [site for site in read(pack, file).sites if site.name == "北条小学校"]
        assert ("landslide" in school.hazards, "flood" in school.hazards) == (False, True)


def test_takamatsu_s_own_layout_is_refused_without_a_mapping(pack: CityPack) -> None:
    found = read_places(TAKAMATSU.read_bytes(), TAKAMATSU.name, pack.codes)
    assert found.sites == ()
    assert "--mapping" in found.problems[0].message


def test_takamatsu_s_triangles_never_become_a_designation(pack: CityPack) -> None:
    found = read(pack, TAKAMATSU, read_column_map(MAPPING.encode(), "takamatsu.toml"))
    rows = list(csv.DictReader(io.StringIO(TAKAMATSU.read_text(encoding="utf-8-sig"))))
    by_name = {site.name: site for site in (*found.sites, *found.also_shelters)}
    assert len(found.sites) + sum(not site.hazards for site in by_name.values()) >= len(rows)
    for row in rows:
        hazards = {site.name: site.hazards for site in found.sites}.get(row["name"], ())
        assert ("flood" in hazards) == (row["flood_L1"] == row["flood_L2"] == "○")
        assert ("tsunami" in hazards) == (row["tunami"] == "○")
        assert ("storm_surge" in hazards) == (row["stormSurge"] == "○")
    doubts = {warning.column: warning.message for warning in found.warnings if "△" in warning.message}
    assert doubts["flood_L2"].startswith("'△' stands in 51 rows and is taken as not designated")
    assert sum(site.kind is SiteKind.SHELTER for site in found.also_shelters) == 153


def test_the_columns_are_those_of_the_definition() -> None:
    new = (SAMPLES / "columns_standard_03_evacuation_space.csv").read_text(encoding="utf-8-sig")
    assert tuple(row["column"] for row in csv.DictReader(io.StringIO(new))) == COLUMNS
    old = (SAMPLES / "columns_old_recommended_dataset_evacuation_space.csv").read_text(encoding="utf-8-sig")
    assert {row["column"] for row in csv.DictReader(io.StringIO(old))} <= {*COLUMNS, *OLD_ONLY}
