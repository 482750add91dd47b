"""What the codes of the old warnings mean in those of 2026: `old_kinds.csv`, read once (jma.md §0.4, §3.3).

An old code is not a new one: `03` 大雨警報 stood for flooding and landslides together and means flooding now. Its
`mark` says which: a word of Kind/Condition (土砂災害、浸水害), or a note of Kind/Attention (浸水注意) where the other
half of a rain warning is only an advisory. 洪水警報 and 洪水注意報 of municipalities have no successor: they mean
nothing here. Level 4 has no old code; where it is stated, `danger.py` finds it.
"""

import csv
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from alerts.telegram import kinds
from alerts.telegram.kinds import Kind


@cache
def table() -> Mapping[str, Mapping[str, Kind | None]]:
    """By old code and mark the kind that is meant; None if it has no successor, the empty mark where none is needed."""
    text = files("alerts.telegram").joinpath("old_kinds.csv").read_text(encoding="utf-8")
    rows: dict[str, dict[str, Kind | None]] = defaultdict(dict)
    for row in csv.DictReader(text.splitlines()):
        rows[row["code"]][row["mark"]] = kinds.table()[row["type"], row["kind"]] if row["type"] else None
    return MappingProxyType(rows)


def meant(code: str, conditions: Collection[str], notes: Collection[str]) -> list[Kind] | None:
    """The kinds that an old code means with its marks; None if that is unknown (R16).

    Every word of the Condition must be known, for it says which disaster is warned of; notes may be about anything.
    """
    by_mark = table().get(code)
    if by_mark is None:
        return None
    if "" in by_mark:
        return [kind for kind in by_mark.values() if kind]
    found = [by_mark[mark] for mark in (*conditions, *notes) if mark in by_mark]
    if not found or any(word not in by_mark for word in conditions):
        return None
    return [kind for kind in found if kind]
