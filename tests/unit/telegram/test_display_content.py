"""What each family of display telegrams tells the app about 大東市, and what it leaves out."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from alerts.telegram.display.content import Display
from alerts.telegram.reading import Reading

Own = Callable[..., bytes]
Read = Callable[..., Reading]
Shown = Callable[..., Display]


@pytest.fixture
def shown(own: Own, read: Read) -> Shown:
    """The display of an own telegram with changes."""

    def display(telegram_type: str, *changes: tuple[str, str]) -> Display:
        found = read(own(telegram_type, *changes), f"{telegram_type}.xml").display
        assert found is not None
        return found

    return display


@pytest.fixture
def content(shown: Shown) -> Callable[..., Mapping[str, Any]]:
    def said(telegram_type: str, *changes: tuple[str, str]) -> Mapping[str, Any]:
        found = shown(telegram_type, *changes).content
        assert found is not None
        return found

    return said


Content = Callable[..., Mapping[str, Any]]


def test_an_outlook_has_a_level_only_where_the_hazard_has_levels(content: Content) -> None:
    hazards = content("VPFD61")["hazards"]
    assert [(each["hazard"], each["level"]) for each in hazards] == [("大雨", 1), ("風（風雪）", None), ("雪", None)]
    assert [each["rank"] for each in hazards[0]["periods"]] == ["中", None]
    assert hazards[0]["periods"][0]["name"] == "２日１８時から２４時"
    assert hazards[0]["text"] == "大阪府では、３日までの期間内に、大雨警報を発表する可能性がある。"


def test_an_outlook_without_any_possibility_has_no_level(content: Content) -> None:
    (hazard,) = content("VPFW60")["hazards"]
    assert (hazard["hazard"], hazard["level"]) == ("雨", None)


def test_an_outlook_is_over_with_its_last_period(shown: Shown) -> None:
    assert shown("VPFD61").valid_until == datetime(2026, 7, 2, 21, tzinfo=UTC)


@pytest.mark.parametrize("telegram_type", ["VPFD61", "VPFW60", "VPFD51", "VPFW50"])
def test_another_areas_forecast_is_not_the_citys(telegram_type: str, shown: Shown) -> None:
    assert shown(telegram_type, ("<Code>270000</Code>", "<Code>280000</Code>")).content is None


def test_the_forecast_tells_weather_rain_and_temperatures(content: Content) -> None:
    forecast = content("VPFD51")
    tonight, tomorrow = forecast["periods"]
    assert (tonight["name"], tonight["weather"], tonight["weather_code"]) == ("今夜", "雨", "300")
    assert (tonight["detail"], tonight["wind"]) == ("雨", "南の風")
    assert (tomorrow["weather"], tomorrow["wind"]) == ("雨後くもり", None)
    assert [each["percent"] for each in forecast["rain"]] == [80]
    (coldest,) = forecast["temperatures"]
    assert (coldest["station"], coldest["label"], coldest["celsius"]) == ("大阪", "朝の最低気温", 23)


def test_the_weekly_forecast_tells_how_reliable_it_is(content: Content) -> None:
    assert [each["reliability"] for each in content("VPFW50")["periods"]] == [None, "A"]


def test_the_timeline_is_the_municipalitys_own(content: Content, shown: Shown) -> None:
    timeline = content("VPWP50")
    rain, wind = timeline["dangers"]
    assert [(step["code"], step["label"]) for step in rain["steps"]] == [("20", "警戒レベル２"), ("30", "警戒レベル３")]
    assert (rain["part"], wind["part"]) == (None, "陸上")
    (amounts,) = timeline["amounts"]
    assert (amounts["what"], amounts["values"][0]["text"]) == ("１時間最大雨量", "３０ミリ")
    assert shown("VPWP50", ("<Code>2721800</Code>", "<Code>2721900</Code>")).content is None


def test_a_prefectures_commentary_has_tags_and_blocks(content: Content) -> None:
    bulletin = content("VPFJ51")
    assert bulletin["tags"] == ["大雨", "落雷"]
    assert [each["heading"] for each in bulletin["blocks"]] == ["気象概況", "防災事項"]


def test_a_national_commentary_names_where_and_when(content: Content) -> None:
    bulletin = content("VPZJ51")
    assert bulletin["tags"] == ["線状降水帯予測"]
    assert bulletin["blocks"] == [{"heading": "雨の予想", "text": "大阪府：２日夜から３日明け方にかけて"}]


@pytest.mark.parametrize(("telegram_type", "code"), [("VPFJ51", "270000"), ("VPZJ51", "010600")])
def test_a_commentary_on_other_areas_is_not_shown(telegram_type: str, code: str, shown: Shown) -> None:
    assert shown(telegram_type, (f"<Code>{code}</Code>", "<Code>011000</Code>")).content is None


def test_a_commentary_is_shown_for_three_days(shown: Shown) -> None:
    assert shown("VPFJ51").valid_until == datetime(2026, 7, 2, 7, 30, 12, tzinfo=UTC) + timedelta(days=3)


def test_a_typhoon_has_its_name_and_its_way(content: Content) -> None:
    typhoon = content("VPTW60")
    assert (typhoon["event"], typhoon["name"], typhoon["kana"], typhoon["number"]) == (
        "TC2607",
        "TALIM",
        "タリム",
        "2605",
    )
    here, expected = typhoon["points"]
    assert (here["what"], here["latitude"], here["longitude"], here["circle_km"]) == ("実況", 31.0, 135.6, None)
    assert (expected["what"], expected["latitude"], expected["circle_km"]) == ("予報　１２時間後", 34.7, 110)
    assert (here["pressure_hpa"], here["wind_ms"], here["gust_ms"], here["speed_kmh"]) == (960, 40, 60, 20)
    assert (here["category"], here["size"], here["strength"]) == ("台風(TY)", "大型", "強い")


def test_a_typhoon_without_a_readable_place_is_not_shown(shown: Shown) -> None:
    assert shown("VPTW60", ("+31.0+135.6/", "?"), ("+34.7+135.6/", "")).content is None


def test_the_storm_probability_is_that_of_the_citys_class15_area(content: Content, shown: Shown) -> None:
    probability = content("VPTA50")
    assert probability["event"] == "TC2607"
    assert [each["percent"] for each in probability["within"]] == [40, 55]
    assert [each["percent"] for each in probability["steps"]] == [5]
    assert shown("VPTA50", ("270003", "270002")).content is None


def test_an_earthquake_has_its_hypocentre_in_jmas_words(content: Content) -> None:
    said = content("VXSE52")
    (hypocentre,) = said["hypocentres"]
    assert (hypocentre["name"], hypocentre["magnitude"]) == ("紀伊水道", "Ｍ５．１")
    assert said["texts"] == ["この地震による津波の心配はありません。"]


def test_a_tsunamis_times_are_those_of_the_citys_region(content: Content, shown: Shown) -> None:
    (wave,) = content("VTSE51")["waves"]
    assert (wave["place"], wave["kind"], wave["height"]) == ("大阪府", "津波注意報", "１ｍ")
    assert wave["arrival_at"] == "2026-07-02T02:40:00+00:00"
    assert shown("VTSE51", ("<Code>510</Code>", "<Code>511</Code>")).content is None


@pytest.mark.parametrize("damage", ["P99999999999999999D", "PT", "6 hours"])
def test_a_period_of_no_readable_length_is_a_moment(damage: str, content: Content) -> None:
    first = content("VPFD61", ("<Duration>PT6H</Duration>", f"<Duration>{damage}</Duration>"))["hazards"][0]["periods"][
        0
    ]
    assert first["start"] == first["end"]


def test_r16_a_period_beyond_all_times_is_left_out(content: Content) -> None:
    beyond = ("<DateTime>2026-07-03T00:00:00+09:00</DateTime>", "<DateTime>9999-12-31T23:00:00+00:00</DateTime>")
    assert [len(hazard["periods"]) for hazard in content("VPFD61", beyond)["hazards"]] == [1, 1, 1]
