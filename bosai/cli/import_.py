"""`bosai import`: takes in open data, whole or not at all; `--dry-run` only shows what would change."""

import hashlib
from pathlib import Path

import click

from alerts.service import shelter_import
from alerts.service.services import Services
from alerts.service.shelter_import import ImportRefusedError
from alerts.shelter.changes import Action, SiteChanges
from alerts.shelter.column_map_file import read_column_map
from alerts.shelter.open_data import read_places
from alerts.shelter.site_import import SiteImport
from bosai.cli.errors import BadInputError, bad_input
from bosai.cli.import_dictionary import dictionary
from bosai.cli.output import as_json, print_line
from bosai.cli.worlds import open_world

_KEYS = {Action.ADD: "added", Action.MOVE: "moved", Action.CHANGE: "changed", Action.RETIRE: "retired"}


@click.group("import")
def command() -> None:
    """Takes in open data in the layouts it is published in."""


command.add_command(dictionary)


@command.command("shelters")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--mapping", type=click.Path(path_type=Path), help="What a city's own columns and words mean (TOML).")
@click.option("--dry-run", is_flag=True, help="Only show what would change, and why.")
@click.option("--retire-many", is_flag=True, help="Take it in although it retires more than a quarter of the places.")
@click.option("--drill", is_flag=True, help="Into the drill world instead.")
@click.option("--json", "json_output", is_flag=True, help="One JSON object.")
def shelters(
    *, file: Path, mapping: Path | None, dry_run: bool, retire_many: bool, drill: bool, json_output: bool
) -> None:
    """FILE: a list of 国土地理院 (CSV, GeoJSON) or the 自治体標準オープンデータセット, or any other with --mapping."""
    with bad_input(ImportRefusedError), open_world(drill=drill) as services:
        raw = _read(file)
        found = _found(services, raw, file, mapping)
        if dry_run:
            changes, refusals = shelter_import.preview(services, found)
        else:
            edition = hashlib.sha256(raw).hexdigest()[:40]
            changes, refusals = shelter_import.apply(services, found, edition, may_retire_many=retire_many), ()
    for warning in (*found.warnings, *refusals):
        click.echo(f"look at: {warning}", err=True)
    applied = not dry_run
    print_line(as_json(_fields(found, changes, applied)) if json_output else _as_text(found, changes, applied))


def _found(services: Services, raw: bytes, file: Path, mapping: Path | None) -> SiteImport:
    """The file's list. Raises `BadInputError` with everything that is wrong in it."""
    map_ = read_column_map(_read(mapping), str(mapping)) if mapping else None
    found = read_places(raw, file.name, services.pack.codes, services.pack.boundary, map_)
    if found.kind is None or found.problems:
        problems = "; ".join(map(str, found.problems))
        raise BadInputError(f"nothing was taken in: {problems}")
    return found


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInputError(f"{file}: {error.strerror}; name a file that exists and can be read") from error


def _fields(found: SiteImport, changes: SiteChanges, applied: bool) -> dict[str, object]:
    return {
        "kind": found.kind,
        "applied": applied,
        "unchanged": changes.unchanged,
        **{key: [site.id for site in changes.of(action)] for action, key in _KEYS.items()},
        "reasons": {change.site.id: list(change.reasons) for change in changes.changes},
        "warnings": [str(warning) for warning in found.warnings],
    }


def _as_text(found: SiteImport, changes: SiteChanges, applied: bool) -> str:
    counts = ", ".join(f"{len(changes.of(action))} {key}" for action, key in _KEYS.items())
    lines = [f"{found.kind}: {counts}, {changes.unchanged} unchanged"]
    lines += [
        f"  {_KEYS[one.action]}: {one.site.id} {one.site.name}: {'; '.join(one.reasons)}" for one in changes.changes
    ]
    lines.append("taken in" if applied else "nothing was written; without --dry-run it is taken in")
    return "\n".join(lines)
