"""`bosai city` in a folder with the files of a synthetic city. The folder is put on the path: it is no package."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

sys.path.append(str(Path(__file__).parent))

from new_city_files import write_all

from bosai.cli import main

FILES = {
    "--name": "見本市",
    "--prefecture": "架空県",
    "--boundary": "n03.geojson",
    "--towns": "towns.csv",
    "--jma-areas": "area.json",
    "--quake-areas": "quake.csv",
    "--tsunami-areas": "tsunami.csv",
    "--day": "2026-11-01",
}


@pytest.fixture
def material(tmp_path, monkeypatch, no_settings):
    """The files, in the folder in which the command runs."""
    monkeypatch.chdir(tmp_path)
    write_all(tmp_path)
    return tmp_path


@pytest.fixture
def city_new(material):
    """Runs `bosai city new made` with the files that every city needs, and the options given; None takes one away."""

    def run(*words, **options):
        said = FILES | {f"--{name.replace('_', '-')}": value for name, value in options.items()}
        pairs = [word for name, value in said.items() if value is not None for word in (name, value)]
        return CliRunner().invoke(main, ["city", "new", "made", *words, *pairs])

    return run
