"""`bosai receipts`: how far an alert came (accepted is not delivered)."""

from dataclasses import asdict

import click

from alerts.receipt import Confirmed, Reached
from alerts.service import receipts
from alerts.service.why import UnknownAlertError
from alerts.times import JST
from bosai.cli.errors import bad_input
from bosai.cli.output import as_json, print_line
from bosai.cli.worlds import open_world


@click.command("receipts")
@click.argument("alert_id", metavar="ALERT")
@click.option("--drill", is_flag=True, help="Of the drill world.")
@click.option("--json", "json_output", is_flag=True, help="One JSON object a line.")
def command(alert_id: str, drill: bool, json_output: bool) -> None:
    """Phones that each revision was accepted for, and that say they received and opened it, with times."""
    with bad_input(UnknownAlertError), open_world(drill=drill) as services:
        found = receipts.reached(services, alert_id)
    for one in found:
        print_line(as_json(asdict(one)) if json_output else _as_text(one))
    if not found and not json_output:
        print_line("nobody was sent anything of this alert yet")


def _as_text(one: Reached) -> str:
    parts = (
        f"{word} {_counted(of)}"
        for word, of in (("accepted", one.accepted), ("received", one.received), ("opened", one.opened))
    )
    return f"revision {one.revision}: {'; '.join(parts)}"


def _counted(of: Confirmed) -> str:
    if of.first_at is None or of.last_at is None:
        return "0"
    return f"{of.phones} ({of.first_at.astimezone(JST):%m-%d %H:%M:%S} to {of.last_at.astimezone(JST):%H:%M:%S})"
