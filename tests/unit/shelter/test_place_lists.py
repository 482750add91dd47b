"""The standard's sheets and a city's own layout: read by name, refused whole, and △ is never yes in silence."""

import pytest

from alerts.city.problems import PackError
from alerts.shelter.column_map_file import read_column_map
from alerts.shelter.csv_table import ImportTable
from alerts.shelter.open_data import read_places
from alerts.shelter.site import SiteKind
from alerts.wording.proof import SAMPLE_CITY as CITY

NEW = (
    "ID,名称,名称_カナ,所在地_連結表記,緯度,経度,電話番号,市区町村コード,災害種別_洪水,"
    "災害種別_崖崩れ、土石流及び地滑り,指定避難所との重複,想定収容人数,対象となる町会・自治会,備考"
)
SCHOOL = (
    "E2721800042201,北条小学校,ホウジョウ,大阪府大東市北条6-11-1,34.72,135.64,072-000-0000,"
    f"{CITY.code},1,,1,1200人,北条一;北条二,"
)
PARK = f"7,末広公園,,大阪府大東市末広町1,34.71,135.62,,{CITY.code}3,1,1,,,,広場"
OLD = "NO,名称,住所,緯度,経度,災害種別_洪水,災害種別_地震,指定避難所との重複,想定収容人数"
OWN = (
    "番号,施設,所在,北緯,東経,洪水L1,洪水L2,がけ,避難所\n"
    "1,中央小学校,中央町1,34.71,135.62,○,△,○,○\n"
    "2,中央公園,中央町2,34.72,135.63,○,○,×,\n"
)
MAPPING = """
title = "試験市の一覧"
shelter = "避難所"
[columns]
id = "番号"
name = "施設"
address = ["所在"]
latitude = "北緯"
longitude = "東経"
[hazards]
flood = ["洪水L1", "洪水L2"]
landslide = "がけ"
[values]
yes = ["○"]
no = ["×", ""]
doubtful = ["△"]
"""


def table(header, *rows, encoding="utf-8-sig"):
    return "\r\n".join((header, *rows, "")).encode(encoding)


def read(raw, mapping=None):
    map_ = read_column_map(mapping.encode(), "own.toml") if mapping else None
    return read_places(raw, "list.csv", CITY, None, map_)


def test_a_row_of_the_standard_is_an_emergency_site_and_perhaps_a_shelter_too():
    found = read(table(NEW, SCHOOL, PARK))
    school, park = found.sites
    assert (school.id, school.facility, school.hazards) == ("E2721800042201", "E2721800042", ("flood",))
    assert (school.capacity, school.communities, school.phone) == (1200, ("北条一", "北条二"), "072-000-0000")
    assert (park.id, park.hazards, park.note) == (f"{CITY.code}-7", ("flood", "landslide"), "広場")
    (shelter,) = found.also_shelters
    assert (shelter.kind, shelter.facility, shelter.hazards) == (SiteKind.SHELTER, school.facility, ())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp932", "utf-16"])
def test_every_encoding_gives_the_same(encoding):
    assert read(table(NEW, SCHOOL, PARK, encoding=encoding)) == read(table(NEW, SCHOOL, PARK))


def test_unicode_text_of_a_spreadsheet_has_tabs():
    tabs = [line.replace(",", "\t") for line in (NEW, SCHOOL, PARK)]
    assert read(table(*tabs, encoding="utf-16")) == read(table(NEW, SCHOOL, PARK))


def test_columns_in_another_order_and_spelling_are_the_same():
    names, cells = NEW.replace("、", "・").split(","), SCHOOL.split(",")
    turned = table(",".join(reversed(names)), ",".join(reversed(cells)))
    assert read(turned).sites == read(table(NEW, SCHOOL)).sites


def test_the_old_sheet_has_no_ids_so_name_and_address_make_one():
    rows = ("1,中央公園,大東市中央町2,34.71,135.62,1,1,,", "2,中央小学校,大東市中央町1,34.71,135.62,1,0,1,300")
    first, second = read(table(OLD, *rows)).sites
    assert first.id.startswith(f"{CITY.code}-")
    assert first.id != second.id
    assert read(table(OLD, rows[0].replace("1,中央公園", "9,中央公園"))).sites[0].id == first.id


def test_the_whole_address_may_stand_in_the_city_s_column():
    header = NEW.replace("所在地_連結表記", "所在地_市区町村")
    assert read(table(header, PARK)).sites[0].address == "大阪府大東市末広町1"


def test_a_row_without_any_hazard_is_a_shelter_and_nothing_else():
    found = read(table(NEW, SCHOOL.replace(",1,,1,1200人", ",,,1,1200人")))
    assert found.sites == ()
    assert [shelter.id for shelter in found.also_shelters] == ["E2721800042201"]


@pytest.mark.parametrize("word", ["△", "○", "2", "有"])
def test_a_flag_that_the_standard_does_not_know_is_refused_with_row_and_column(word):
    found = read(table(NEW, SCHOOL, PARK.replace("3,1,1,", f"3,1,{word},")))
    assert found.sites == ()
    (problem,) = found.problems
    assert (problem.row, problem.column) == (3, "災害種別_崖崩れ、土石流及び地滑り")
    assert f"{word!r} says neither yes" in problem.message


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("34.71", "135.62", "row 3, column 緯度"),
        ("34.71", "", "row 3, column 緯度"),
        ("末広公園", "", "row 3, column 名称: is empty"),
        ("7,末広", "E2721800042201,末広", "stands already in row 2"),
    ],
)
def test_a_mistake_in_one_row_names_it_and_imports_nothing(old, new, where):
    found = read(table(NEW, SCHOOL, PARK.replace(old, new)))
    assert found.sites == found.also_shelters == ()
    assert any(where in str(problem) for problem in found.problems)


def test_a_line_below_the_table_is_no_place():
    found = read(table(NEW, PARK, "2026年8月版"))
    assert len(found.sites) == 1
    assert "row 3: names no place" in str(found.warnings[-1])


@pytest.mark.parametrize("again", ["災害種別_洪水", "災害種別＿洪水 "])
def test_a_column_that_stands_twice_is_refused_because_one_of_them_may_say_no(again):
    found = read(table(f"{NEW},{again}", PARK.replace(f"{CITY.code}3,1", f"{CITY.code}3,0") + ",1"))
    assert found.sites == ()
    assert "stands 2 times in the header" in str(found.problems[0])


def test_a_list_says_whether_it_knows_the_shelters_and_a_missing_column_is_told():
    assert read(table(NEW, PARK)).names_shelters
    bare = read(table(NEW.replace("指定避難所との重複,", ""), PARK.replace(",1,1,,", ",1,1,")))
    assert not bare.names_shelters
    assert any("the designated shelters stay as they are" in warning.message for warning in bare.warnings)


def test_a_missing_hazard_and_a_strange_column_are_told():
    found = read(table(NEW + ",災害種別_地震(火災)", PARK + ",1"))
    assert "earthquake" not in found.sites[0].hazards
    said = [str(warning) for warning in found.warnings]
    assert any("災害種別_地震: is missing" in each for each in said)
    assert any("災害種別_地震(火災): is no column" in each for each in said)


@pytest.mark.parametrize(("written", "is_own"), [(CITY.code, True), (f"{CITY.code}3", True), ("27227", False)])
def test_rows_of_another_municipality_are_told(written, is_own):
    found = read(table(NEW, PARK.replace(f"{CITY.code}3", written)))
    assert any("another municipality" in warning.message for warning in found.warnings) != is_own


def test_a_capacity_that_is_no_number_stays_unknown():
    found = read(table(NEW, SCHOOL.replace("1200人", "体育館のみ")))
    assert found.sites[0].capacity is None
    assert "is no number of people" in found.warnings[-1].message


def test_an_unknown_layout_names_its_columns_and_the_way_out():
    (problem,) = read(OWN.encode()).problems
    assert "番号, 施設" in problem.message
    assert "--mapping" in problem.message


def test_a_mapping_reads_a_city_s_own_layout_and_a_triangle_is_not_designated():
    found = read(OWN.encode(), MAPPING)
    school, park = found.sites
    assert (school.hazards, park.hazards) == (("landslide",), ("flood",))
    assert [shelter.name for shelter in found.also_shelters] == ["中央小学校"]
    (doubt,) = [warning for warning in found.warnings if "△" in warning.message]
    assert (doubt.row, doubt.column) == (2, "洪水L2")
    assert "not designated" in doubt.message


def test_a_triangle_that_the_mapping_does_not_name_is_refused():
    found = read(OWN.encode(), MAPPING.replace('doubtful = ["△"]', ""))
    assert found.sites == ()
    assert "'△' says neither yes" in found.problems[0].message


def test_a_triangle_that_a_mapping_calls_yes_is_told_on_every_import():
    found = read(OWN.encode(), MAPPING.replace('yes = ["○"]', 'yes = ["○", "△"]').replace('doubtful = ["△"]', ""))
    assert found.sites[0].hazards == ("flood", "landslide")
    assert any("taken as yes, as the mapping says" in warning.message for warning in found.warnings)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "施設"', "", "own.toml:4: name must be a text"),
        ("landslide", "mudslide", "own.toml:12: unknown key 'mudslide'"),
        ('doubtful = ["△"]', 'doubtful = ["○"]', "stands under yes and under doubtful"),
        ('yes = ["○"]', "", "yes must list the words"),
        ("[values]", "values]", "is not TOML"),
    ],
)
def test_a_mapping_with_a_mistake_is_refused_with_its_line(old, new, said):
    with pytest.raises(PackError, match=r"own\.toml") as refused:
        read_column_map(MAPPING.replace(old, new).encode(), "own.toml")
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'{"type": "Feature"}', "is no FeatureCollection"),
        (b'{"type": ', "is not JSON"),
        (b'{"type": "FeatureCollection", "features": [{"geometry": null}]}', "row 1: has no point"),
        (b'{"type": "FeatureCollection", "features": [7]}', "row 1: has no point"),
        (b'{"type": ' + b"[" * 150_000, "is not JSON"),
        (
            '{"type": "FeatureCollection", "features": [{"properties": {"洪水": "0", "洪 水": "1"}}]}'.encode(),
            "two properties of one name",
        ),
    ],
)
def test_a_geojson_that_is_none_is_refused(raw, said):
    assert said in str(read(raw).problems[0])


def test_a_nationwide_file_gives_the_city_s_own_rows():
    point = '"geometry": {"type": "Point", "coordinates": [135.62, 34.71]}'
    both = ",".join(
        f'{{{point}, "properties": {{"共通ID": "{each}", "施設・場所名": "公園", "住所": "町", "受入対象者": null}}}}'
        for each in ("E2722700001111", "E9920100001111")
    )
    found = read(f'{{"type": "FeatureCollection", "features": [{both}]}}'.encode())
    assert [site.id for site in found.sites] == ["E9920100001111"]
    assert "1 rows of other municipalities" in found.warnings[0].message


def test_an_empty_table_has_no_columns():
    assert not ImportTable("x").has("名称")
