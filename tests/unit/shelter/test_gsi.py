"""GSI's two CSV layouts as they come from offices: read whole, or refused with row and column."""

import pytest

from alerts.city.pack import bundled, load_pack
from alerts.shelter.gsi import SiteImport, read_gsi
from alerts.shelter.site import SiteKind

SITE_HEADER = (
    "NO,共通ID,施設・場所名,住所,洪水,崖崩れ、土石流及び地滑り,高潮,地震,津波,大規模な火事,内水氾濫,火山現象,"
    "指定避難所との住所同一,緯度,経度,備考"
)
SHELTER_HEADER = (
    "NO,共通ID,施設・場所名,住所,指定緊急避難場所との住所同一,"
    "その他市町村長が必要と認める事項,受入対象者,緯度,経度,備考"
)
HAIZUKA = "1,E2721800001201,灰塚小学校,大阪府大東市灰塚1-3-1,1,1,,1,,1,1,,1,34.705581254639,135.61193220586,"
HOJO = "17,E2721800042201,北条小学校,大阪府大東市北条6-11-1,1,,,1,,1,1,,1,34.72368182426,135.64489420025,"
WELFARE = "14,E2721800015121,総合福祉センター,大阪府大東市新町13-13,,,要配慮者,34.704194,135.623628,"
SCHOOL = "1,E2721800001111,灰塚小学校,大阪府大東市灰塚1-3-1,1,,,34.705558,135.611333,"
OUTSIDE = "50,E2721800053121,東大阪支援学校,大阪府東大阪市中石切町3-11-27,,,,34.685769,135.638137,"


def sites_file(*rows: str, header: str = SITE_HEADER, encoding: str = "utf-8-sig") -> bytes:
    return "\r\n".join((header, *rows, "")).encode(encoding)


def read(raw: bytes, name: str = "27218_shitei-kinkyu-hinanbasho.csv") -> SiteImport:
    return read_gsi(raw, name)


def only_problem(raw: bytes) -> str:
    """The single problem of a file that must give no site at all."""
    result = read(raw)
    assert result.sites == ()
    (problem,) = result.problems
    return str(problem)


def test_an_emergency_site_carries_the_hazards_it_is_designated_for() -> None:
    haizuka, hojo = read(sites_file(HAIZUKA, HOJO)).sites
    assert haizuka.kind is SiteKind.EMERGENCY_SITE
    assert haizuka.hazards == ("flood", "landslide", "earthquake", "large_fire", "inland_flood")
    assert hojo.hazards == ("flood", "earthquake", "large_fire", "inland_flood")
    assert (haizuka.latitude, haizuka.longitude) == (34.705581254639, 135.61193220586)


def test_a_shelter_carries_whom_it_takes_in_and_the_13th_character_says_welfare() -> None:
    school, welfare = read(sites_file(SCHOOL, WELFARE, header=SHELTER_HEADER)).sites
    assert (school.kind, school.welfare, school.accepts) == (SiteKind.SHELTER, False, None)
    assert (welfare.kind, welfare.welfare, welfare.accepts) == (SiteKind.SHELTER, True, "要配慮者")


def test_site_and_shelter_of_one_facility_join_by_eleven_characters() -> None:
    (site,) = read(sites_file(HAIZUKA)).sites
    (shelter,) = read(sites_file(SCHOOL, header=SHELTER_HEADER)).sites
    assert site.facility == shelter.facility == "E2721800001"
    assert site.id != shelter.id


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp932", "utf-16"])
def test_every_encoding_seen_in_offices_gives_the_same(encoding: str) -> None:
    assert read(sites_file(HAIZUKA, HOJO, encoding=encoding)) == read(sites_file(HAIZUKA, HOJO))


def test_columns_are_found_by_name_in_any_order() -> None:
    names = SITE_HEADER.split(",")
    order = sorted(range(len(names)), key=lambda n: names[n])
    cells = HAIZUKA.split(",")
    shuffled = sites_file(",".join(cells[n] for n in order), header=",".join(names[n] for n in order))
    assert read(shuffled).sites == read(sites_file(HAIZUKA)).sites


@pytest.mark.parametrize(
    "column", ["崖崩れ・土石流及び地滑り", '"崖崩れ,土石流及び地滑り"', " 崖崩れ、 土石流及び地滑り"]
)
def test_spellings_of_a_column_are_the_same_column(column: str) -> None:
    header = SITE_HEADER.replace("崖崩れ、土石流及び地滑り", column)
    assert read(sites_file(HAIZUKA, header=header)).sites == read(sites_file(HAIZUKA)).sites


def test_blank_rows_are_passed_over() -> None:
    assert len(read(sites_file(HAIZUKA, "", ",,,,,,,,,,,,,,,", HOJO)).sites) == 2


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("34.72368182426", "north", "row 3, column 緯度: a number from 20 to 46 is expected; found north"),
        ("34.72368182426", "", "row 3, column 緯度: a number from 20 to 46 is expected; found nothing"),
        ("34.72368182426,135.64489420025", "34.7,13.5", "row 3, column 経度: a number from 122 to 154"),
        ("E2721800042201", "272180004220", "row 3, column 共通ID: '272180004220' is no 共通ID"),
        ("E2721800042201", "E2721800042111", "row 3, column 共通ID: E2721800042111 names a shelter"),
        ("E2721800042201", "E2721800001201", "row 3, column 共通ID: E2721800001201 stands already in row 2"),
        ("北条小学校", "", "row 3, column 施設・場所名: is empty"),
        ("北条6-11-1,1,", "北条6-11-1,△,", "row 3, column 洪水: '△' is neither 1 (designated) nor empty"),
        ("北条6-11-1,", "北条6-11-1,1,", "row 3: has 17 cells, the header 16"),
    ],
)
def test_a_mistake_in_one_row_names_it_and_imports_nothing(old: str, new: str, where: str) -> None:
    result = read(sites_file(HAIZUKA, HOJO.replace(old, new)))
    assert result.sites == ()
    assert any(where in str(problem) for problem in result.problems), result.problems


def test_every_wrong_row_is_reported_at_once() -> None:
    wrong = [row.replace("大阪府", "").replace("34.7", "3.47") for row in (HAIZUKA, HOJO)]
    assert [problem.row for problem in read(sites_file(*wrong)).problems] == [2, 3]


def test_a_missing_column_is_named() -> None:
    header = SITE_HEADER.replace("火山現象", "噴火")
    assert "row 1, column 火山現象: is missing" in only_problem(sites_file(HAIZUKA, header=header))


def test_a_list_of_something_else_is_refused() -> None:
    result = read("施設名,電話\n市役所,072-872-2181\n".encode())
    assert result.sites == ()
    assert {problem.column for problem in result.problems} >= {"共通ID", "施設・場所名", "緯度", "経度"}


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "is empty"),
        (b"\xff\xfe\x00", "is neither UTF-8, Shift_JIS (cp932) nor UTF-16"),
        (b'a,"b', "is not CSV"),
        (sites_file(), "holds no row"),
    ],
)
def test_what_is_no_list_is_refused(raw: bytes, message: str) -> None:
    assert message in only_problem(raw)


def test_a_strange_column_is_a_warning_and_is_not_read() -> None:
    result = read(sites_file(HAIZUKA + ",x", header=SITE_HEADER + ",想定収容人数"))
    assert [str(w.column) for w in result.warnings] == ["想定収容人数"]
    assert len(result.sites) == 1


def test_a_point_outside_the_city_is_a_warning_with_the_distance() -> None:
    raw = sites_file(SCHOOL, OUTSIDE, header=SHELTER_HEADER)
    result = read_gsi(raw, "27218_shitei-hinanjo.csv", load_pack(bundled()).boundary)
    assert len(result.sites) == 2
    (warning,) = result.warnings
    assert "row 3: 東大阪支援学校 lies 1,4" in str(warning)


def test_rows_of_another_city_than_the_file_name_says_are_a_warning() -> None:
    result = read(sites_file(HAIZUKA), "data/27227_shitei-kinkyu-hinanbasho.csv")
    assert len(result.sites) == 1
    (warning,) = result.warnings
    assert "another municipality" in warning.message
