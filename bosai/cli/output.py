"""How every command prints: text for people, or exactly the contract's JSON on standard output (contract.md)."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from alerts.city.pack import CityPack, PackError, load_pack
from alerts.times import JST
from bosai.cli.errors import bad_input


def as_json(value: Mapping[str, Any]) -> str:
    """One line of JSON; times are RFC 3339 at +09:00."""
    return json.dumps(value, ensure_ascii=False, default=_encode)


def _encode(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(JST).isoformat()
    if isinstance(value, frozenset | set | tuple):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no place in the contract's JSON")


def print_line(text: str) -> None:
    """Prints to standard output and flushes: a reader of a pipe sees each line when it is there."""
    click.echo(text)


def city_pack(path: Path) -> CityPack:
    """Loads the city pack at `path`; a malformed one is bad input, said with file and line (exit status 2)."""
    with bad_input(PackError):
        return load_pack(path)
