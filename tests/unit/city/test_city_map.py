"""The map of zones and rules: drawn from the pack, and the one in the documents is of today's pack."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from alerts.city.chart import Panel, panels
from alerts.city.drawing import city_map, draw
from alerts.city.pack import CityPack
from alerts.city.rule import Case

PICTURE = Path(__file__).parents[3] / "docs" / "images" / "districts.svg"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawn(daito: CityPack) -> tuple[Panel, ...]:
    return panels(daito, {"hazard.landslide": "土砂災害"})


def test_the_documents_show_the_pack_as_it_is(daito: CityPack) -> None:
    message = "the pack has changed: bosai city map docs/images/districts.svg, then look at it and at docs/districts.md"
    assert PICTURE.read_text(encoding="utf-8") == city_map(daito), message


def test_every_rule_and_every_zone_it_names_has_a_panel(daito: CityPack, drawn: tuple[Panel, ...]) -> None:
    titles = [panel.subtitle for panel in drawn]
    for rule in daito.matching.rules:
        assert [title for title in titles if title.startswith(f"規則 {rule.id}:")]
        for group in {group for step in rule.tell for group in step.groups}:
            assert any(
                set(daito.groups[group].districts) == entry.districts for panel in drawn for entry in panel.entries
            )


def test_each_panel_colours_every_district_and_each_only_once(daito: CityPack, drawn: tuple[Panel, ...]) -> None:
    root = etree.fromstring(draw(daito, drawn, []).encode())
    assert len(root.findall(f"{SVG}defs/{SVG}path")) == len(daito.polygons) + 1
    maps = root.findall(f"{SVG}g/{SVG}g")
    assert len(maps) == len(drawn)
    for one in maps:
        used = [use.get("href") for use in one.findall(f"{SVG}g/{SVG}use")]
        assert sorted(used) == sorted(f"#{district}" for district in daito.polygons)


def test_the_steps_of_a_rule_are_its_tiers(daito: CityPack, drawn: tuple[Panel, ...]) -> None:
    (landslide,) = [panel for panel in drawn if panel.title == "土砂災害"]
    *told, _ = daito.matching.tiers(Case("landslide", 4, "49", 4, date(2026, 11, 23)))
    *steps, rest = landslide.entries
    assert [step.districts for step in steps] == [tier.districts for tier in told]
    assert rest.districts == set(daito.polygons).difference(*(step.districts for step in steps))


def test_hazards_without_a_rule_are_named_once_and_reach_everybody(daito: CityPack, drawn: tuple[Panel, ...]) -> None:
    last = drawn[-1]
    named = [name for entry in last.entries for name in entry.text.split("・")]
    assert "earthquake" in named
    assert not {hazard for rule in daito.matching.rules for hazard in rule.hazards} & set(named)
    assert len(named) == len(set(named))
    assert {entry.districts for entry in last.entries} == {frozenset(daito.polygons)}


def test_a_rule_says_when_it_speaks(daito: CityPack) -> None:
    rules = daito.matching.rules
    strict = replace(rules[0], levels=frozenset({5, 4}), rest_lowered=True)
    drawn = panels(replace(daito, matching=replace(daito.matching, rules=(strict, *rules[1:]))), {})
    (panel,) = [panel for panel in drawn if panel.subtitle.endswith("警戒レベル 4, 5")]
    assert panel.entries[-1].text.endswith("緊急度は一段低く（公式の区域に限る）")


def test_data_is_shown_with_its_credit_and_provenance(daito: CityPack) -> None:
    picture = city_map(daito)
    for source in daito.sources:
        if "polygons.geojson" in source.files:
            assert source.credit in picture
    assert "推定（inferred）" in picture


def test_names_are_written_as_text_whatever_stands_in_them(daito: CityPack) -> None:
    odd = replace(daito.codes, name="<市> & 'co'")
    assert etree.fromstring(city_map(replace(daito, codes=odd)).encode())[0].text == "<市> & 'co'"
