"""`explain` names the districts in the order of telling, and who would be told less urgently (contract.md, pushes)."""

from dataclasses import replace
from pathlib import Path

import pytest

from alerts.alert import Urgency
from alerts.city.pack import CityPack, bundled, load_pack
from alerts.city.rule import Rule, Telling
from alerts.explain import Explanation, explain

(TELEGRAM,) = (Path(__file__).parents[2] / "telegrams").glob("*_VXKO52_*.xml")
RAW = TELEGRAM.read_text(encoding="utf-8").replace("新田 三箇", "深野一丁目")
LEVEL_3 = "【警戒レベル３相当】寝屋川の住道"


@pytest.fixture(scope="module")
def pack() -> CityPack:
    return load_pack(bundled())


def explained(pack: CityPack, level: str = "３") -> Explanation:
    raw = RAW.replace(LEVEL_3, f"【警戒レベル{level}相当】寝屋川の住道")
    return explain(raw.encode(), TELEGRAM.name, pack)


def test_the_parts_that_the_forecast_names_stand_first_and_everybody_is_there(pack: CityPack) -> None:
    found = explained(pack)
    (push,) = found.pushes
    assert push.districts is not None
    named = {f"27218-{town}" for town in ("suminodo-1", "suminodo-2", "suehirocho", "akai-1", "akai-2", "akai-3")}
    named |= {f"27218-sanga-{number}" for number in range(1, 7)}
    assert set(push.districts[: len(named)]) == named
    assert push.districts[len(named)] == "27218-fukono-1"
    assert found.districts == push.districts
    assert len(push.districts) == len(set(push.districts)) == len(pack.districts)


@pytest.fixture(scope="module")
def stepping(pack: CityPack) -> CityPack:
    """The pack with zones that the office has confirmed, and a rule that tells the rest one step less urgently."""
    rule = Rule("r", frozenset({"river_flood"}), tell=(Telling(("hazard_zone:lowland",), "b"),), rest_lowered=True)
    places = replace(pack.places, official=frozenset({"hazard_zone:lowland"}))
    return replace(pack, matching=replace(pack.matching, rules=(rule,), places=places))


@pytest.mark.parametrize(
    ("level", "urgencies"),
    [
        ("２", [Urgency.NORMAL]),
        ("３", [Urgency.HIGH, Urgency.NORMAL]),
        ("４", [Urgency.CRITICAL, Urgency.HIGH]),
        ("５", [Urgency.CRITICAL]),
    ],
)
def test_who_is_told_less_urgently_is_a_push_of_its_own(
    stepping: CityPack, level: str, urgencies: list[Urgency]
) -> None:
    found = explained(stepping, level)
    assert [push.urgency for push in found.pushes] == urgencies
    assert sum(len(push.districts or ()) for push in found.pushes) == len(stepping.districts)
    assert found.districts is not None
    assert len(found.districts) == len(stepping.districts)
