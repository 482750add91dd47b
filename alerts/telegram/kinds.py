"""Every kind of hazard that a telegram can state: `kinds.csv`, read once (contract.md, notices; jma.md §3.2-3.5).

Level and rank follow from (telegram type, code) and never from text: JMA uses code numbers again with another meaning
(`08` was 高潮警報 of about level 4 and is レベル３高潮警報 now).

`rank` orders the kinds of one hazard, so that a rise is told from a fall also where there is no level: 5 特別警報 and
大津波警報, 4 危険警報, 3 警報 and bulletins, 2 注意報, 1 below an advisory. Earthquakes rank by intensity from 1 to 9.
0 marks codes that only ever end a hazard (氾濫注意報解除, 津波注意報解除).
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

_NUMBERED = "VXKO"


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of `kinds.csv`; `level` is the 警戒レベル, None where the kind has none."""

    type: str
    code: str
    hazard: str
    level: int | None
    rank: int
    name: str


@cache
def table() -> MappingProxyType[tuple[str, str], Kind]:
    """All kinds by (telegram type, code), in the order of the file. River floods stand under `VXKO`."""
    text = files("alerts.telegram").joinpath("kinds.csv").read_text(encoding="utf-8")
    kinds = [
        Kind(row["type"], row["code"], row["hazard"], int(row["level"] or 0) or None, int(row["rank"]), row["name"])
        for row in csv.DictReader(text.splitlines())
    ]
    return MappingProxyType({(kind.type, kind.code): kind for kind in kinds})


def find(telegram_type: str | None, code: str) -> Kind | None:
    """The kind that a code means in a telegram of this type, None if no table knows it (R16)."""
    return table().get((_row_name(telegram_type), code))


def sort_out(telegram_type: str | None, codes: Iterable[str]) -> tuple[list[Kind], list[str]]:
    """The kinds that codes mean in a telegram of this type, and the codes that no table knows (R16), each once."""
    found = {code: find(telegram_type, code) for code in codes}
    return [kind for kind in found.values() if kind], [code for code, kind in found.items() if not kind]


@cache
def hazards_of(telegram_type: str | None) -> frozenset[str]:
    """All hazards whose state a telegram of this type decides."""
    return frozenset(kind.hazard for kind in table().values() if kind.type == _row_name(telegram_type))


@cache
def may_be_ended(hazard: str) -> bool:
    """Whether a code says that the hazard is over."""
    return any(kind.hazard == hazard and not kind.rank for kind in table().values())


@cache
def all_kinds() -> frozenset[tuple[str, str]]:
    """Every (hazard, code) that a notice can have; a city's policy must have a row for each (design.md §4)."""
    return frozenset((kind.hazard, kind.code) for kind in table().values())


def levels_of(hazards: Iterable[str]) -> frozenset[int]:
    """Every 警戒レベル that these hazards can have."""
    wanted = frozenset(hazards)
    return frozenset(kind.level for kind in table().values() if kind.hazard in wanted and kind.level)


def _row_name(telegram_type: str | None) -> str:
    """The type a kind stands under: VXKO50 to VXKO89 differ by region only and share the rows of `VXKO`."""
    name = telegram_type or ""
    return name[:4] if name.startswith(_NUMBERED) else name
