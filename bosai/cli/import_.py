"""`bosai import`: takes in open data. Shows what would change; `--apply` makes it so."""

import hashlib
from pathlib import Path

import click

from alerts.city.pack import PackError
from alerts.service import shelter_import
from alerts.service.shelter_import import SiteChanges
from alerts.shelter.gsi_csv import SiteImport, read_gsi
from alerts.store.database import DatabaseNotReadyError
from bosai.cli.errors import BadInputError, bad_input, failure
from bosai.cli.import_dictionary import dictionary
from bosai.cli.output import as_json, print_line
from bosai.settings import SettingsError, load_settings
from bosai.wiring import Worlds

SHOWN = ("added", "moved", "changed", "retired")


@click.group("import")
def command() -> None:
    """Takes in open data in the layouts it is published in."""


command.add_command(dictionary)


@command.command("shelters")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--apply", "applies", is_flag=True, help="Take it in; without, only show what would change.")
@click.option("--json", "json_output", is_flag=True, help="One JSON object.")
def shelters(file: Path, applies: bool, json_output: bool) -> None:
    """FILE is a CSV of 国土地理院: 指定緊急避難場所 or 指定避難所, as the columns say."""
    with bad_input(SettingsError, PackError), failure(DatabaseNotReadyError):
        worlds = Worlds(load_settings())
        services = worlds["live"]
        raw = _read(file)
        found = read_gsi(raw, file.name, services.pack.boundary)
        if found.kind is None or found.problems:
            raise BadInputError(_refusal(file, found))
        if applies:
            changes = shelter_import.apply(services, found.kind, found.sites, hashlib.sha256(raw).hexdigest()[:40])
        else:
            changes = shelter_import.preview(services, found.kind, found.sites)
        worlds.close()
    for warning in found.warnings:
        click.echo(f"look at: {warning}", err=True)
    print_line(as_json(_fields(changes, applies)) if json_output else _as_text(changes, applies))


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInputError(f"{file}: {error.strerror}; name a CSV file that exists and can be read") from error


def _refusal(file: Path, found: SiteImport) -> str:
    problems = "; ".join(str(problem) for problem in found.problems)
    return f"nothing was taken in: {problems or f'{file} is in neither layout of 国土地理院'}"


def _fields(changes: SiteChanges, applied: bool) -> dict[str, object]:
    ids = {name: [site.id for site in getattr(changes, name)] for name in SHOWN}
    return {"kind": changes.kind, "applied": applied, "unchanged": changes.unchanged, **ids}


def _as_text(changes: SiteChanges, applied: bool) -> str:
    counts = ", ".join(f"{len(getattr(changes, name))} {name}" for name in SHOWN)
    lines = [f"{changes.kind}: {counts}, {changes.unchanged} unchanged"]
    lines += [f"  {name}: {site.id} {site.name}" for name in SHOWN for site in getattr(changes, name)]
    lines.append("taken in" if applied else "nothing was written; --apply takes it in")
    return "\n".join(lines)
