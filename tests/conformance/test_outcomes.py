"""Every shared telegram gets the outcome of contract.md's table, for cities near and far, and none is skipped."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from alerts.city.codes import CityCodes
from alerts.city.pack import bundled, load_pack
from alerts.telegram import catalogue
from alerts.telegram.envelope import InfoType, Status
from alerts.telegram.kinds import all_kinds
from alerts.telegram.reader import read_telegram
from alerts.telegram.reading import Outcome, Reading

SHARED = Path(__file__).parents[3] / "shared"
TELEGRAMS = sorted((SHARED / "telegrams").glob("*/*.xml"))
if not TELEGRAMS:
    pytest.skip("../shared/telegrams is not beside this repository", allow_module_level=True)

# contract.md, "outcome of an actual telegram"; every type that stands nowhere here is of no use to residents.
LIVE = r"VPWW(5[5-9]|6[01])|VXKO|VPBS50|VPHW51|VPFT50|VXSE(51|53|62)|VTSE41|VYSE5[01]|VFVO5[345]"
DISPLAY = (
    r"VPFD[56]1|VPFW[56]0|VPFG50|VPWP50|VPZJ51|VPCJ51|VPFJ51|VPTW6[0-5]|VPTA5[0-5]|VPTI5[0-2]|VPAW51"
    r"|VXSE(52|56|60|61)|VTSE5[12]|VYSE52|VZSE40"
)
HOLD = "VXSU"
DRILL_STATUSES = (Status.EXERCISE, Status.TEST)

DAITO = load_pack(bundled()).codes
CITIES = {
    "大東市": DAITO,
    "石巻市": replace(
        DAITO,
        **{"name": "石巻市", "name_en": "Ishinomaki City", "prefecture": "宮城県", "code": "04202"},
        **{"municipality": "0420200", "class15": "040012", "class10": "040010", "office": "040000"},
        **{"region": "010200", "quake_region": "220", "tsunami_region": "220", "rivers": ()},
    ),
    "鹿児島市": replace(
        DAITO,
        **{"name": "鹿児島市", "name_en": "Kagoshima City", "prefecture": "鹿児島県", "code": "46201"},
        **{"municipality": "4620100", "class15": "460011", "class10": "460010", "office": "460100"},
        **{"region": "011100", "quake_region": "770", "tsunami_region": "770", "rivers": ()},
    ),
    "熊本市": replace(
        DAITO,
        **{"name": "熊本市", "name_en": "Kumamoto City", "prefecture": "熊本県", "code": "43100"},
        **{"municipality": "4310000", "class15": "430011", "class10": "430010", "office": "430000"},
        **{"region": "010900", "quake_region": "741", "tsunami_region": "752", "rivers": ("890910000100",)},
    ),
    "福井市": replace(
        DAITO,
        **{"name": "福井市", "name_en": "Fukui City", "prefecture": "福井県", "code": "18201"},
        **{"municipality": "1820100", "class15": "180011", "class10": "180010", "office": "180000"},
        **{"region": "010500", "quake_region": "390", "tsunami_region": "370", "rivers": ()},
    ),
}
COUNTS = {Outcome.LIVE: 108, Outcome.DISPLAY: 86, Outcome.IGNORE: 128, Outcome.DRILL: 15, Outcome.HOLD: 1}


def read(file: Path, city: CityCodes) -> Reading:
    return read_telegram(file.read_bytes(), file.name, city)


def outcome_of_the_table(reading: Reading) -> Outcome:
    if reading.status in DRILL_STATUSES:
        return Outcome.DRILL
    for types, outcome in ((LIVE, Outcome.LIVE), (DISPLAY, Outcome.DISPLAY), (HOLD, Outcome.HOLD)):
        if re.fullmatch(types, reading.type or ""):
            return outcome
    return Outcome.IGNORE


@pytest.mark.parametrize("file", TELEGRAMS, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_telegram_has_the_outcome_of_the_table_for_every_city(file: Path) -> None:
    for city in CITIES.values():
        reading = read(file, city)
        assert reading.outcome is outcome_of_the_table(reading), reading.reason
        assert reading.type == file.parent.name
        assert reading.type in catalogue.entries()
        assert reading.reason.endswith(".")
        assert reading.unknown_codes == ()
        assert reading.oddities == ()
        assert {(each.hazard, each.code) for each in reading.notices} <= all_kinds()
        assert {each.hazard for each in reading.notices} <= reading.hazards
        if reading.outcome not in (Outcome.LIVE, Outcome.DRILL) or reading.info_type is InfoType.RETRACTION:
            assert reading.notices == ()


def test_no_telegram_is_skipped_and_the_outcomes_are_counted() -> None:
    assert len(TELEGRAMS) == 338
    assert Counter(read(file, DAITO).outcome for file in TELEGRAMS) == COUNTS


@pytest.mark.parametrize("name", CITIES)
def test_every_city_is_named_by_some_telegram(name: str) -> None:
    city = CITIES[name]
    hazards = Counter(each.hazard for file in TELEGRAMS for each in read(file, city).notices)
    assert hazards["nankai_trough"] == 8, "concerns every city"
    assert len(hazards) > 1
