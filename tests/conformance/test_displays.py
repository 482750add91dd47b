"""The real display telegrams, read for the city each one is about and for a city it is not about."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from alerts.city.codes import CityCodes
from alerts.city.pack import bundled, load_pack
from alerts.telegram import catalogue
from alerts.telegram.display.content import Display
from alerts.telegram.envelope import InfoType
from alerts.telegram.reader import read_telegram
from alerts.telegram.reading import Outcome, Reading

TELEGRAMS = Path(__file__).parents[3] / "shared" / "telegrams"
if not TELEGRAMS.is_dir():
    pytest.skip("../shared/telegrams is not beside this repository", allow_module_level=True)

DISPLAYED = [
    file
    for file in sorted(TELEGRAMS.glob("*/*.xml"))
    if catalogue.entries()[file.parent.name].outcome is Outcome.DISPLAY
]
DAITO = load_pack(bundled()).codes
# What of the codes must be another's for the telegram to be about the city.
ABOUT = {
    "VPFD51/24_11_01_190925_VPFD51.xml": {"class10": "130010", "office": "130000"},
    "VPFW50/27_02_01_130906_VPFW50.xml": {"class10": "280010", "office": "280000"},
    "VPFG50/23_01_01_160628_VPFG50.xml": {"class10": "230010", "office": "230000"},
    "VPFD61/90_01_01_241031_VPFD61.xml": {"class10": "370000", "office": "370000"},
    "VPFW60/69_01_01_241031_VPFW60.xml": {"class10": "370000", "office": "370000"},
    "VPWP50/81_01_01_260129_VPWP50.xml": {"municipality": "0121400"},
    "VPZJ51/83_01_01_250630_VPZJ51.xml": {"region": "010900"},
    "VPCJ51/84_01_01_260129_VPCJ51.xml": {"region": "010300"},
    "VPFJ51/85(82)_02_01_250630_VPFJ51.xml": {"class10": "180010", "office": "180000"},
    "VPTA50/76_01_01_200630_VPTA50.xml": {"class15": "011011"},
    "VPAW51/72_01_01_190327_VPAW51.xml": {"region": "010200"},
    "VTSE51/32-39_11_03_250206_VTSE51.xml": {"tsunami_region": "210"},
    "VTSE52/61_11_01_250206_VTSE52.xml": {"tsunami_region": "210"},
}
NOWHERE = replace(
    DAITO,
    **{"municipality": "9999900", "class15": "990003", "class10": "990010", "office": "990000", "region": "019900"},
    **{"prefecture": "どこか県", "tsunami_region": "999"},
)


def read(file: Path, city: CityCodes) -> Reading:
    return read_telegram(file.read_bytes(), file.name, city)


def display(file: Path, city: CityCodes) -> Display:
    found = read(file, city).display
    assert found is not None
    return found


def content(name: str, **codes: str) -> Any:
    return display(TELEGRAMS / name, replace(DAITO, **(codes or ABOUT.get(name, {})))).content


def name_of(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"


@pytest.mark.parametrize("file", DISPLAYED, ids=name_of)
def test_every_display_telegram_is_read_for_the_app(file: Path) -> None:
    reading = read(file, DAITO)
    assert reading.outcome in {Outcome.DISPLAY, Outcome.DRILL}, reading.reason
    assert reading.display is not None
    assert reading.display.key.startswith(f"{reading.display.kind}/{file.parent.name[:4]}")
    assert json.loads(json.dumps(reading.display.content)) == reading.display.content
    if reading.info_type is InfoType.RETRACTION:
        assert reading.display.content is None


@pytest.mark.parametrize("name", ABOUT)
def test_what_is_about_the_city_is_shown_and_elsewhere_is_not(name: str) -> None:
    assert content(name), "the city it is about"
    assert display(TELEGRAMS / name, NOWHERE).content is None


@pytest.mark.parametrize("file", sorted(TELEGRAMS.glob("VPTW6*/*.xml")), ids=name_of)
def test_every_point_of_a_typhoon_is_read(file: Path) -> None:
    said = display(file, NOWHERE).content
    assert said is not None
    points = said["points"]
    assert len(points) == file.read_text(encoding="utf-8").count("<MeteorologicalInfo>")
    assert all(-90 <= point["latitude"] <= 90 and 100 <= point["longitude"] <= 200 for point in points)
    assert [point["at"] for point in points] == sorted(point["at"] for point in points)


def test_a_typhoon_is_as_the_telegram_prints_it() -> None:
    typhoon = content("VPTW60/10_04_03_170913_VPTW60.xml")
    assert (typhoon["event"], typhoon["name"], typhoon["number"]) == ("TC1725", "TALIM", "1718")
    now = typhoon["points"][0]
    assert (now["latitude"], now["longitude"], now["storm_km"], now["wind_ms"]) == (25.5, 125.5, 150, 45)


def test_a_typhoon_that_is_over_says_so() -> None:
    assert content("VPTW60/10_04_08_170918_VPTW60.xml")["remark"] == "台風消滅（温帯低気圧化）"


def test_the_storm_probability_has_five_sums_and_forty_steps() -> None:
    probability = content("VPTA50/76_01_01_200630_VPTA50.xml")
    assert (len(probability["within"]), len(probability["steps"])) == (5, 40)


def test_an_outlook_is_as_the_telegram_prints_it() -> None:
    outlook = content("VPFD61/90_01_01_241031_VPFD61.xml")
    levels = {hazard["hazard"]: hazard["level"] for hazard in outlook["hazards"]}
    assert (levels["大雨"], levels["土砂災害"], levels["雪"]) == (1, 1, None)
    rain = outlook["hazards"][0]
    assert [period["rank"] for period in rain["periods"]] == [None, "中", "中", "中", "中", None, None, None, None]


def test_a_forecast_is_as_the_telegram_prints_it() -> None:
    forecast = content("VPFD51/24_11_01_190925_VPFD51.xml")
    today = forecast["periods"][0]
    assert (today["name"], today["weather"], today["weather_code"]) == ("今日", "くもり後一時雨", "212")
    assert forecast["rain"][0]["percent"] == 10
    tokyo = [each for each in forecast["temperatures"] if each["station"] == "東京"]
    assert {(each["label"], each["celsius"]) for each in tokyo} >= {("日中の最高気温", 12), ("最高気温", 15)}


def test_a_week_has_seven_days() -> None:
    assert len(content("VPFW50/27_02_01_130906_VPFW50.xml")["periods"]) == 7


def test_a_timeline_has_every_hazard_of_the_municipality() -> None:
    timeline = content("VPWP50/81_01_01_260129_VPWP50.xml")
    assert {"大雨浸水危険度", "土砂災害危険度", "風危険度", "雷危険度"} <= {
        each["hazard"] for each in timeline["dangers"]
    }
    assert all(step["code"] and step["label"] for danger in timeline["dangers"] for step in danger["steps"])


def test_a_rainband_is_foretold_prefecture_by_prefecture() -> None:
    bulletin = content("VPZJ51/83_01_01_250630_VPZJ51.xml")
    assert bulletin["tags"] == ["線状降水帯予測"]
    assert "山口県：１４日未明から１４日夜遅くにかけて" in [block["text"] for block in bulletin["blocks"]]


def test_an_unknown_magnitude_stays_words() -> None:
    (hypocentre,) = content("VTSE51/32-39_11_03_250206_VTSE51.xml")["hypocentres"]
    assert hypocentre["magnitude"] == "Ｍ８を超える巨大地震"


def test_a_tsunami_of_unknown_height_is_called_huge() -> None:
    waves = content("VTSE51/32-39_11_03_250206_VTSE51.xml")["waves"]
    assert (waves[0]["place"], waves[0]["height"], waves[0]["arrival"]) == ("岩手県", "巨大", "津波到達中と推測")


def test_earthquakes_are_counted() -> None:
    counts = content("VXSE60/32-35_03_01_100514_VXSE60.xml")["counts"]
    assert (counts[0]["number"], counts[0]["felt"]) == (1587, 1)
