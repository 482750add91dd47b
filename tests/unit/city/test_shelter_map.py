"""The map of places of refuge: drawn from the pack, and the one in the documents is of today's pack."""

from dataclasses import replace
from pathlib import Path

from lxml import etree

from alerts.city.pack import CityPack
from alerts.city.shelter_drawing import shelter_map
from alerts.shelter.site import SITE_HAZARDS, SiteKind

PICTURE = Path(__file__).parents[3] / "docs" / "images" / "shelters.svg"
SVG = "{http://www.w3.org/2000/svg}"


def maps(pack: CityPack) -> dict[str | None, etree._Element]:
    """The panels by their titles."""
    panels = etree.fromstring(shelter_map(pack).encode()).findall(f"{SVG}g")
    return {panel[index].text: panel for panel in panels for index in _titles(panel)}


def _titles(panel: etree._Element) -> list[int]:
    return [at for at, child in enumerate(panel) if child.get("class") == "t"]


def marked(panel: etree._Element, shape: str) -> set[str | None]:
    """The names of the places with a mark of this class."""
    marks = panel.findall(f"{SVG}g")
    return {mark.findtext(f"{SVG}title") for mark in marks if any(one.get("class") == f"mark {shape}" for one in mark)}


def test_the_documents_show_the_places_of_the_pack_as_they_are(daito: CityPack) -> None:
    message = "the pack has changed: bosai city shelters docs/images/shelters.svg, then look at it"
    assert PICTURE.read_text(encoding="utf-8") == shelter_map(daito), message


def test_every_hazard_of_the_pack_has_a_map_that_marks_each_emergency_site_fit_or_not(daito: CityPack) -> None:
    sites = [site for site in daito.sites if site.kind is SiteKind.EMERGENCY_SITE]
    drawn = maps(daito)
    assert len(drawn) == 6
    for hazard in ("flood", "landslide", "earthquake", "large_fire", "inland_flood"):
        panel = drawn[SITE_HAZARDS[hazard]]
        assert marked(panel, "fit") == {site.name for site in sites if hazard in site.hazards}
        assert marked(panel, "unfit") == {site.name for site in sites if hazard not in site.hazards}


def test_the_one_place_that_is_not_for_landslides_is_seen(daito: CityPack) -> None:
    assert marked(maps(daito)["崖崩れ、土石流及び地滑り"], "unfit") == {"北条小学校"}


def test_hazards_without_a_place_are_named(daito: CityPack) -> None:
    assert "高潮・津波・火山現象の指定緊急避難場所は、市内にありません。" in shelter_map(daito)


def test_no_shelter_is_lost_and_none_is_drawn_outside_its_map(daito: CityPack) -> None:
    everything = maps(daito)["すべての場所"]
    emergency = {site.facility for site in daito.sites if site.kind is SiteKind.EMERGENCY_SITE}
    only = [site for site in daito.sites if site.facility not in emergency]
    squares = everything.findall(f"{SVG}rect")
    named = [site for site in only if f"地図の外にある指定避難所: {site.name}<" in shelter_map(daito)]
    assert named, "one of this city's lies in another municipality"
    assert len(squares) + len(named) == len(only)
    assert all(-4 <= float(square.attrib["x"]) <= 420 and float(square.attrib["y"]) >= -4 for square in squares)


def test_places_and_outlines_are_shown_with_their_credits(daito: CityPack) -> None:
    picture = shelter_map(daito)
    for source in daito.sources:
        if {"sites.csv", "polygons.geojson"} & set(source.files):
            assert source.credit in picture


def test_a_name_is_written_as_text_whatever_stands_in_it(daito: CityPack) -> None:
    odd = replace(daito, sites=tuple(replace(site, name="<校> & 'co'") for site in daito.sites))
    assert marked(maps(odd)["洪水"], "fit") == {"<校> & 'co'"}
