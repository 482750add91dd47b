"""`bosai held`: telegrams that wait for an operator (R16), and `--read-again` after an update."""

import click

from alerts.service import held
from alerts.service.reread import Reread, read_again
from alerts.store.telegrams import TelegramRecord
from alerts.times import JST
from bosai.cli.output import as_json, print_line
from bosai.cli.worlds import open_world


@click.command("held")
@click.option("--drills", is_flag=True, help="Exercises and tests (訓練, 試験) instead: they never reach residents.")
@click.option("--read-again", "again", is_flag=True, help="Read every held telegram again, oldest first.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, help="Newest telegrams.")
@click.option("--json", "json_output", is_flag=True, help="One JSON object a line.")
def command(*, drills: bool, again: bool, limit: int, json_output: bool) -> None:
    """Shows the telegrams that are held, the newest first, each with the reason."""
    if drills and again:
        raise click.UsageError("--read-again is for what is held; exercises and tests are read already")
    with open_world() as services:
        if again:
            lines = [_again_line(one, json_output) for one in read_again(services)]
            nothing = "every held telegram reads as before"
        else:
            found = held.exercises(services, limit) if drills else held.held(services, limit)
            lines = [_line(one, json_output) for one in found]
            nothing = "nothing is held" if not drills else "no exercise or test came in"
    for line in lines:
        print_line(line)
    if not lines and not json_output:
        print_line(nothing)


def _line(record: TelegramRecord, json_output: bool) -> str:
    if json_output:
        return as_json(
            {
                "id": record.id,
                "file": record.file,
                "type": record.type,
                "status": record.status,
                "info_type": record.info_type,
                "outcome": record.outcome,
                "reason": record.reason,
                "issued_at": record.issued_at,
                "seen_at": record.seen_at,
                "unknown_codes": record.unknown_codes,
                "applied": record.applied == "applied",
            }
        )
    return f"{record.seen_at.astimezone(JST):%m-%d %H:%M:%S} {record.file}\n  {record.outcome}: {record.reason}"


def _again_line(one: Reread, json_output: bool) -> str:
    told = [{"alert": made.alert_id, "change": made.change} for made in one.revisions if made.pushed]
    if json_output:
        return as_json({"id": one.id, "file": one.file, "outcome": one.outcome, "reason": one.reason, "told": told})
    return f"{one.file}\n  {one.outcome}: {one.reason}\n  {len(told)} revisions are told"
