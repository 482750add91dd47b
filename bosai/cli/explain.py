"""`bosai explain`: what would these telegrams do? No database, nothing sent (contract.md)."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from alerts.city.pack import CityPack, bundled
from alerts.explain import Explanation, explain
from alerts.telegram.notice import Notice
from bosai.cli.in_words import in_words
from bosai.cli.output import as_json, city_pack, print_line

TELEGRAM_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("explain")
@click.argument("files", nargs=-1, required=True, type=TELEGRAM_FILE)
@click.option("--city", type=click.Path(exists=True, path_type=Path), help="city.toml of another municipality.")
@click.option("--json", "json_output", is_flag=True, help="One JSON object a line.")
def command(files: tuple[Path, ...], city: Path | None, json_output: bool) -> None:
    """Shows what each telegram FILE would do to the city: notices, districts and pushes."""
    pack = city_pack(city or bundled())
    show = _as_json if json_output else _as_text
    for file in files:
        print_line(show(str(file), explain(file.read_bytes(), file.name, pack), pack))


def _as_json(path: str, explanation: Explanation, pack: CityPack) -> str:
    reading = explanation.reading
    envelope = reading.envelope
    districts = None if not pack.districts else list(explanation.districts or ())
    return as_json(
        {
            "file": path,
            "type": reading.type,
            "status": reading.status,
            "info_type": reading.info_type,
            "issued_at": envelope.issued_at if envelope else None,
            "outcome": reading.outcome,
            "reason": reading.reason,
            "notices": [_notice(notice) for notice in reading.notices],
            "districts": districts,
            "pushes": [asdict(push) for push in explanation.pushes],
        }
    )


def _notice(notice: Notice) -> dict[str, Any]:
    stated = {"hazard": notice.hazard, "code": notice.code, "level": notice.level, "state": notice.state}
    return stated | {"sub_areas": [asdict(part) for part in notice.extent.sub_areas]}


def _as_text(path: str, explanation: Explanation, pack: CityPack) -> str:
    """For an officer: sentences, and below them the reason as the logs and alarms give it."""
    reading = explanation.reading
    return f"{path}\n  {in_words(explanation, pack)}\n  [{reading.outcome}] {reading.reason}"
