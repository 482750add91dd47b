"""`bosai serve`: the whole service on this machine (contract.md)."""

import sys

import click

from alerts.city.drills import UnknownDrillError, load_drill
from alerts.city.pack import PackError
from alerts.store.database import DatabaseNotReadyError
from alerts.world import LIVE, WorldMismatchError
from bosai import folder, parts, startup
from bosai.cli.errors import bad_input, failure
from bosai.console import Console
from bosai.embedded import BrokerNotReadyError
from bosai.settings import SettingsError, load_settings
from bosai.supervisor import Supervisor
from bosai.wiring import sender

SPEED = click.FloatRange(1, 100_000)
FAILURES = (
    startup.StartError,
    folder.FolderInUseError,
    BrokerNotReadyError,
    DatabaseNotReadyError,
    WorldMismatchError,
)


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), help="Instead of BOSAI_PORT.")
@click.option("--drill", metavar="NAME", help="Play this drill in the drill world, e.g. storm.")
@click.option("--speed", type=SPEED, help="Of the drill; as its script says if not given.")
@click.option("--devices", type=click.IntRange(0, 1_000_000), default=1000, show_default=True, help="Drill phones.")
def command(port: int | None, drill: str | None, speed: float | None, devices: int) -> None:
    """Runs API, feeds, workers and schedule until Ctrl-C or SIGTERM; then drains and exits 0."""
    with bad_input(SettingsError, PackError, UnknownDrillError, ValueError):
        settings = load_settings()
        settings = settings.changed(data=folder.create(settings.data), port=port or settings.port)
        folder.secret_keys(settings)
        folder.bundle_secrets(settings)
        pack = startup.city(settings)
        script = load_drill(pack.root, drill) if drill else None
        sender(settings, LIVE)  # a key that cannot be read is said now, not by a worker that does not start
    rehearsal = parts.drill_start(settings, script.name, speed or script.speed, devices) if script else None
    with failure(*FAILURES):
        Supervisor(settings, Console(sys.stdout), rehearsal).run()
