"""The bundled city and the project's own telegrams, as sources to mutate."""

from pathlib import Path

import pytest

from alerts.city.pack import CityPack, bundled, load_pack
from bosai.bench.sources import of_folder
from bosai.fuzz.run import Source

OWN_TELEGRAMS = Path(__file__).parents[2] / "telegrams"


@pytest.fixture(scope="session")
def pack() -> CityPack:
    return load_pack(bundled())


@pytest.fixture(scope="session")
def sources() -> list[Source]:
    return of_folder(OWN_TELEGRAMS)
