"""`bosai phrases`: writes the pages that native speakers sign (docs/phrases)."""

from pathlib import Path

import click

from alerts.wording.tables import Wording
from bosai.cli.errors import BadInputError
from bosai.cli.output import print_line
from bosai.phrasebook.pages import pages
from bosai.phrasebook.preview import previews


@click.command("phrases")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def command(folder: Path) -> None:
    """Writes into FOLDER one page a language with every phrase, and one that shows ten alerts as on a phone."""
    wording = Wording.load()
    for name, text in {**dict(pages(wording)), **previews(wording)}.items():
        file = folder / name
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        except OSError as error:
            raise BadInputError(f"{file}: {error.strerror}; name a folder that can be written") from error
        print_line(str(file))
