"""`bosai export`: writes the city's own data in the layouts that others read."""

from pathlib import Path

import click

from alerts.service.shelters import list_sites
from alerts.shelter.export import standard_csv, standard_name
from bosai.cli.errors import FailedError
from bosai.cli.output import print_line
from bosai.cli.worlds import open_world


@click.group("export")
def command() -> None:
    """Writes open data in the layouts it is published in."""


@command.command("shelters")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=Path())
def shelters(folder: Path) -> None:
    """Writes the places in use as NNNNNN_evacuation_space.csv of the 自治体標準オープンデータセット into FOLDER."""
    with open_world() as services:
        file = folder / standard_name(services.pack.codes)
        raw = standard_csv(list_sites(services), services.pack.codes)
    try:
        file.write_bytes(raw)
    except OSError as error:
        raise FailedError(f"{file}: {error.strerror}") from error
    print_line(f"{file}: written")
