"""Levels and ranks are data and follow from type and code."""

import pytest

from alerts.telegram import kinds

ALERT_LEVELS = {
    "VPWW55": {"33": 5, "43": 4, "03": 3, "10": 2},
    "VPWW56": {"39": 5, "49": 4, "09": 3, "29": 2},
    "VPWW57": {"38": 5, "48": 4, "08": 3, "19": 2},
}
WITHOUT_LEVEL = {
    "VPWW58": {"35": 5, "32": 5, "05": 3, "02": 3, "15": 2, "13": 2},
    "VPWW59": {"37": 5, "07": 3, "16": 2},
    "VPWW60": {"36": 5, "06": 3, "12": 2},
    "VPWW61": dict.fromkeys(("14", "17", "20", "21", "22", "23", "24", "25", "26", "27"), 2),
}


@pytest.mark.parametrize("telegram_type", ALERT_LEVELS)
def test_rain_landslide_and_surge_have_the_level_that_their_code_means(telegram_type: str) -> None:
    found = {code: (kind.level, kind.rank) for (name, code), kind in kinds.table().items() if name == telegram_type}
    assert found == {code: (level, level) for code, level in ALERT_LEVELS[telegram_type].items()}


@pytest.mark.parametrize("telegram_type", WITHOUT_LEVEL)
def test_other_warnings_have_a_rank_and_never_a_level(telegram_type: str) -> None:
    found = {code: kind for (name, code), kind in kinds.table().items() if name == telegram_type}
    assert {code: kind.rank for code, kind in found.items()} == WITHOUT_LEVEL[telegram_type]
    assert {kind.level for kind in found.values()} == {None}


def test_a_level_never_contradicts_the_name_jma_prints() -> None:
    digits = {5: "レベル５", 4: "レベル４", 3: "レベル３", 2: "レベル２"}
    for kind in kinds.table().values():
        assert kind.level is None or kind.name.startswith(digits[kind.level])


def test_a_code_means_nothing_without_its_type() -> None:
    assert kinds.find("VPWW57", "08") is not None
    assert kinds.find("VPWW55", "08") is None
    assert kinds.find("VPWW55", "3") is None, "codes are strings: 03 is not 3"


def test_the_storm_telegram_decides_two_hazards() -> None:
    assert kinds.hazards_of("VPWW58") == {"storm", "snowstorm"}
    assert len(kinds.hazards_of("VPWW61")) == 10


def test_every_hazard_of_the_contract_has_kinds() -> None:
    hazards = {hazard for hazard, _ in kinds.all_kinds()}
    assert hazards == {
        *("heavy_rain", "landslide", "storm_surge", "storm", "snowstorm", "high_waves", "heavy_snow"),
        *("thunder", "snowmelt", "fog", "dry_air", "avalanche", "low_temperature", "frost", "icing"),
        *("snow_accretion", "other_advisory", "river_flood", "linear_rainband", "linear_rainband_imminent"),
        *("record_rain", "short_heavy_snow", "tornado", "earthquake", "long_period_motion", "tsunami"),
        *("nankai_trough", "heat", "ashfall"),
    }


def test_intensities_rank_in_their_order() -> None:
    ranks = [kinds.table()["VXSE53", code].rank for code in ("1", "2", "3", "4", "5-", "5+", "6-", "6+", "7")]
    assert ranks == sorted(set(ranks))
    assert kinds.table()["VXSE53", "5-?"].rank == kinds.table()["VXSE53", "5-"].rank
