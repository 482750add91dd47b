"""Every telegram type this service knows: `catalogue.toml`, read once (contract.md, outcomes; jma.md §3.3)."""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from alerts.city.codes import CityCodes
from alerts.telegram.reading import Outcome

_AREA_AT_END = re.compile(r"_([0-9]{6})\.xml$")
# 20260728094203_0_VPWW55_160000.xml, 15_16_03_241226_VPWW55.xml; the official samples of rivers are named VXKOii.
_TYPE_IN_NAME = re.compile(r"(?<![A-Za-z0-9])(V[A-Z]{3})(?:([0-9]{2})|ii)(?![A-Za-z0-9])")


class UnitScheme(StrEnum):
    """What the key of a type's independent unit of information is made of (jma.md §2.4)."""

    OFFICE = "office"
    EVENT = "event"
    FAMILY_EVENT = "family_event"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one type. `outcome` is that of an actual telegram; live and display types have a `reader`.

    A prepared type has one too, and `when_on`: what becomes of it in a city that switches its entry on.
    """

    name: str  # of the entry in the file, which may stand for several types: VXSU
    title: str
    outcome: Outcome
    when_on: Outcome | None
    unit: UnitScheme
    reader: str  # a family of families.py, empty for types whose body is not looked at
    why: str

    def outcome_for(self, city: CityCodes) -> Outcome:
        """What becomes of an actual telegram of this type in the city."""
        return self.when_on if self.when_on and self.name in city.switched_on else self.outcome


@cache
def prepared() -> tuple[str, ...]:
    """The entries that a city may switch on: VXSU (for VXSU50 to VXSU59), VXSE43."""
    return tuple(dict.fromkeys(entry.name for entry in entries().values() if entry.when_on))


@cache
def entries() -> dict[str, Entry]:
    """All known types, in the order of the file; do not change it."""
    text = files("alerts.telegram").joinpath("catalogue.toml").read_text(encoding="utf-8")
    return {name: _entry(key, row) for key, row in tomllib.loads(text).items() for name in _types(key, row)}


def type_in_name(file: str) -> str | None:
    """The type that a file's base name holds, known or not: VPWW55, or VXKO for `VXKOii`; None if it holds none."""
    found = _TYPE_IN_NAME.search(file.replace("\\", "/").rpartition("/")[2])
    return found[1] + (found[2] or "") if found else None


def area_in_name(file: str) -> str | None:
    """The code at the end of a feed's file name; the office of a weather telegram, of others their producer (§1.2)."""
    found = _AREA_AT_END.search(file)
    return found[1] if found else None


@cache
def types_of_title() -> dict[str, tuple[str, ...]]:
    """Which types bear a Control/Title (full-width, as printed): several for typhoons and VYSE51/52."""
    titles: dict[str, tuple[str, ...]] = {}
    for name, entry in entries().items():
        titles[entry.title] = (*titles.get(entry.title, ()), name)
    return titles


def _entry(key: str, row: dict[str, Any]) -> Entry:
    return Entry(
        name=key,
        title=row["title"],
        outcome=Outcome(row["outcome"]),
        when_on=Outcome(row["when_on"]) if "when_on" in row else None,
        unit=UnitScheme(row["unit"]),
        reader=row.get("reader", ""),
        why=row["why"],
    )


def _types(key: str, row: dict[str, Any]) -> list[str]:
    first, last = row.get("numbers", (0, -1))
    return list(dict.fromkeys([key, *(f"{key[:4]}{number:02}" for number in range(first, last + 1))]))
