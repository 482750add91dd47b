"""`bosai reseal`: phones' addresses are encrypted with the new secret key (R20)."""

import click

from alerts.service.reseal import reseal
from bosai.cli.output import print_line
from bosai.cli.worlds import open_worlds


@click.command("reseal")
def command() -> int:
    """Encrypts every address of both worlds with the key that is set now; 1 if some can be read with no key."""
    lost = shut = 0
    with open_worlds() as worlds:
        for name in worlds:
            done = reseal(worlds[name])
            lost += done.unreadable
            print_line(f"{name} world: {done.renewed} addresses encrypted anew, {done.unreadable} unreadable")
            shut += done.shut_officers
    print_line(
        f"{lost} addresses can be read with neither key; those phones must register again, subscribers be listed anew"
        if lost
        else "all addresses are encrypted with the key that is set: unset BOSAI_FORMER_SECRET_KEY and restart"
    )
    if shut:
        print_line(f"{shut} officers' apps can be read with neither key: let them in with `bosai user reset`")
    return 1 if lost or shut else 0
