"""`bosai city`: a new city's pack from nationwide open data (docs/new-city.md), and a drawn map of one."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from alerts.city.drawing import city_map
from alerts.city.making.make import Made, make_city
from alerts.city.making.material import MaterialError
from alerts.city.making.order import Order
from alerts.city.making.schools import ELEMENTARY, JUNIOR_HIGH
from alerts.city.pack import CityPack, PackError
from alerts.city.shelter_drawing import shelter_map
from alerts.times import JST
from bosai import startup
from bosai.cli.city_options import FILE, making_options
from bosai.cli.errors import BadInputError, bad_input, failure
from bosai.cli.output import as_json, print_line
from bosai.clock import SystemClock
from bosai.geodata import Files, Say
from bosai.settings import SettingsError, load_settings

_PICTURE = click.Path(path_type=Path, dir_okay=False, writable=True)


@click.group("city")
def command() -> None:
    """Makes a new city's pack, and draws one."""


@command.command("new")
@click.argument("folder", type=FILE)
@making_options
def new(folder: Path, *, json_output: bool, **said: Any) -> None:  # noqa: ANN401 - as the options above have it
    """Makes the pack of a municipality in FOLDER from files of nationwide open data (docs/new-city.md)."""
    with bad_input(MaterialError), _progress() as say:
        made = make_city(_order(**said), folder, Files(say))
    print_line(as_json(_fields(made)) if json_output else _as_text(made))


@command.command("map")
@click.argument("file", type=_PICTURE)
def draw_map(file: Path) -> None:
    """Draws the city of BOSAI_CITY into FILE, as SVG: its zones, and whom each rule has told first."""
    pack = _with_shapes()
    _draw(file, city_map(pack))
    print_line(f"{pack.codes.name}: {len(pack.polygons)} districts, {len(pack.matching.rules)} rules; {file}")


@command.command("shelters")
@click.argument("file", type=_PICTURE)
def draw_shelter_map(file: Path) -> None:
    """Draws its places of refuge into FILE, as SVG: which is designated for which hazard."""
    pack = _with_shapes()
    if not pack.sites:
        raise BadInputError(f"{pack.codes.name} has no places to draw; sites.csv is not in {pack.root}")
    _draw(file, shelter_map(pack))
    print_line(f"{pack.codes.name}: {len(pack.sites)} designations; {file}")


def _with_shapes() -> CityPack:
    with bad_input(SettingsError, PackError):
        pack = startup.city(load_settings())
    if not pack.polygons:
        raise BadInputError(f"{pack.codes.name} has no shapes to draw; polygons.geojson is not in {pack.root}")
    return pack


def _draw(file: Path, picture: str) -> None:
    with failure(OSError):
        file.write_text(picture, encoding="utf-8", newline="\n")


def _order(
    *,
    prefecture: str,
    name: str,
    day: datetime | None,
    jma_area: str | None,
    tsunami_region: str | None,
    elementary: Path | None,
    junior_high: Path | None,
    **files: Any,  # noqa: ANN401 - paths under the names of `Order`
) -> Order:
    schools = {ELEMENTARY: elementary, JUNIOR_HIGH: junior_high}
    return Order(
        name=name,
        prefecture=prefecture,
        day=(day or SystemClock().now().astimezone(JST)).date(),
        jma_area=jma_area or name,
        tsunami_region=tsunami_region or prefecture,
        schools={level: path for level, path in schools.items() if path},
        **files,
    )


@contextmanager
def _progress() -> Iterator[Say]:
    """A line for each file on standard error, with a bar where it is a terminal."""
    bars: dict[Path, Any] = {}

    def finish() -> None:
        """Ends the line of the file before."""
        for bar in bars.values():
            bar.render_finish()
        bars.clear()

    def say(path: Path, done: int, whole: int) -> None:
        """Bytes read of a file; another file begins another line."""
        if path not in bars:
            finish()
            bars[path] = click.progressbar(length=whole, label=f"reading {path.name}", file=sys.stderr)
            bars[path].render_progress()
        bars[path].update(done - bars[path].pos)

    try:
        yield say
    finally:
        finish()


def _fields(made: Made) -> dict[str, object]:
    pack = made.pack
    return {
        "folder": str(pack.root),
        "code": pack.codes.code,
        "districts": len(pack.districts),
        "layers": {layer.id: layer.provenance for layer in pack.layers},
        "sites": len(pack.sites),
        "rivers": list(pack.codes.rivers),
        "look_at": list(made.notes),
    }


def _as_text(made: Made) -> str:
    pack, codes = made.pack, made.pack.codes
    layers = ", ".join(f"{layer.name} ({layer.provenance})" for layer in pack.layers)
    return "\n".join(
        (
            f"{codes.name} ({codes.code}): {len(pack.districts)} districts, {len(pack.sites)} sites; {pack.root}",
            f"layers: {layers}",
            f"JMA: municipality {codes.municipality}, quake region {codes.quake_region}, rivers {len(codes.rivers)}",
            *(f"look at: {note}" for note in made.notes),
            f"next: BOSAI_CITY={pack.root.resolve()} bosai check, then docs/new-city.md, After it is made",
        )
    )
