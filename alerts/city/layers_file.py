"""Reads `layers.toml`, the ways to group districts, and `groups.csv`, who belongs to which group (city.md §0-1)."""

from collections.abc import Collection, Iterable
from datetime import date

from alerts.city.csv_rows import read_rows
from alerts.city.district import Group, Layer, Provenance
from alerts.city.districts_file import SLUG
from alerts.city.pack_files import PackFiles
from alerts.city.source import Source
from alerts.city.toml_section import Section, whole

_LAYER_KEYS = ("id", "name", "name_en", "provenance", "source", "valid_from", "valid_to", "groups")
_MEMBER_COLUMNS = ("group", "district", "basis", "note")
_SOURCED, _INFERRED = "sourced", "inferred"


def read_layers(
    files: PackFiles, districts: Collection[str], sources: Collection[Source]
) -> tuple[tuple[Layer, ...], dict[str, Group]]:
    """The layers, and their groups by id with the members that `groups.csv` names; nothing where a city has none."""
    layers_toml = files.toml("layers.toml")
    if layers_toml is None:
        return (), {}
    top = whole(layers_toml, files.problems)
    top.only("layer")
    known_sources = {source.id for source in sources}
    layers: dict[str, Layer] = {}
    groups: dict[str, Section] = {}
    for section in top.sections("layer"):
        layer = _layer(section)
        if layer.id in layers:
            section.problem("id", f"layer {layer.id} stands here a second time; ids must differ")
        if layer.source not in known_sources:
            section.problem("source", f"source {layer.source!r} is unknown; it must be the id of one in sources.toml")
        _refuse_overlap(section, layer, layers.values())
        layers[layer.id] = layer
        groups |= _groups_of(layer, section)
    members = _members(files, groups, districts)
    return tuple(layers.values()), {group: _group(group, groups[group], members[group]) for group in groups}


def _layer(section: Section) -> Layer:
    section.only(*_LAYER_KEYS)
    layer_id = section.text("id")
    if layer_id and not SLUG.fullmatch(layer_id):
        section.problem("id", f"id {layer_id!r} must hold only a-z, 0-9, - and _")
    valid_from, valid_to = section.day("valid_from"), section.day("valid_to", required=False)
    if valid_from and valid_to and valid_to < valid_from:
        section.problem("valid_to", f"valid_to {valid_to} lies before valid_from {valid_from}")
    return Layer(
        id=layer_id,
        name=section.text("name"),
        name_en=section.text("name_en"),
        provenance=Provenance(section.choice("provenance", *Provenance)),
        source=section.text("source"),
        valid_from=valid_from,
        valid_to=valid_to,
    )


def _refuse_overlap(section: Section, layer: Layer, others: Iterable[Layer]) -> None:
    """Layers of one name are editions of one layer: on any day at most one of them is in use."""
    first, last = layer.valid_from or date.min, layer.valid_to or date.max
    for other in others:
        begins_before_its_end = first <= (other.valid_to or date.max)
        if other.name == layer.name and begins_before_its_end and (other.valid_from or date.min) <= last:
            section.problem(
                "valid_from",
                f"{layer.name} is valid at the same time as layer {other.id} of the same name; end one first",
            )


def _groups_of(layer: Layer, section: Section) -> dict[str, Section]:
    """The tables that name a layer's groups, by group id. The layer of the districts themselves has none."""
    if "groups" not in section.values:
        return {}
    groups = section.section("groups")
    return {f"{layer.id}:{slug}": groups.section(slug) for slug in groups.values}


def _members(files: PackFiles, groups: Collection[str], districts: Collection[str]) -> dict[str, dict[str, str]]:
    """District → basis of its membership, by group."""
    members: dict[str, dict[str, str]] = {group: {} for group in groups}
    found = files.bytes_of("groups.csv")
    for row in read_rows(*found, files.problems, *_MEMBER_COLUMNS) if found else ():
        group, district = row.text("group"), row.text("district")
        if group not in members:
            row.problem(f"group {group!r} is unknown; layers.toml has {', '.join(groups) or 'none'}")
            continue
        if district not in districts:
            row.problem(f"district {district!r} is unknown; it must stand in districts.csv")
        if district in members[group]:
            row.problem(f"district {district} stands in {group} a second time")
        members[group][district] = row.choice("basis", _SOURCED, _INFERRED)
    return members


def _group(group: str, section: Section, members: dict[str, str]) -> Group:
    section.only("name", "name_en")
    if not members:
        section.problem(None, f"group {group} has no district; give it one in groups.csv or remove it")
    return Group(
        id=group,
        layer=group.split(":", maxsplit=1)[0],
        name=section.text("name"),
        name_en=section.text("name_en"),
        districts=tuple(members),
        sourced=tuple(district for district, basis in members.items() if basis == _SOURCED),
    )
