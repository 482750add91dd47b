"""One table of a pack's TOML file, read key by key; what is missing or odd is noted with its line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from alerts.city.problems import Problems
from alerts.city.toml_source import Path, TomlSource


@dataclass(frozen=True, slots=True)
class Section:
    """A TOML table with readers for the kinds of value that packs hold.

    Every reader notes a problem and returns an empty value where the key is missing or of another kind, so that one
    pass finds every mistake.
    """

    source: TomlSource
    path: Path
    values: dict[str, Any]
    problems: Problems

    def problem(self, key: str | int | None, message: str) -> None:
        """Notes a problem at a key of this table, or at the table itself."""
        path = self.path if key is None else (*self.path, key)
        self.problems.add(self.source.file, self.source.line_of(path), message)

    def only(self, *known: str) -> None:
        """Notes every key that this table cannot have."""
        for key in self.values.keys() - set(known):
            self.problem(key, f"unknown key {key!r}; expected one of: {', '.join(known)}")

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty."""
        value = self.values.get(key, default)
        if isinstance(value, str) and (value.strip() or value == default):
            return value.strip()
        self.problem(key, f'{key} must be a text that is not empty, like {key} = "…"; found {_found(value)}')
        return ""

    def digits(self, key: str, *lengths: int) -> str:
        """A code: a string of digits of one of the lengths. Numbers are refused, they lose leading zeros."""
        return self._code(key, self.values.get(key), lengths)

    def digits_list(self, key: str, *lengths: int) -> tuple[str, ...]:
        """A list of codes, perhaps empty, each of one of the lengths."""
        return tuple(self._code(key, value, lengths) for value in self._list(key, str))

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts; required unless there is a default."""
        if default is not None and key not in self.values:
            return default
        return tuple(self._list(key, str))

    def integers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers; empty where the key is missing."""
        return tuple(self._list(key, int)) if key in self.values else ()

    def integer(self, key: str, least: int, most: int) -> int:
        """A whole number within limits."""
        value = self.values.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.problem(key, f"{key} must be a whole number from {least} to {most}; found {_found(value)}")
        return least

    def choice(self, key: str, *allowed: str) -> str:
        """One of a few words."""
        value = self.values.get(key)
        if isinstance(value, str) and value in allowed:
            return value
        self.problem(key, f"{key} must be one of {', '.join(allowed)}; found {_found(value)}")
        return allowed[-1]

    def flag(self, key: str) -> bool:
        """True or false; false where the key is missing."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.problem(key, f"{key} must be true or false; found {_found(value)}")
        return value is True

    def day(self, key: str, *, required: bool = True) -> date | None:
        """A date without time, written 2026-09-01."""
        value = self.values.get(key)
        if type(value) is date or (value is None and not required):
            return value
        self.problem(key, f"{key} must be a date without quotes, like {key} = 2026-09-01; found {_found(value)}")
        return None

    def section(self, key: str) -> "Section":
        """The table below this one; an empty one, with a problem noted, where it is missing."""
        value = self.values.get(key)
        if not isinstance(value, dict):
            self.problem(key, f"the table [{'.'.join(str(part) for part in (*self.path, key))}] is missing")
            value = {}
        return Section(self.source, (*self.path, key), value, self.problems)

    def sections(self, key: str) -> Iterable["Section"]:
        """The entries of an array of tables `[[key]]`."""
        for index, entry in enumerate(self._list(key, dict)):
            yield Section(self.source, (*self.path, key, index), entry, self.problems)

    def _list(self, key: str, kind: type) -> list[Any]:
        value = self.values.get(key)
        if isinstance(value, list) and all(type(entry) is kind for entry in value):
            return value
        self.problem(key, f"{key} must be a list of {_KINDS[kind]}; found {_found(value)}")
        return []

    def _code(self, key: str, value: object, lengths: tuple[int, ...]) -> str:
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) in lengths:
            return value
        wanted = " or ".join(str(length) for length in lengths)
        self.problem(key, f"{key} must be a string of {wanted} digits in quotes; found {_found(value)}")
        return ""


_KINDS = {str: "texts in quotes", int: "whole numbers", dict: "tables"}


def _found(value: object) -> str:
    """How a wrong value is shown to the person who mends it."""
    return "nothing" if value is None else repr(value)


def whole(source: TomlSource, problems: Problems) -> Section:
    """The top level of a file."""
    return Section(source, (), source.data, problems)
