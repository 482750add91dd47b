"""Matching rules as plain data, in the words of `rules.toml`: how a version is kept, and how the office edits it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from alerts.city.gazetteer import Gazetteer
from alerts.city.problems import Problems
from alerts.city.rule import Rule, Telling
from alerts.city.rules_file import rules_in
from alerts.city.toml_section import whole
from alerts.city.toml_source import TomlSource

_SETS = ("hazards", "levels", "codes", "rivers", "stations", "sub_areas")
_DAYS = ("valid_from", "valid_to")


def data_of(rule: Rule) -> dict[str, Any]:
    """One rule; what is empty is left out."""
    conditions = {name: sorted(getattr(rule, name)) for name in _SETS}
    days = {name: day.isoformat() for name in _DAYS if (day := getattr(rule, name))}
    switches = {"others_one_step_lower": rule.rest_lowered}
    tell = [_step_data(step) for step in rule.tell]
    audience: dict[str, Any] = {"tell": tell} if tell else {"everybody_at_once": True}
    stated = {name: value for name, value in (conditions | days | switches).items() if value}
    return {"id": rule.id} | stated | audience


def rules_from(rows: Sequence[Mapping[str, Any]], places: Gazetteer, problems: Problems) -> tuple[Rule, ...]:
    """The rules of these rows; a problem names the row as its line, counted from 1."""
    entries = [{key: _day(value) if key in _DAYS else value for key, value in row.items()} for row in rows]
    lines: dict[tuple[str | int, ...], int] = {("rule", index): index + 1 for index in range(len(entries))}
    return rules_in(whole(TomlSource("rules", {"rule": entries}, lines), problems), places)


def _step_data(step: Telling) -> dict[str, Any]:
    stated: dict[str, Any] = {"groups": list(step.groups), "because": step.because}
    return stated | ({"one_step_lower": True} if step.lowered else {})


def _day(value: object) -> object:
    """A date where it is one; else the value, for the reader to refuse."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value
