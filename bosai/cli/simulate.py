"""`bosai simulate`: whom a telegram or a draft would reach, in which words; without any effect (contract.md)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from alerts.city.drills import UnknownDrillError
from alerts.city.pack import PackError
from alerts.service.arrival import Incoming
from alerts.service.services import Services
from alerts.service.simulate import simulate
from alerts.service.simulated import (
    Draft,
    DraftError,
    UnknownStepError,
    UnknownTelegramError,
    drafted,
    drill_step,
    raw_telegram,
    stored_telegram,
)
from alerts.service.simulation import Against
from alerts.store.database import DatabaseNotReadyError
from alerts.telegram.composition import Stated
from bosai.cli.errors import bad_input, failure
from bosai.cli.output import as_json, print_line
from bosai.cli.simulation import as_text, fields
from bosai.settings import SettingsError, load_settings
from bosai.wiring import Worlds

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("simulate")
@click.argument("file", required=False, type=_FILE)
@click.option("--telegram", "telegram_id", metavar="ID", help="A telegram that is stored.")
@click.option("--play", "step", type=(str, int), metavar="NAME STEP", help="A step of a drill; the first is 1.")
@click.option("--draft", type=(str, str), metavar="TYPE CODE", help="A warning as JMA might send it now: VPWW56 49.")
@click.option("--against", type=click.Choice([*Against]), default=Against.EMPTY, show_default=True)
@click.option("--drill", is_flag=True, help="In the drill world, with its phones.")
@click.option("--json", "json_output", is_flag=True, help="One JSON object.")
def command(
    *,
    file: Path | None,
    telegram_id: str | None,
    step: tuple[str, int] | None,
    draft: tuple[str, str] | None,
    against: str,
    drill: bool,
    json_output: bool,
) -> None:
    """Shows what a telegram FILE, or --telegram, --play or --draft, would do: districts, phones and exact texts.

    Nothing is written, nudged or sent. `empty` asks what it does by itself, `now` what it does as things stand.
    """
    if sum(one is not None for one in (file, telegram_id, step, draft)) != 1:
        raise click.UsageError("name one: a FILE, --telegram ID, --play NAME STEP or --draft TYPE CODE")
    with _world(drill) as services:
        with bad_input(UnknownTelegramError, UnknownDrillError, UnknownStepError, DraftError):
            incoming = _incoming(services, file, telegram_id, step, draft)
        found = simulate(services, incoming, Against(against))
    print_line(as_json(fields(found)) if json_output else as_text(found))


def _incoming(
    services: Services,
    file: Path | None,
    telegram_id: str | None,
    step: tuple[str, int] | None,
    draft: tuple[str, str] | None,
) -> Incoming:
    if file is not None:
        return raw_telegram(services, file.read_bytes(), file.name)
    if telegram_id is not None:
        return stored_telegram(services, telegram_id)
    if step is not None:
        return drill_step(services, *step)
    telegram_type, code = draft or ("", "")
    return drafted(services, Draft(telegram_type, (Stated(code),), ""))


@contextmanager
def _world(drill: bool) -> Iterator[Services]:
    with bad_input(SettingsError, PackError), failure(DatabaseNotReadyError):
        worlds = Worlds(load_settings())
        try:
            yield worlds["drill" if drill else "live"]
        finally:
            worlds.close()
