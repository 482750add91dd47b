"""`bosai bench`: measures on this machine, side by side with the ordinary way (contract.md, design.md §6)."""

import logging
from pathlib import Path

import click

from bosai.bench import api, end_to_end, herd, push
from bosai.bench.contender import BenchError
from bosai.bench.ingest import bench_ingest
from bosai.bench.report import Report
from bosai.cli.errors import failure
from bosai.cli.output import as_json, print_line
from bosai.embedded import BrokerNotReadyError
from bosai.replay.stage import ReplayStuckError

BENCHES = ("push", "ingest", "api", "herd", "end-to-end")


@click.command("bench")
@click.argument("what", type=click.Choice(BENCHES))
@click.option(
    "--devices",
    type=click.IntRange(1, 1_000_000),
    help="Phones: told by push (20,000) and end-to-end (10,000), asking in api (6,000) and herd (115,000).",
)
@click.option("--compare", is_flag=True, help="Also measure the ordinary way (slower).")
@click.option(
    "--telegrams",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="ingest: a folder of real telegrams instead of the pack's drill.",
)
@click.option("--json", "json_output", is_flag=True, help="One JSON object.")
def command(*, what: str, devices: int | None, compare: bool, telegrams: Path | None, json_output: bool) -> None:
    """Measures push, ingest, api, herd or end-to-end; everything stays on this machine and ends by itself."""
    if telegrams is not None and what != "ingest":
        raise click.UsageError("--telegrams belongs to `bosai bench ingest`")
    logging.getLogger("alerts").setLevel(logging.WARNING)
    with failure(BenchError, BrokerNotReadyError, ReplayStuckError):
        report = _measure(what, devices, compare, telegrams)
    print_line(as_json(report.as_dict()) if json_output else report.as_text())


def _measure(what: str, devices: int | None, compare: bool, telegrams: Path | None) -> Report:
    match what:
        case "push":
            return push.bench_push(devices or push.DEVICES, compare=compare)
        case "ingest":
            return bench_ingest(telegrams, compare=compare)
        case "api":
            return api.bench_api(devices or api.PHONES, compare=compare)
        case "herd":
            return herd.bench_herd(devices or herd.PHONES)
        case _:
            return end_to_end.bench_end_to_end(devices or end_to_end.DEVICES)
