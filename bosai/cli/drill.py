"""`bosai drill`: lists, starts and stops drills of the drill world (R1)."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from alerts.city.drills import UnknownDrillError, load_drill
from alerts.city.pack import PackError
from alerts.service import drill, rule_changes
from alerts.store.database import DatabaseNotReadyError
from bosai import startup
from bosai.cli.errors import bad_input, failure
from bosai.cli.output import as_json, print_line
from bosai.settings import SettingsError, load_settings
from bosai.wiring import Worlds


@click.group("drill")
def command() -> None:
    """Drills (訓練) run in a world of their own and reach no real phone."""


@command.command("list")
@click.option("--json", "json_output", is_flag=True, help="One JSON object.")
def list_drills(json_output: bool) -> None:
    """The drills of the city pack."""
    with bad_input(SettingsError, PackError):
        names = startup.city(load_settings()).drills
    print_line(as_json({"drills": names}) if json_output else "\n".join(names) or "the city pack has no drill")


@command.command("start")
@click.argument("name")
@click.option("--speed", type=click.FloatRange(1, 100_000), help="As its script says if not given.")
@click.option("--devices", type=click.IntRange(0, 1_000_000), default=1000, show_default=True, help="Drill phones.")
def start(name: str, speed: float | None, devices: int) -> None:
    """Starts the drill NAME in place of one that runs; `bosai serve` must be running to play it."""
    with _worlds() as worlds:
        services = worlds["drill"]
        with bad_input(UnknownDrillError):
            script = load_drill(services.pack.root, name)
        stopped = drill.stop(services)
        rule_changes.rehearse(worlds["live"], services)
        added = drill.add_devices(services, devices)
        pace = speed or script.speed
        drill.start(services, name, pace)
    print_line(f"drill {name} started at {pace:g} times the speed; {added} phones added, {stopped} drills stopped")


@command.command("stop")
def stop() -> None:
    """Stops every drill; what it said stays to be looked at."""
    with _worlds() as worlds:
        count = drill.stop(worlds["drill"])
    print_line(f"{count} drills stopped")


@contextmanager
def _worlds() -> Iterator[Worlds]:
    with bad_input(SettingsError, PackError), failure(DatabaseNotReadyError):
        worlds = Worlds(load_settings())
        try:
            yield worlds
        finally:
            worlds.close()
