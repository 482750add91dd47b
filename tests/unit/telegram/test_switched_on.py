"""What is prepared and switched off (VXSU, VXSE43-45), and what it says in a city that switches it on."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from alerts.city.codes import CityCodes
from alerts.telegram.extent import Station, SubArea
from alerts.telegram.kinds import hazards_of
from alerts.telegram.reader import read_telegram
from alerts.telegram.reading import Outcome, Reading

Own = Callable[..., bytes]
Read = Callable[..., Reading]

RIVER = "8606049900"
LEVEL_2 = "【警戒レベル２情報［洪水］】鍋田川の中垣内"
DANGER_2 = "<Name>警戒レベル２</Name>"
GAUGE = "860604990000082"
EARLY_WARNINGS = {
    "VXSE43": "緊急地震速報（警報）",
    "VXSE44": "緊急地震速報（予報）",
    "VXSE45": "緊急地震速報（地震動予報）",
}


@pytest.fixture
def read_on(daito: CityCodes) -> Read:
    """Reads for 大東市 with everything switched on, and the river of the own telegram in its city file."""
    prepared = replace(daito, switched_on=("VXSU", *EARLY_WARNINGS), rivers=(*daito.rivers, RIVER))
    return lambda raw, file="telegram.xml": read_telegram(raw, file, prepared)


@pytest.fixture
def shown(own: Own, read_on: Read) -> Callable[..., Mapping[str, Any]]:
    """The content that an early warning has in the app."""

    def content(*changes: tuple[str, str]) -> Mapping[str, Any]:
        display = read_on(own("VXSE43", *changes)).display
        assert display is not None
        assert display.content is not None
        return display.content

    return content


def brief(reading: Reading) -> list[tuple[str, str, int | None, str]]:
    return [(each.hazard, each.code, each.level, each.state.value) for each in reading.notices]


@pytest.mark.parametrize("name", ["VXSU", "VXSU50", "VXSU59"])
def test_a_notified_river_is_held_until_a_city_switches_it_on(name: str, own: Own, read: Read, read_on: Read) -> None:
    raw = own("VXSU52")
    held = read(raw, f"{name}.xml")
    assert held.outcome is Outcome.HOLD
    assert not held.notices
    assert not held.hazards
    assert held.reason.endswith("Prepared, switched off.")
    assert read_on(raw, f"{name}.xml").outcome is Outcome.LIVE


@pytest.mark.parametrize("name", EARLY_WARNINGS)
def test_an_early_warning_is_ignored_until_a_city_switches_it_on(
    name: str, own: Own, read: Read, read_on: Read
) -> None:
    raw = own("VXSE43", ("<Title>緊急地震速報（警報）", f"<Title>{EARLY_WARNINGS[name]}"))
    ignored = read(raw, f"{name}.xml")
    assert (ignored.outcome, ignored.display) == (Outcome.IGNORE, None)
    assert ignored.reason.endswith("Prepared, switched off.")
    displayed = read_on(raw, f"{name}.xml")
    assert (displayed.outcome, displayed.notices, displayed.hazards) == (Outcome.DISPLAY, (), frozenset())


def test_one_switch_moves_nothing_else(own: Own, daito: CityCodes) -> None:
    city = replace(daito, switched_on=("VXSE43",))
    assert read_telegram(own("VXSU52"), "VXSU52.xml", city).outcome is Outcome.HOLD
    assert read_telegram(own("VXSE52"), "VXSE52.xml", city).outcome is Outcome.DISPLAY
    raw = own("VXSE43", ("<Title>緊急地震速報（警報）", "<Title>緊急地震速報（予報）"))
    assert read_telegram(raw, "VXSE44.xml", city).outcome is Outcome.IGNORE


def test_a_notified_river_has_the_level_of_the_citys_own_station_under_the_headline_code(
    own: Own, read_on: Read
) -> None:
    reading = read_on(own("VXSU52"))
    assert (reading.outcome, brief(reading)) == (Outcome.LIVE, [("river_flood", "31", 2, "in_force")])
    assert (reading.unknown_codes, reading.oddities) == ((), ())
    assert reading.hazards == {"river_flood"}
    (notice,) = reading.notices
    assert notice.name == "レベル２氾濫注意報", "never the name of a worse reach"
    assert notice.extent.sub_areas == (SubArea("中垣内", 2), SubArea("寺川", 2), SubArea("野崎", 2))
    assert notice.extent.stations == (Station(GAUGE, "中垣内", 2),), "once, though two Areas are its"
    assert notice.extent.rivers == (RIVER, "86060499")
    assert [detail[:15] for detail in notice.details] == ["【警戒レベル２情報［洪水］】鍋"]


def test_a_municipality_that_warnings_divide_is_found_by_its_part(own: Own, read_on: Read) -> None:
    raw = own("VXSU52", ("<CityCode>2721800</CityCode>", "<CityCode>2721899</CityCode>"))
    assert brief(read_on(raw)) == [("river_flood", "31", 2, "in_force")]


def test_a_notified_river_of_others_says_nothing_here(own: Own, read: Read, daito: CityCodes) -> None:
    city = replace(daito, switched_on=("VXSU",))
    reading = read_telegram(own("VXSU52"), "VXSU52.xml", city)
    assert (reading.outcome, reading.notices, reading.hazards) == (Outcome.LIVE, (), frozenset())
    assert reading.oddities == ("大東市 may be flooded by a river that is not in the city file.",)


def test_the_higher_of_text_and_field_is_the_stations_level(own: Own, read_on: Read) -> None:
    by_field = read_on(own("VXSU52", (LEVEL_2, "鍋田川の中垣内")))
    by_text = read_on(own("VXSU52", (DANGER_2, "<Name>警戒レベル１</Name>")))
    assert brief(by_field) == brief(by_text) == [("river_flood", "31", 2, "in_force")]


def test_below_level_2_the_hazard_is_over(own: Own, read_on: Read) -> None:
    reading = read_on(own("VXSU52", (LEVEL_2, "鍋田川の中垣内"), (DANGER_2, "<Name>警戒レベル１</Name>")))
    assert brief(reading) == [("river_flood", "31", None, "ended")]


@pytest.mark.parametrize("change", [(LEVEL_2, "【警戒レベル甲】鍋田川の中垣内"), (DANGER_2, "<Name>危険</Name>")])
def test_r16_a_level_that_cannot_be_read_is_held(change: tuple[str, str], own: Own, read_on: Read) -> None:
    reading = read_on(own("VXSU52", change))
    assert (reading.outcome, reading.unknown_codes) == (Outcome.HOLD, (f"概況 of {GAUGE}",))
    assert reading.notices == ()


def test_the_end_of_a_notified_rivers_flood_is_an_end(own: Own, read_on: Read) -> None:
    reading = read_on(own("VXSU52", ("<Code>31</Code>", "<Code>10</Code>")))
    assert brief(reading) == [("river_flood", "10", None, "ended")]


def test_a_retraction_of_a_notified_river_withdraws_its_unit(own: Own, read_on: Read) -> None:
    issued, retracted = read_on(own("VXSU52")), read_on(own("VXSU52", ("発表</InfoType>", "取消</InfoType>")))
    assert (retracted.outcome, retracted.notices) == (Outcome.LIVE, ())
    assert retracted.hazards == hazards_of("VXSU52") == {"river_flood"}
    assert issued.envelope is not None
    assert retracted.envelope is not None
    assert issued.envelope.unit == retracted.envelope.unit == f"VXSU/actual/{RIVER}"


def test_r16_an_unknown_layout_or_kind_of_a_notified_river_is_told(own: Own, read_on: Read) -> None:
    odd = read_on(own("VXSU52", ("1.5_0", "1.6_0")))
    assert odd.oddities == ("VXSU has the layout 水位周知河川に関する情報 1.6_0, not 水位周知河川に関する情報 1.5_0.",)
    unknown = read_on(own("VXSU52", ("<Code>31</Code>", "<Code>77</Code>")))
    assert (unknown.outcome, unknown.unknown_codes) == (Outcome.HOLD, ("77",))


@pytest.mark.parametrize("name", ["VXSU52", "VXSE43"])
def test_r1_an_exercise_is_a_drill_switched_on_or_off(name: str, own: Own, read: Read, read_on: Read) -> None:
    raw = own(name, ("<Status>通常", "<Status>訓練"))
    assert {read(raw).outcome, read_on(raw).outcome} == {Outcome.DRILL}
    display = read_on(raw).display
    assert (display is not None) is (name == "VXSE43")
    assert display is None or "/exercise/" in display.key


def test_an_early_warning_shows_what_is_forecast_for_the_citys_region(shown: Callable[..., Mapping[str, Any]]) -> None:
    said = shown()
    assert said["early_warning"] == {
        "warned": True,
        "lower": "4",
        "upper": "5-",
        "arrival_at": "2026-07-02T01:00:26+00:00",
        "arrival": None,
    }
    (hypocentre,) = said["hypocentres"]
    assert (hypocentre["name"], hypocentre["magnitude"]) == ("紀伊水道", "Ｍ６．８")


def test_a_region_that_the_waves_have_reached_has_words_for_a_time(shown: Callable[..., Mapping[str, Any]]) -> None:
    arrival = "<ArrivalTime>2026-07-02T10:00:26+09:00</ArrivalTime>"
    said = shown((arrival, "<Condition>既に主要動到達と推測</Condition>"))["early_warning"]
    assert (said["arrival_at"], said["arrival"]) == (None, "既に主要動到達と推測")


FORECAST = "<Code>10</Code></Kind></Category>\n          <ForecastInt><From>4</From>"
ONLY_FORECAST = FORECAST.replace("10", "00", 1)


@pytest.mark.parametrize(
    ("changes", "warned", "lower"),
    [
        ([], True, "4"),
        ([(FORECAST, ONLY_FORECAST)], True, "4"),  # once warned, the headline goes on naming the region
        ([("<Code>31</Code>", "<Code>00</Code>")], True, "4"),  # VXSE44 says it in the Kind of the area alone
        ([("<Code>31</Code>", "<Code>00</Code>"), (FORECAST, ONLY_FORECAST)], False, "4"),
        ([("520", "999")], False, None),
    ],
)
def test_a_region_is_warned_where_the_headline_or_its_kind_says_so(
    changes: list[tuple[str, str]], warned: bool, lower: str | None, shown: Callable[..., Mapping[str, Any]]
) -> None:
    said = shown(*changes)["early_warning"]
    assert (said["warned"], said["lower"]) == (warned, lower)


def test_an_assumed_hypocentre_is_never_shown_as_an_earthquakes(shown: Callable[..., Mapping[str, Any]]) -> None:
    arrived = "<ArrivalTime>2026-07-02T10:00:05+09:00</ArrivalTime>"
    said = shown((arrived, f"{arrived}<Condition>仮定震源要素</Condition>"))
    assert said["hypocentres"] == []
    assert said["early_warning"]["warned"] is True


def test_an_early_warning_is_shown_for_an_hour_and_a_retraction_takes_it_away(own: Own, read_on: Read) -> None:
    reading, retraction = read_on(own("VXSE43")), read_on(own("VXSE43", ("発表</InfoType>", "取消</InfoType>")))
    assert reading.display is not None
    assert reading.envelope is not None
    assert reading.display.valid_until - reading.envelope.issued_at == timedelta(hours=1)
    assert (retraction.outcome, retraction.notices) == (Outcome.DISPLAY, ())
    assert retraction.display is not None
    assert (retraction.display.key, retraction.display.content) == (reading.display.key, None)
