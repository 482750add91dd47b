"""`bosai audit`: is the office's book as it was written, and what does it say?"""

import re
from pathlib import Path

import click

from alerts.audit import Break, Fault, Head
from alerts.service import audit
from alerts.service.audit_csv import lines
from bosai.cli.errors import BadInputError
from bosai.cli.output import as_json, print_line
from bosai.cli.worlds import open_world

_drill = click.option("--drill", is_flag=True, help="The drill world's book.")
_HEAD = re.compile(r"(\d{1,12}):([0-9a-f]{64})")
_WORDS = {
    Break.CHANGED: "entry {0} is not what was written",
    Break.MISSING: "entry {0} is missing",
    Break.FOREIGN: "entry {0} does not follow the one before it: it was inserted, or the one before was replaced",
    Break.CUT_OFF: "the book does not end where it did, at entry {0}",
}


@click.group("audit")
def command() -> None:
    """Who did what at the office. Entries are chained by hashes, and only ever added."""


@command.command("check")
@_drill
@click.option("--head", metavar="NUMBER:HASH", help="The head that an earlier check printed: is it still in the chain?")
@click.option("--json", "json_output", is_flag=True, help="One JSON object.")
def check(*, drill: bool, head: str | None, json_output: bool) -> int:
    """Exit status 0: every entry is as it was written. 1: something was changed, removed, inserted or cut off.

    Note the head that it prints where nobody who has the database can write: a later check looks for it.
    """
    noted = _noted(head)
    with open_world(drill=drill) as services:
        found = audit.check(services, noted)
    now = f"{found.head.number}:{found.head.hash}"
    if json_output:
        faults = [{"number": fault.number, "kind": fault.kind} for fault in found.faults]
        print_line(as_json({"ok": not faults, "entries": found.entries, "head": now, "faults": faults}))
    else:
        print_line(
            "\n".join((*map(_said, found.faults), f"{found.entries} entries, {len(found.faults)} faults; head {now}"))
        )
    return 1 if found.faults else 0


@command.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_drill
def export(file: Path, *, drill: bool) -> None:
    """Writes the whole book as CSV for a spreadsheet; no cell of it is a formula. An existing file is kept."""
    try:
        with open_world(drill=drill) as services, file.open("x", encoding="utf-8", newline="") as out:
            out.writelines(lines(audit.every(services)))
    except FileExistsError:
        raise BadInputError(f"{file} is there already; name a new file") from None
    print_line(f"written: {file}")


def _noted(text: str | None) -> Head | None:
    if text is None:
        return None
    parts = _HEAD.fullmatch(text.strip())
    if parts is None:
        raise click.UsageError(
            "--head is a number, a colon and 64 hexadecimal digits, as `bosai audit check` prints it"
        )
    return Head(int(parts[1]), parts[2])


def _said(fault: Fault) -> str:
    return _WORDS[fault.kind].format(fault.number)
