"""The worlds of the settings, opened for one command and closed after it."""

from collections.abc import Iterator
from contextlib import contextmanager

from alerts.city.pack import PackError
from alerts.service.services import Services
from alerts.store.database import DatabaseNotReadyError
from bosai.cli.errors import bad_input, failure
from bosai.settings import SettingsError, load_settings
from bosai.wiring import Worlds


@contextmanager
def open_worlds() -> Iterator[Worlds]:
    """Both worlds. Settings or a pack that cannot be used are bad input, a database that is not ready is a failure."""
    with bad_input(SettingsError, PackError), failure(DatabaseNotReadyError):
        worlds = Worlds(load_settings())
        try:
            yield worlds
        finally:
            worlds.close()


@contextmanager
def open_world(*, drill: bool = False) -> Iterator[Services]:
    """One of them."""
    with open_worlds() as worlds:
        yield worlds["drill" if drill else "live"]
