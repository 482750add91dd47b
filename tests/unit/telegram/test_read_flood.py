"""What VXKO50-89 say about 大東市: the city's own stations count, not the worst of the river (jma.md §3.4)."""

from collections.abc import Callable

import pytest

from alerts.telegram.extent import Station, SubArea
from alerts.telegram.flood_levels import BELOW, UNREADABLE, stated_level
from alerts.telegram.reading import Outcome, Reading

Own = Callable[..., bytes]
Read = Callable[..., Reading]

SUMIDOU = "【警戒レベル３相当】寝屋川の住道"
SHOMEI = "【警戒レベル２】恩智川の昭明橋"
CITY_CODE = "<CityCode>2721800</CityCode>"
AREA = '<Area codeType="水位観測所">'


def brief(reading: Reading) -> list[tuple[str, int | None, int, str]]:
    assert {each.hazard for each in reading.notices} <= {"river_flood"}
    return [(each.code, each.level, each.rank, each.state.value) for each in reading.notices]


def without_body(raw: bytes) -> bytes:
    start, end = raw.index(b"<Warning "), raw.index(b"</Warning>") + len(b"</Warning>")
    return raw[:start] + raw[end:]


def test_the_city_has_the_level_of_its_worst_own_station_under_the_headline_code(own: Own, read: Read) -> None:
    reading = read(own("VXKO52"))
    assert (reading.outcome, brief(reading)) == (Outcome.LIVE, [("51", 3, 3, "in_force")])
    assert reading.hazards == {"river_flood"}
    assert reading.notices[0].name == "レベル３氾濫警報", "never the name of a worse reach"


def test_parts_of_the_city_keep_the_level_of_their_own_reach(own: Own, read: Read) -> None:
    (notice,) = read(own("VXKO52")).notices
    assert notice.extent.sub_areas == (
        SubArea("住道", 3),
        SubArea("赤井", 3),
        SubArea("三箇", 3),
        SubArea("末広町", 3),
        SubArea("新田", 2),
    )


@pytest.mark.parametrize("unknown", ["-", "大阪府大東市-", "", "－"])
def test_a_list_without_names_means_the_whole_city(unknown: str, own: Own, read: Read) -> None:
    (notice,) = read(own("VXKO52", ("新田 三箇", unknown))).notices
    assert (notice.level, notice.extent.sub_areas) == (3, ())


def test_the_gauges_of_the_city_and_the_rivers_are_kept(own: Own, read: Read) -> None:
    extent = read(own("VXKO52")).notices[0].extent
    assert extent.stations == (Station("86060400060000001", "住道", 3), Station("86060400060000002", "昭明橋", 2))
    assert extent.worst_stations == {"住道", "86060400060000001"}
    assert extent.worst_parts == {"住道", "赤井", "三箇", "末広町"}
    assert extent.rivers == ("860604000600", "8606040006", "8606040007", "8606040008")


def test_without_a_list_of_municipalities_all_gauges_are_kept(own: Own, read: Read) -> None:
    raw = own("VXKO52", ("<Name>浸水想定地区</Name>", "<Name>別の項目</Name>"))
    (notice,) = read(raw).notices
    assert (notice.level, notice.extent.sub_areas) == (5, ())
    assert [station.name for station in notice.extent.stations] == ["剣橋", "住道", "昭明橋"]
    assert "剣橋" in notice.extent.worst_stations


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("大阪府大東市三箇 大東市赤井", ("三箇", "赤井")),
        ("大阪府北河内郡大東市三箇", ("三箇",)),
        ("三箇、赤井，御領,三箇", ("三箇", "赤井", "御領")),
        ("三箇 大阪府大東市", ()),
    ],
)
def test_the_municipalitys_own_name_is_taken_off(printed: str, expected: tuple[str, ...], own: Own, read: Read) -> None:
    (notice,) = read(own("VXKO52", ("住道　赤井、三箇 大阪府大東市末広町", printed), ("新田 三箇", "三箇"))).notices
    assert tuple(part.name for part in notice.extent.sub_areas) == expected


def test_beside_a_reach_that_cannot_be_read_the_whole_city_is_meant(own: Own, read: Read) -> None:
    reading = read(own("VXKO52", (SHOMEI, "【警戒レベル甲】恩智川の昭明橋")))
    assert (reading.outcome, reading.notices[0].level) == (Outcome.HOLD, 3)
    assert reading.notices[0].extent.sub_areas == ()


def test_the_main_texts_of_the_citys_stations_are_the_details_the_worst_first(own: Own, read: Read) -> None:
    details = read(own("VXKO52")).notices[0].details
    assert [text.split("基準")[0] for text in details] == [SUMIDOU, SHOMEI]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([(SUMIDOU, "【警戒レベル５相当】寝屋川の住道")], ("51", 5, 5, "in_force")),
        ([(SUMIDOU, "【警戒レベル４相当】寝屋川の住道")], ("51", 4, 4, "in_force")),
        ([(SUMIDOU, "〔継続〕【警戒レベル4相当】寝屋川の住道")], ("51", 4, 4, "in_force")),
        ([(SUMIDOU, "寝屋川の住道")], ("51", 2, 2, "in_force")),
        ([(SUMIDOU, "寝屋川の住道"), (SHOMEI, "恩智川の昭明橋")], ("51", None, 0, "ended")),
        ([(SUMIDOU, "寝屋川の住道"), (SHOMEI, "【警戒レベル１】恩智川の昭明橋")], ("51", None, 0, "ended")),
    ],
)
def test_levels_of_stations(
    changes: list[tuple[str, str]], expected: tuple[str, int | None, int, str], own: Own, read: Read
) -> None:
    assert brief(read(own("VXKO52", *changes))) == [expected]


def test_a_station_without_main_text_says_nothing(own: Own, read: Read) -> None:
    silent = own("VXKO52", (CITY_CODE, "<CityCode>2799999</CityCode>"), ("2722900", "2721800"))
    reading = read(silent)
    assert (reading.outcome, reading.notices, reading.hazards) == (Outcome.LIVE, (), frozenset())
    assert "no 主文" in reading.reason


def test_other_municipalities_named_and_this_one_not_is_no_notice(own: Own, read: Read) -> None:
    reading = read(own("VXKO52", (CITY_CODE, "<CityCode>2799999</CityCode>")))
    assert (reading.outcome, reading.notices, reading.hazards) == (Outcome.LIVE, (), frozenset())


def test_without_any_list_of_municipalities_the_headline_counts(own: Own, read: Read) -> None:
    reading = read(without_body(own("VXKO52")))
    assert brief(reading) == [("51", 5, 5, "in_force")]
    assert reading.notices[0].extent.sub_areas == ()


def test_where_water_is_out_in_the_city_the_headline_counts(own: Own, read: Read) -> None:
    raw = own("VXKO52", ("<Name>浸水想定地区</Name>", "<Name>浸水想定地区（氾濫発生情報）</Name>"))
    (notice,) = read(raw).notices
    assert (notice.code, notice.level, notice.rank) == ("51", 5, 5)
    assert {part.level for part in notice.extent.sub_areas} == {5}


def test_where_water_is_out_elsewhere_nothing_is_said_about_the_city(own: Own, read: Read) -> None:
    raw = own(
        "VXKO52",
        ("<Name>浸水想定地区</Name>", "<Name>浸水想定地区（氾濫発生情報）</Name>"),
        (CITY_CODE, "<CityCode>2799999</CityCode>"),
    )
    assert (read(raw).notices, read(raw).hazards) == ((), frozenset())


@pytest.mark.parametrize("code", ["20", "21", "22", "30", "31", "40", "41", "50", "51", "52", "53"])
def test_every_code_is_in_force_with_its_own_level_where_no_station_speaks(code: str, own: Own, read: Read) -> None:
    reading = read(without_body(own("VXKO52", ("<Code>51</Code>", f"<Code>{code}</Code>"))))
    assert brief(reading) == [(code, int(code[0]), int(code[0]), "in_force")]


def test_code_10_is_the_all_clear_of_the_river_though_it_is_called_an_advisory(own: Own, read: Read) -> None:
    changes = ("<Code>51</Code>", "<Code>10</Code>"), ("レベル５氾濫特別警報", "レベル２氾濫注意報解除")
    for raw in (own("VXKO52", *changes), own("VXKO52", *changes, (CITY_CODE, "<CityCode>2799999</CityCode>"))):
        reading = read(raw)
        assert brief(reading) == [("10", None, 0, "ended")]
        assert "解除解除" not in reading.reason


def test_a_river_is_the_citys_by_its_headline_area_where_the_event_differs(own: Own, read: Read) -> None:
    raw = own("VXKO52", ("<EventID>860604000600</EventID>", "<EventID>123456789012</EventID>"))
    assert brief(read(raw)) == [("51", 3, 3, "in_force")]
    raw = own("VXKO52", ("<Code>860604000600</Code>", "<Code>123456789012</Code>"))
    assert brief(read(raw)) == [("51", 3, 3, "in_force")]


def test_a_river_of_others_is_no_notice_but_the_office_hears_if_it_names_the_city(own: Own, read: Read) -> None:
    reading = read(own("VXKO52", ("860604000600", "860603000100")))
    assert (reading.outcome, reading.notices, reading.hazards) == (Outcome.LIVE, (), frozenset())
    assert reading.oddities == ("大東市 may be flooded by a river that is not in the city file.",)
    assert read(own("VXKO52", ("860604000600", "860603000100"), (CITY_CODE, ""))).oddities == ()


def test_r16_an_unknown_headline_code_is_held_and_ends_nothing(own: Own, read: Read) -> None:
    reading = read(own("VXKO52", ("<Code>51</Code>", "<Code>60</Code>")))
    assert (reading.outcome, reading.unknown_codes) == (Outcome.HOLD, ("60",))
    assert (reading.notices, reading.hazards) == ((), frozenset())


def test_r16_an_unreadable_level_is_held_while_a_dangerous_reach_beside_it_acts(own: Own, read: Read) -> None:
    reading = read(own("VXKO52", (SHOMEI, "【警戒レベル６】恩智川の昭明橋")))
    assert (reading.outcome, reading.unknown_codes) == (Outcome.HOLD, ("主文 of 86060400060000002",))
    assert brief(reading) == [("51", 3, 3, "in_force")]


def test_r16_an_unreadable_level_never_ends_a_flood(own: Own, read: Read) -> None:
    reading = read(own("VXKO52", (SHOMEI, "【警戒レベル】恩智川の昭明橋"), (SUMIDOU, "寝屋川の住道")))
    assert (reading.outcome, reading.notices, reading.hazards) == (Outcome.HOLD, (), frozenset())


def test_r16_a_city_named_without_a_station_is_held(own: Own, read: Read) -> None:
    raw = own("VXKO52", ("<Code>86060400060000002</Code>", ""), ("<Code>86060400060000001</Code>", ""))
    reading = read(raw)
    assert (reading.outcome, reading.unknown_codes) == (Outcome.HOLD, ("主文 of without station",))


def test_r16_a_headline_without_a_kind_is_broken(own: Own, read: Read) -> None:
    reading = read(own("VXKO52", ("<Code>51</Code>", "")))
    assert (reading.outcome, reading.hazards) == (Outcome.HOLD, frozenset())
    assert reading.reason.startswith("Broken: VXKO has no Kind/Code")


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("【警戒レベル５相当】", 5),
        ("【警戒レベル2】", 2),
        ("今後、警戒レベル４相当となる可能性があります。", BELOW),
        ("【警戒レベル２】のち【警戒レベル３相当】", 3),
        ("【警戒レベル九】", UNREADABLE),
        ("【警戒レベル３相当】【警戒レベル】", UNREADABLE),
        ("", BELOW),
    ],
)
def test_a_level_is_what_stands_in_brackets(text: str, level: int) -> None:
    assert stated_level(text) == level
