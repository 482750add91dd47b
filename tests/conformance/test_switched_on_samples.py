"""The real samples of what is prepared: off they have contract.md's outcome, on they are read for a city."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from alerts.city.codes import CityCodes
from alerts.telegram.envelope import InfoType
from alerts.telegram.extent import Station
from alerts.telegram.reader import read_telegram
from alerts.telegram.reading import Outcome, Reading

TELEGRAMS = Path(__file__).parents[3] / "shared" / "telegrams"
if not TELEGRAMS.is_dir():
    pytest.skip("../shared/telegrams is not beside this repository", allow_module_level=True)

RIVERS, WARNINGS = (
    [file for name in names for file in sorted((TELEGRAMS / name).glob("*.xml"))]
    for names in (("VXSU",), ("VXSE43", "VXSE44", "VXSE45"))
)
TAIWA = CityCodes(
    name="大和町",
    name_en="Taiwa Town",
    prefecture="宮城県",
    code="04421",
    municipality="0442101",  # 大和町東部: warnings divide the town
    class15="040013",
    class10="040010",
    office="040000",
    region="010200",
    quake_region="220",
    tsunami_region="220",
    rivers=("8201813100",),
)
ON = ("VXSU", "VXSE43", "VXSE44", "VXSE45")
NANYO, ELSEWHERE = (replace(TAIWA, quake_region=region, switched_on=ON) for region in ("622", "520"))


def read(file: Path, city: CityCodes) -> Reading:
    return read_telegram(file.read_bytes(), file.name, city)


def early_warning(name: str, city: CityCodes) -> Any:
    shown = read(TELEGRAMS / name, city).display
    assert shown is not None
    assert shown.content is not None
    return shown.content["early_warning"]


def test_there_are_samples_of_each() -> None:
    assert (len(RIVERS), len(WARNINGS)) == (1, 14)


def test_off_a_notified_river_is_held_and_an_early_warning_ignored() -> None:
    assert {read(file, TAIWA).outcome for file in RIVERS} == {Outcome.HOLD}
    assert {read(file, TAIWA).outcome for file in WARNINGS} == {Outcome.IGNORE}


@pytest.mark.parametrize("municipality", ["0442101", "0442100", "0442400"])
def test_on_a_notified_river_is_a_flood_of_every_municipality_it_names(municipality: str) -> None:
    city = replace(TAIWA, municipality=municipality, switched_on=("VXSU",))
    reading = read(RIVERS[0], city)
    assert (reading.outcome, reading.unknown_codes, reading.oddities) == (Outcome.LIVE, (), ())
    (notice,) = reading.notices
    assert (notice.hazard, notice.code, notice.level, notice.name) == ("river_flood", "21", 2, "レベル２氾濫注意報")
    assert notice.extent.stations == (Station("820181310000081", "塩浪", 2),)
    assert notice.extent.sub_areas == (), "- names no parts: the whole town"
    assert notice.extent.rivers == ("8201813100", "82018131")


def test_on_a_notified_river_says_nothing_where_only_others_are_named() -> None:
    reading = read(RIVERS[0], replace(TAIWA, municipality="0442200", switched_on=("VXSU",)))
    assert (reading.outcome, reading.notices) == (Outcome.LIVE, ())


@pytest.mark.parametrize("file", WARNINGS, ids=lambda file: file.name)
def test_on_an_early_warning_is_displayed_and_never_says_anything_to_push(file: Path) -> None:
    reading = read(file, NANYO)
    assert (reading.outcome, reading.notices, reading.hazards) == (Outcome.DISPLAY, (), frozenset())
    assert reading.display is not None
    assert (reading.display.content is None) is (reading.info_type is InfoType.RETRACTION)


def test_on_the_citys_region_has_its_own_forecast() -> None:
    reached = {"lower": "5-", "upper": "5-", "arrival_at": None, "arrival": "既に主要動到達と推測"}
    assert early_warning("VXSE43/37_01_01_240613_VXSE43.xml", NANYO) == {"warned": True, **reached}
    assert early_warning("VXSE44/36_01_08_240613_VXSE44.xml", NANYO) == {"warned": True, **reached}
    assert early_warning("VXSE44/36_01_02_240613_VXSE44.xml", NANYO)["warned"] is False
    not_named = {"warned": False, "lower": None, "upper": None, "arrival_at": None, "arrival": None}
    assert early_warning("VXSE43/37_01_01_240613_VXSE43.xml", ELSEWHERE) == not_named
