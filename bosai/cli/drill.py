"""`bosai drill`: lists, starts and stops drills of the drill world (R1)."""

import click

from alerts.city.drills import UnknownDrillError, load_drill
from alerts.city.pack import PackError
from alerts.service import drill, rule_changes
from bosai import startup
from bosai.cli.errors import bad_input
from bosai.cli.output import as_json, print_line
from bosai.cli.worlds import open_worlds
from bosai.settings import SettingsError, load_settings


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
    with open_worlds() as worlds:
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
    with open_worlds() as worlds:
        count = drill.stop(worlds["drill"])
    print_line(f"{count} drills stopped")
