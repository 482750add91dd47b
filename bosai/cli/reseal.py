"""`bosai reseal`: phones' addresses are encrypted with the new secret key (R20)."""

import click

from alerts.city.pack import PackError
from alerts.service.reseal import reseal
from alerts.store.database import DatabaseNotReadyError
from bosai.cli.errors import bad_input, failure
from bosai.cli.output import print_line
from bosai.settings import SettingsError, load_settings
from bosai.wiring import Worlds


@click.command("reseal")
def command() -> int:
    """Encrypts every address of both worlds with the key that is set now; 1 if some can be read with no key."""
    lost = 0
    with bad_input(SettingsError, PackError), failure(DatabaseNotReadyError):
        worlds = Worlds(load_settings())
        try:
            for name in worlds:
                done = reseal(worlds[name])
                lost += done.unreadable
                print_line(f"{name} world: {done.renewed} addresses encrypted anew, {done.unreadable} unreadable")
        finally:
            worlds.close()
    print_line(
        f"{lost} addresses can be read with neither key; those phones must register again"
        if lost
        else "all addresses are encrypted with the key that is set: unset BOSAI_FORMER_SECRET_KEY and restart"
    )
    return 1 if lost else 0
