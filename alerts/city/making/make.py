"""A new city: out of what the officer has, a folder that `bosai check` accepts, or one sentence that says why not."""

import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from alerts.city.geometry import geometry_problems
from alerts.city.making import reading, writing
from alerts.city.making.jma_codes import JMA
from alerts.city.making.material import MaterialError, Schools
from alerts.city.making.order import Order, Reader
from alerts.city.making.outline import N03
from alerts.city.making.postal import POSTAL
from alerts.city.making.reading import Listed
from alerts.city.making.sources import GSI, Sourced, sources_md, sources_toml
from alerts.city.pack import CityPack, PackError, load_pack

_NAMES = ("name", "name_en", "prefecture", "code")


@dataclass(frozen=True, slots=True)
class Made:
    """The new pack, and what a person should look at before using it."""

    pack: CityPack
    notes: tuple[str, ...]


def make_city(order: Order, folder: Path, reader: Reader) -> Made:
    """Writes the pack as a new folder, whole or not at all. Raises `MaterialError`."""
    if folder.exists():
        raise MaterialError(str(folder), None, "is there already; name a new folder, or remove it first")
    files, notes = _files(order, reader)
    beside = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        writing.write(beside, files)
        _check(beside)
        beside.rename(folder)
    except OSError as error:
        raise MaterialError(str(folder), None, f"cannot be written: {error.strerror}") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Made(load_pack(folder), notes)


def _files(order: Order, reader: Reader) -> tuple[dict[str, str], tuple[str, ...]]:
    """The pack's files by name, and the notes."""
    outline = reading.read_outline(order, reader)
    codes = reading.read_codes(order, reader, outline)
    listed = reading.read_towns(order, reader, outline, codes.code)
    schools: dict[str, Schools] = {
        level: reading.read_schools(path, level, reader, outline, codes=codes, towns=listed.towns)
        for level, path in order.schools.items()
    }
    sites, doubts = reading.read_sites(order, reader, outline)
    known = asdict(codes)
    rivers = known.pop("rivers")
    known.pop("switched_on")  # nothing, until the city says so
    known.pop("names")  # in other languages: nobody publishes them, the city adds its own
    known.pop("domain")  # nor this
    names = {key: known.pop(key) for key in _NAMES}
    areas = {town.id: town.shape for town in listed.towns if town.shape is not None}
    sources = _sources(listed, schools, has_postal=order.postal is not None, has_sites=bool(sites))
    files = {
        "city.toml": writing.city_toml(names, known, rivers),
        "boundary.geojson": writing.shapes_geojson({codes.code: outline.shape}, {"name": codes.name}),
        "districts.csv": writing.districts_csv(listed.towns),
        "polygons.geojson": writing.shapes_geojson(areas, {"derived": listed.provenance == "derived"}),
        "layers.toml": writing.layers_toml(listed.provenance, schools, order.day),
        "groups.csv": writing.groups_csv(schools),
        **({"sites.csv": writing.sites_csv(sites)} if sites else {}),
        "sources.toml": sources_toml(sources, order.day),
        "SOURCES.md": sources_md(codes.name, sources, order.day),
    }
    return files, (*listed.notes, *(note for found in schools.values() for note in found.notes), *doubts)


def _sources(listed: Listed, schools: Mapping[str, Schools], *, has_postal: bool, has_sites: bool) -> list[Sourced]:
    """Where each file of the pack comes from."""
    return [
        Sourced("boundary", N03, ("boundary.geojson",)),
        Sourced("towns", listed.origin, ("districts.csv",)),
        *([Sourced("postal", POSTAL, ("districts.csv",))] if has_postal else []),
        Sourced("town_shapes", listed.shapes, ("polygons.geojson", "layers.toml")),
        *(Sourced(level, found.origin, ("groups.csv", "layers.toml")) for level, found in schools.items()),
        *([Sourced("sites", GSI, ("sites.csv",))] if has_sites else []),
        Sourced("jma_codes", JMA, ("city.toml",)),
    ]


def _check(folder: Path) -> None:
    """What was made must be what `bosai check` accepts."""
    try:
        problems = geometry_problems(load_pack(folder))
    except PackError as error:
        problems = error.problems
    if problems:
        raise MaterialError(str(folder), None, "; ".join(f"{Path(one.file).name}: {one.message}" for one in problems))
