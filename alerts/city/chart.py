"""What a map of a city's matching shows: its zones, and for each rule who is told first (docs/districts.md)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from alerts.city.district import Provenance
from alerts.city.pack import CityPack
from alerts.city.rule import Rule
from alerts.telegram.kinds import all_kinds

ORDER_COLOURS = ("#a50f15", "#de5a3c", "#f4a582", "#fbd9c5")  # the first to be told is the darkest
REST_COLOUR = "#eceff1"
ZONE_COLOURS = (
    *("#4e79a7", "#e9a03b", "#59a14f", "#b07aa1", "#76b7b2", "#e07b7c"),
    *("#9c755f", "#8a8f98", "#d4b83a", "#a0cbe8", "#8cd17d", "#d7b5a6"),
)
_PROVENANCE = {Provenance.OFFICIAL: "公式", Provenance.DERIVED: "計算による", Provenance.INFERRED: "推定"}
_CONDITIONS = {"levels": "警戒レベル", "codes": "符号", "rivers": "川", "stations": "水位観測所", "sub_areas": "区域"}
_NAMES_A_LINE = 7
_LOWER = "、緊急度は一段低く（公式の区域に限る）"
_REST = "そのほかの地区（続けて全員に）"

Phrases = Mapping[str, str]
"""Texts of the official language by key, `hazard.landslide`; a key that is not there is shown itself."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One colour of a panel: what it means, and the districts that have it."""

    colour: str
    text: str
    districts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Panel:
    """One map: the first entry that has a district colours it."""

    title: str
    subtitle: str
    entries: tuple[Entry, ...]


def panels(pack: CityPack, phrases: Phrases) -> tuple[Panel, ...]:
    """The layers that the rules use, then each rule in the order in which they are asked."""
    rules = pack.matching.rules
    used = {pack.groups[group].layer for rule in rules for step in rule.tell for group in step.groups}
    zones = [_zones(pack, layer.id) for layer in pack.layers if layer.id in used]
    return (*zones, *(_telling(pack, rule, phrases) for rule in rules), _at_once(pack, phrases))


def _zones(pack: CityPack, layer_id: str) -> Panel:
    layer = next(layer for layer in pack.layers if layer.id == layer_id)
    groups = [group for group in pack.groups.values() if group.layer == layer_id]
    entries = (
        Entry(
            ZONE_COLOURS[at % len(ZONE_COLOURS)], f"{group.name} ({len(group.districts)})", frozenset(group.districts)
        )
        for at, group in enumerate(groups)
    )
    return Panel(layer.name, f"{layer.name_en}; {_PROVENANCE[layer.provenance]}（{layer.provenance}）", tuple(entries))


def _telling(pack: CityPack, rule: Rule, phrases: Phrases) -> Panel:
    """A rule's steps, each with the districts that no step before it has."""
    told: frozenset[str] = frozenset()
    entries: list[Entry] = []
    for at, step in enumerate(rule.tell):
        members = frozenset(each for group in step.groups for each in pack.groups[group].districts) - told
        told |= members
        names = "・".join(pack.groups[group].name for group in step.groups)
        colour = ORDER_COLOURS[min(at, len(ORDER_COLOURS) - 1)]
        entries.append(Entry(colour, f"{at + 1}. {names}{_LOWER if step.lowered else ''}", members))
    rest = f"{len(rule.tell) + 1}. {_REST}{_LOWER if rule.rest_lowered else ''}"
    entries.append(Entry(REST_COLOUR, rest, frozenset(pack.polygons) - told))
    hazards = "・".join(phrases.get(f"hazard.{hazard}", hazard) for hazard in sorted(rule.hazards))
    return Panel(hazards, f"規則 {rule.id}: {'; '.join(_conditions(rule)) or 'どの場合も'}", tuple(entries))


def _at_once(pack: CityPack, phrases: Phrases) -> Panel:
    """The hazards that no rule speaks about."""
    ruled = {hazard for rule in pack.matching.rules for hazard in rule.hazards}
    others = sorted({hazard for hazard, _ in all_kinds()} - ruled)
    names = list(dict.fromkeys(phrases.get(f"hazard.{hazard}", hazard) for hazard in others))
    lines = ["・".join(names[at : at + _NAMES_A_LINE]) for at in range(0, len(names), _NAMES_A_LINE)]
    everybody = frozenset(pack.polygons)
    return Panel(
        "そのほかの種類", "規則なし: 全員に同時に", tuple(Entry(ORDER_COLOURS[1], line, everybody) for line in lines)
    )


def _conditions(rule: Rule) -> Iterator[str]:
    """What narrows a rule, as far as it has it."""
    for each in fields(rule):
        if each.name in _CONDITIONS and (values := getattr(rule, each.name)):
            yield f"{_CONDITIONS[each.name]} {', '.join(map(str, sorted(values)))}"
