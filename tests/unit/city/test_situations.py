"""Who is told when and how urgently in Daito: a table read from city.md and agreed by hand (design.md §4).

`situations.csv` has one row a situation. Its districts stand for what city.md §3 tells apart: `hills` 大字龍間, `slope`
北条六丁目, `foot` 寺川一丁目 at the foot of the hills, `gauge` 住道一丁目, `pond` 三箇一丁目 on the former 深野 pond,
`lowland` 大東町, `unknown` a phone without a district. The number says when: 1 is told first.
"""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from alerts.alert import Tier, Urgency
from alerts.city.pack import CityPack
from alerts.city.rule import Case
from alerts.home import tier_of
from alerts.telegram import kinds
from alerts.telegram.extent import Extent, Station, SubArea

HOMES = {
    "hills": "27218-oaza-tatsuma",
    "slope": "27218-hojo-6",
    "foot": "27218-teragawa-1",
    "gauge": "27218-suminodo-1",
    "pond": "27218-sanga-1",
    "lowland": "27218-daitocho",
}
TABLE = Path(__file__).with_name("situations.csv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(TABLE.splitlines()))
DAY = date(2026, 11, 23)


def levels(text: str) -> list[tuple[str, int]]:
    return [(name, int(level)) for name, _, level in (one.partition("=") for one in text.split(";") if one)]


def case_in(row: dict[str, str]) -> Case:
    level = int(row["level"]) if row["level"] else None
    rank = level or max(k.rank for k in kinds.table().values() if (k.hazard, k.code) == (row["hazard"], row["code"]))
    extent = Extent(
        tuple(SubArea(*part) for part in levels(row["parts"])),
        tuple(Station("0" * 17, *station) for station in levels(row["stations"])),
        (row["rivers"],) if row["rivers"] else (),
    )
    return Case(row["hazard"], level, row["code"], rank, DAY, extent)


def told(tiers: tuple[Tier, ...], homes: frozenset[str]) -> Tier:
    index = tier_of(homes, tiers)
    assert index is not None, "nobody is left out"
    return tiers[index]


@pytest.mark.parametrize("row", ROWS, ids=[row["situation"] for row in ROWS])
def test_every_district_is_told_when_and_as_urgently_as_the_table_says(daito: CityPack, row: dict[str, str]) -> None:
    case = case_in(row)
    tiers = daito.matching.tiers(case)
    homes = {name: frozenset({district}) for name, district in HOMES.items()} | {"unknown": frozenset[str]()}
    expected = {name: int(row[name]) for name in homes}
    assert {name: tiers.index(told(tiers, home)) + 1 for name, home in homes.items()} == expected
    urgency = daito.policy.urgency(case.hazard, case.code, case.level)
    assert urgency == row["urgency"]
    assert {told(tiers, home).lowered for home in homes.values()} == {False}, "the layers of the pack are inferred"


def test_the_table_has_thirty_situations_and_more_and_each_once() -> None:
    assert len({row["situation"] for row in ROWS}) == len(ROWS) >= 30


@pytest.mark.parametrize(
    ("code", "level", "hills", "lowland"),
    [
        ("39", 5, Urgency.CRITICAL, Urgency.CRITICAL),
        ("49", 4, Urgency.CRITICAL, Urgency.HIGH),
        ("09", 3, Urgency.HIGH, Urgency.NORMAL),
        ("29", 2, Urgency.NORMAL, Urgency.NORMAL),
    ],
)
def test_once_the_zones_are_official_a_rule_may_tell_the_lowland_less_urgently_of_landslides(
    daito: CityPack, code: str, level: int, hills: Urgency, lowland: Urgency
) -> None:
    zones = frozenset(group for group in daito.groups if group.startswith("hazard_zone:"))
    stepping = replace(
        daito.matching,
        rules=tuple(replace(rule, rest_lowered=True) for rule in daito.matching.rules if rule.id == "landslide"),
        places=replace(daito.places, official=zones),
    )
    tiers = stepping.tiers(Case("landslide", level, code, level, DAY))
    full = daito.policy.urgency("landslide", code, level)
    heard = {
        name: full.one_step_lower if told(tiers, frozenset(homes)).lowered else full
        for name, homes in (("hills", {HOMES["hills"]}), ("lowland", {HOMES["lowland"]}), ("unknown", set()))
    }
    assert heard == {"hills": hills, "lowland": lowland, "unknown": hills}
