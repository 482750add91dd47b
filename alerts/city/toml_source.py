"""Reads a pack's TOML file and knows in which line each key stands."""

import re
import tomllib
from dataclasses import dataclass
from typing import Any

from alerts.city.problems import Problems

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*("[^"]*"|'[^']*'|[\w-]+)\s*=""")
_POSITION = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class TomlSource:
    """A TOML file that was read: its data, and the line of every key for error messages."""

    file: str
    data: dict[str, Any]
    lines: dict[Path, int]

    def line_of(self, path: Path) -> int | None:
        """The line of a key, or of the nearest table around it that has one."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return None


def read_toml(file: str, raw: bytes, problems: Problems) -> TomlSource | None:
    """Reads one TOML file; notes a syntax error with its line and returns None."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.add(file, raw.count(b"\n", 0, error.start) + 1, "is not UTF-8 text; save the file as UTF-8")
        return None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        position = _POSITION.search(str(error))
        last = text.count("\n") + 1
        line = int(position[1]) if position and position[1] else last
        problems.add(file, line, f"is not TOML: {_POSITION.sub('', str(error))}")
        return None
    return TomlSource(file, data, _key_lines(text))


def _key_lines(text: str) -> dict[Path, int]:
    """Line of each `key =` and `[table]`, by path; the n-th `[[table]]` has its index in the path."""
    lines: dict[Path, int] = {}
    arrays: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _table_path(header[2], is_array=header[1] == "[[", arrays=arrays)
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, key[1].strip("\"'")), number)
    return lines


def _table_path(dotted: str, *, is_array: bool, arrays: dict[Path, int]) -> Path:
    """Path of a table header, with the index of the array entry it belongs to, e.g. `("rule", 1, "tell", 0)`."""
    path: Path = ()
    names = [name.strip().strip("\"'") for name in dotted.split(".")]
    for depth, name in enumerate(names):
        path = (*path, name)
        if is_array and depth == len(names) - 1:
            arrays[path] = arrays.get(path, -1) + 1
        if path in arrays:
            path = (*path, arrays[path])
    return path
