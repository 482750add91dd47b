"""Reads `policy.toml` and `urgency.csv`; a pack that lacks one takes that of `packs/base` (design.md §4)."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from alerts.alert import Urgency
from alerts.city.csv_rows import read_rows
from alerts.city.pack_files import PackFiles
from alerts.city.policy import Policy
from alerts.city.preference_file import read_opt_in, read_preferences, required_flag
from alerts.city.toml_section import Section, whole
from alerts.people.session import SessionRules
from alerts.telegram.kinds import all_kinds

_MINUTES = ("coalescing_minutes", "fallback_minutes")
_TOP_KEYS = (
    "version",
    "author",
    "date",
    "note",
    "default_language",
    "unreviewed",
    "chunk_size",
    "hourly_pushes",
    *_MINUTES,
)
_TABLES = ("push_lifetime_minutes", "shown_minutes", "urgency_by_level", "preferences", "session_minutes")
_COLUMNS = ("hazard", "code", "name", "urgency")
_LEVELS = ("2", "3", "4", "5")
_MOST_VERSIONS = 1_000_000
_MOST_DEVICES = 100_000
_MOST_PUSHES = 60  # in an hour
_DAY_MINUTES = 24 * 60
_LONGEST_SHOWN = 7 * _DAY_MINUTES


def read_policy(files: PackFiles) -> Policy | None:
    """The city's policy; None, with problems noted, where `policy.toml` is not TOML."""
    kinds = all_kinds()
    hazards = frozenset(hazard for hazard, _ in kinds)
    urgencies = _urgencies(files, kinds)
    source = files.toml("policy.toml", or_base=True)
    if source is None:
        return None
    top = whole(source, files.problems)
    top.only(*_TOP_KEYS, *_TABLES)
    wishes = top.section("preferences")
    lifetimes = _lifetimes(top.section("push_lifetime_minutes"), hazards)
    return Policy(
        version=top.integer("version", 1, _MOST_VERSIONS),
        author=top.text("author"),
        day=top.day("date"),
        note=top.text("note"),
        urgencies=urgencies,
        by_level=_by_level(top.section("urgency_by_level"), hazards),
        default_lifetime=lifetimes.pop("default", timedelta(0)),
        lifetimes=lifetimes,
        default_language=top.text("default_language"),
        unreviewed=top.texts("unreviewed"),
        chunk_size=top.integer("chunk_size", 1, _MOST_DEVICES),
        hourly_pushes=top.integer("hourly_pushes", 1, _MOST_PUSHES),
        coalescing_minutes=top.integer("coalescing_minutes", 0, _DAY_MINUTES),
        fallback_minutes=top.integer("fallback_minutes", 0, _DAY_MINUTES),
        sessions=_sessions(top.section("session_minutes")),
        shown=_shown(top.section("shown_minutes"), hazards),
        preferences=read_preferences(wishes),
        normal_pushes=required_flag(wishes, "normal_pushes"),
        opt_in=read_opt_in(wishes),
    )


def _urgencies(files: PackFiles, kinds: Collection[tuple[str, str]]) -> dict[tuple[str, str], Urgency]:
    """Every kind's urgency. A kind without a row, or a row that no telegram can give, is a problem (contract.md)."""
    table: dict[tuple[str, str], Urgency] = {}
    found = files.bytes_of("urgency.csv", or_base=True)
    if found is None:
        return table
    for row in read_rows(*found, files.problems, *_COLUMNS):
        kind = (row.text("hazard"), row.text("code"))
        if kind not in kinds:
            row.problem(f"no telegram gives hazard {kind[0]} with code {kind[1]}; correct or remove the row")
        if kind in table:
            row.problem(f"hazard {kind[0]} with code {kind[1]} stands here a second time")
        table[kind] = Urgency(row.choice("urgency", *Urgency))
    for hazard, code in sorted(set(kinds) - set(table)):
        files.problems.add(found[0], None, f"has no row for hazard {hazard} with code {code}; every kind needs one")
    return table


def _lifetimes(section: Section, hazards: Collection[str]) -> dict[str, timedelta]:
    section.only("default", *sorted(hazards))
    keys = dict.fromkeys(("default", *section.values))
    return {key: timedelta(minutes=section.integer(key, 1, _DAY_MINUTES)) for key in keys}


def _shown(section: Section, hazards: Collection[str]) -> dict[str, timedelta]:
    section.only(*sorted(hazards))
    return {key: timedelta(minutes=section.integer(key, 1, _LONGEST_SHOWN)) for key in section.values}


def _sessions(section: Section) -> SessionRules:
    section.only("idle", "longest")
    return SessionRules(*(timedelta(minutes=section.integer(key, 5, _DAY_MINUTES)) for key in ("idle", "longest")))


def _by_level(section: Section, hazards: Collection[str]) -> Mapping[str, Mapping[int, Urgency]]:
    section.only(*sorted(hazards))
    table: dict[str, dict[int, Urgency]] = {}
    for hazard in section.values:
        levels = section.section(hazard)
        levels.only(*_LEVELS)
        table[hazard] = {int(level): Urgency(levels.choice(level, *Urgency)) for level in _LEVELS}
    return table
