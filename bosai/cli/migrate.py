"""`bosai migrate`: brings the databases of both worlds to the newest tables."""

import click
from sqlalchemy.exc import SQLAlchemyError

from alerts.world import WorldMismatchError
from bosai import startup
from bosai.cli.errors import bad_input, failure
from bosai.settings import SettingsError, load_settings


@click.command("migrate")
def command() -> None:
    """Brings the databases of both worlds to the newest tables; may be repeated, and run by several at once."""
    with bad_input(SettingsError):
        settings = load_settings()
    with bad_input(ValueError), failure(WorldMismatchError, SQLAlchemyError):
        startup.migrate(settings)
