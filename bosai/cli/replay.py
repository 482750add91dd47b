"""`bosai replay`: telegrams through the whole way, in a drill world that is thrown away (contract.md)."""

import logging
from pathlib import Path
from typing import Any

import click

from alerts.city.drills import UnknownDrillError
from alerts.city.pack import PackError, bundled
from bosai.cli.errors import bad_input, failure
from bosai.cli.output import as_json, city_pack, print_line
from bosai.clock import SystemClock
from bosai.embedded import BrokerNotReadyError
from bosai.replay.play import Tally, play
from bosai.replay.resident import UnknownDistrictError, diary, home_in
from bosai.replay.stage import ReplayStuckError, Stage
from bosai.replay.telegrams import NothingToReplayError, recording, rehearsal
from bosai.settings import load_settings

DEFAULT_DEVICES = 1000


@click.command("replay")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--city", type=click.Path(exists=True, path_type=Path), help="city.toml of another municipality.")
@click.option("--drill", metavar="NAME", help="A drill of the city pack instead of files, e.g. storm-full.")
@click.option("--speed", type=click.FloatRange(min=0, min_open=True), help="Keep the gaps, this many times shorter.")
@click.option("--devices", type=click.IntRange(0, 1_000_000), default=DEFAULT_DEVICES, show_default=True)
@click.option("--resident", metavar="DISTRICT", help="What one resident there would be told, as Markdown.")
@click.option("--json", "json_output", is_flag=True, help="One JSON object a line, last the summary.")
def command(
    *,
    paths: tuple[Path, ...],
    city: Path | None,
    drill: str | None,
    speed: float | None,
    devices: int,
    resident: str | None,
    json_output: bool,
) -> None:
    """Runs telegrams (files, folders, an Atom feed) through store, alerts, workers and sender.

    Never reaches a real device: the world, its phones and its FCM server are made for the replay and thrown away.
    """
    place = city or bundled()
    if bool(paths) == (drill is not None):
        raise click.UsageError("name telegram files, folders or an Atom feed, or one --drill of the city pack")
    if resident is not None and json_output:
        raise click.UsageError("--resident tells a story for people; leave out --json")
    pack = city_pack(place)
    with bad_input(NothingToReplayError, UnknownDrillError, UnknownDistrictError, PackError, OSError):
        telegrams = rehearsal(pack, drill) if drill is not None else recording(paths, pack.codes)
        home = home_in(pack, resident) if resident is not None else None
    logging.getLogger("alerts").setLevel(logging.WARNING)
    begins = next((one.issued_at for one in telegrams if one.issued_at), SystemClock().now())
    if home is not None:
        with failure(ReplayStuckError, BrokerNotReadyError), Stage(load_settings(), place, 0, begins) as stage:
            for item in diary(stage, telegrams, home):
                print_line(item)
        return
    tally = Tally()
    with failure(ReplayStuckError, BrokerNotReadyError), Stage(load_settings(), place, devices, begins) as stage:
        for line in play(stage, telegrams, speed, tally):
            print_line(as_json(line) if json_output else _as_text(line))
        summary = tally.summary(stage)
    print_line(as_json(summary) if json_output else _summary_text(summary))


def _as_text(line: dict[str, Any]) -> str:
    timing = f", first after {line['seen_to_first_push_ms']} ms" if line["seen_to_first_push_ms"] is not None else ""
    level = f" level {line['level']}" if line["level"] else ""
    what = f"{line['change']} {line['hazard']}{level}"
    told = f"{line['urgency']}: {line['accepted']}/{line['devices']}{timing}"
    return f"{line['alert'][:8]} r{line['revision']}: {what}, {told}"


def _summary_text(summary: dict[str, Any]) -> str:
    outcomes = ", ".join(f"{count} {outcome}" for outcome, count in summary["by_outcome"].items())
    counted = ("alerts", "pushes", "duplicates", "lost", "held")
    counts = ", ".join(f"{summary[name]} {name}" for name in counted)
    return f"{summary['telegrams']} telegrams ({outcomes or 'none'}), {counts}"
