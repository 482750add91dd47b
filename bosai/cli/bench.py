"""`bosai bench`: measures on this machine, side by side with the ordinary way (contract.md, design.md §6)."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
import orjson

from bosai.bench import api, end_to_end, herd, push, scale, withdraw
from bosai.bench.contender import BenchError
from bosai.bench.growth import picture
from bosai.bench.ingest import bench_ingest
from bosai.bench.postgres import NoPostgresError
from bosai.bench.report import Report
from bosai.cli.errors import bad_input, failure
from bosai.cli.output import as_json, print_line
from bosai.embedded import BrokerNotReadyError
from bosai.replay.stage import ReplayStuckError


@dataclass(frozen=True, slots=True)
class _Options:
    """What was asked for; None where the bench has its own."""

    devices: int | None
    compare: bool
    telegrams: Path | None
    workers: tuple[int, ...] | None
    database: str | None


BENCHES: Mapping[str, Callable[[_Options], Report]] = {
    "push": lambda asked: push.bench_push(asked.devices or push.DEVICES, compare=asked.compare),
    "ingest": lambda asked: bench_ingest(asked.telegrams, compare=asked.compare),
    "api": lambda asked: api.bench_api(asked.devices or api.PHONES, compare=asked.compare),
    "herd": lambda asked: herd.bench_herd(asked.devices or herd.PHONES),
    "end-to-end": lambda asked: end_to_end.bench_end_to_end(asked.devices or end_to_end.DEVICES),
    "scale": lambda asked: scale.bench_scale(
        asked.devices or scale.DEVICES,
        workers=asked.workers or scale.WORKERS,
        database=asked.database or scale.DATABASES[0],
    ),
    "withdraw": lambda asked: withdraw.bench_withdraw(asked.devices or withdraw.DEVICES),
}
_BELONGS_TO = {"telegrams": "ingest", "workers": "scale", "database": "scale", "picture_of": "scale"}
_MOST_WORKERS = 16


class _Counts(click.ParamType[tuple[int, ...]]):
    """Numbers of worker processes: `1,2,4`."""

    name = "N,N,…"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        """Raises `click.BadParameter`, which names what is wrong."""
        counts = tuple(int(part) if part.isdecimal() else 0 for part in value.split(","))
        if not all(0 < count <= _MOST_WORKERS for count in counts):
            self.fail(f"{value!r} is no list of numbers from 1 to {_MOST_WORKERS}, as in 1,2,4", param, ctx)
        return counts


@click.command("bench")
@click.argument("what", type=click.Choice(tuple(BENCHES)))
@click.option(
    "--devices",
    type=click.IntRange(1, 1_000_000),
    help="Phones: told by push (20,000), end-to-end and withdraw (10,000), asking in api (6,000) and herd (115,000), "
    "known in scale (1,000,000).",
)
@click.option("--compare", is_flag=True, help="Also measure the ordinary way (slower).")
@click.option(
    "--telegrams",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="ingest: a folder of real telegrams instead of the pack's drill.",
)
@click.option("--workers", type=_Counts(), help="scale: how many worker processes share a fan-out (1,2,4).")
@click.option(
    "--database",
    type=click.Choice(scale.DATABASES),
    help="scale: a PostgreSQL server of its own (needs an installed one), or a SQLite file.",
)
@click.option(
    "--picture-of",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="scale: measures nothing, and prints the curves of a report (a file of --json) as an SVG.",
)
@click.option("--json", "json_output", is_flag=True, help="One JSON object.")
def command(*, what: str, json_output: bool, picture_of: Path | None, **given: object) -> None:
    """Measures one part of the service; everything stays on this machine and ends by itself."""
    for option, bench in _BELONGS_TO.items():
        if (given | {"picture_of": picture_of})[option] is not None and what != bench:
            raise click.UsageError(f"--{option.replace('_', '-')} belongs to `bosai bench {bench}`")
    if picture_of is not None:
        print_line(_picture(picture_of))
        return
    logging.getLogger("alerts").setLevel(logging.WARNING)
    with failure(BenchError, BrokerNotReadyError, NoPostgresError, ReplayStuckError):
        report = BENCHES[what](_Options(**given))  # type: ignore[arg-type]  # click checked each
    print_line(as_json(report.as_dict()) if json_output else report.as_text())


def _picture(file: Path) -> str:
    with bad_input(ValueError):
        return picture(orjson.loads(file.read_bytes()))
