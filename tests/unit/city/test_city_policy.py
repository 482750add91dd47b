"""The urgency table of the Daito pack, row by row as design.md §4 has it."""

from datetime import timedelta

import pytest

from alerts.alert import Urgency
from alerts.city.pack import CityPack
from alerts.city.policy import NoUrgencyError
from alerts.telegram.kinds import all_kinds, table

CRITICAL, HIGH, NORMAL, NONE = Urgency.CRITICAL, Urgency.HIGH, Urgency.NORMAL, Urgency.NONE

ROWS = [
    ("landslide", "39 49", CRITICAL),
    ("heavy_rain", "33 43", CRITICAL),
    ("storm_surge", "38 48", CRITICAL),
    ("storm", "35", CRITICAL),  # 特別警報 without level
    ("snowstorm", "32", CRITICAL),
    ("high_waves", "37", CRITICAL),
    ("heavy_snow", "36", CRITICAL),
    ("earthquake", "5- 5-? 5+ 6- 6+ 7", CRITICAL),
    ("tsunami", "52 53", CRITICAL),
    ("river_flood", "40 41 50 51 52 53", CRITICAL),
    ("landslide", "09", HIGH),
    ("heavy_rain", "03", HIGH),
    ("storm", "05", HIGH),  # 警報 without level
    ("snowstorm", "02", HIGH),
    ("heavy_snow", "06", HIGH),
    ("high_waves", "07", HIGH),
    ("river_flood", "30 31", HIGH),
    ("linear_rainband", "線状降水帯発生", HIGH),
    ("linear_rainband_imminent", "線状降水帯直前", HIGH),
    ("record_rain", "記録雨", HIGH),
    ("short_heavy_snow", "短時間大雪", HIGH),
    ("tornado", "1", HIGH),
    ("nankai_trough", "120 130", HIGH),
    ("earthquake", "4", HIGH),
    ("long_period_motion", "3 4", HIGH),
    ("landslide", "29", NORMAL),
    ("heavy_rain", "10", NORMAL),
    ("storm", "15", NORMAL),
    ("thunder", "14", NORMAL),
    ("river_flood", "10 20 21 22", NORMAL),
    ("heat", "alert", NORMAL),
    ("tsunami", "51 62", NORMAL),  # Daito is inland
    ("ashfall", "70 71 72 73 75", NORMAL),
    ("tornado", "0", NORMAL),
    ("earthquake", "1 2", NONE),
    ("long_period_motion", "1 2", NONE),
    ("tsunami", "71 72 73", NONE),
    ("nankai_trough", "210 219", NONE),
]


@pytest.mark.parametrize(("hazard", "codes", "urgency"), ROWS)
def test_the_table_says_what_the_design_says(daito: CityPack, hazard: str, codes: str, urgency: Urgency) -> None:
    assert {code: daito.policy.urgency(hazard, code) for code in codes.split()} == dict.fromkeys(codes.split(), urgency)


def test_every_kind_of_the_contract_has_an_urgency(daito: CityPack) -> None:
    assert all_kinds() == set(daito.policy.urgencies)


def test_urgency_follows_the_level_wherever_there_is_one(daito: CityPack) -> None:
    by_level = {5: CRITICAL, 4: CRITICAL, 3: HIGH, 2: NORMAL}
    for kind in table().values():
        if kind.level is not None:
            assert daito.policy.urgency(kind.hazard, kind.code) == by_level[kind.level], kind


@pytest.mark.parametrize(("level", "urgency"), [(5, CRITICAL), (4, CRITICAL), (3, HIGH), (2, NORMAL)])
def test_a_river_flood_counts_with_the_city_s_own_level_not_the_worst_reach(
    daito: CityPack, level: int, urgency: Urgency
) -> None:
    assert daito.policy.urgency("river_flood", "51", level) == urgency


def test_level_changes_nothing_for_other_hazards(daito: CityPack) -> None:
    assert daito.policy.urgency("landslide", "49", 2) == CRITICAL


def test_r16_an_unknown_kind_is_never_mapped_to_a_default(daito: CityPack) -> None:
    with pytest.raises(NoUrgencyError, match="no row for landslide,99"):
        daito.policy.urgency("landslide", "99")


@pytest.mark.parametrize(
    ("hazard", "hours"),
    [
        ("landslide", 6),
        ("heavy_rain", 6),
        ("river_flood", 6),
        ("linear_rainband", 3),
        ("record_rain", 3),
        ("tornado", 1),
    ],
)
def test_r22_warnings_are_sent_for_six_hours_and_bulletins_for_three(daito: CityPack, hazard: str, hours: int) -> None:
    assert daito.policy.push_lifetime(hazard) == timedelta(hours=hours)
