"""The files of one city pack, each read once; together they make the digest that names this edition of the pack."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from alerts.city.problems import Problems
from alerts.city.toml_source import TomlSource, read_toml

CITY_FILE = "city.toml"
_BASE = Path(__file__).parent / "packs" / "base"  # policy of a city that brings none of its own


@dataclass(slots=True)
class PackFiles:
    """Reads a pack's files by name and remembers their bytes for the digest."""

    city_file: Path
    problems: Problems
    read: dict[str, bytes] = field(default_factory=dict)

    def find(self, name: str, *, or_base: bool = False) -> Path | None:
        """Where a file of the pack is; None where it has none.

        Only a file named `city.toml` has a pack around it: `toyama.toml` beside another city's districts stands alone.
        """
        places = [self.city_file.parent / name] if self.city_file.name == CITY_FILE else []
        if or_base:
            places.append(_BASE / name)
        return next((place for place in places if place.exists()), None)

    def drills(self) -> tuple[str, ...]:
        """Names of the drills that come with the pack, sorted: each is a TOML file in `drills/`."""
        folder = self.find("drills")
        return tuple(sorted(path.stem for path in folder.glob("*.toml"))) if folder else ()

    def bytes_of(self, name: str, *, or_base: bool = False) -> tuple[str, bytes] | None:
        """Path and bytes of a file; None where there is none, or, with a problem noted, where it cannot be read."""
        path = self.find(name, or_base=or_base)
        return self._read(path, name) if path else None

    def toml(self, name: str, *, or_base: bool = False) -> TomlSource | None:
        """A TOML file of the pack; None where there is none or it is not TOML."""
        found = self.bytes_of(name, or_base=or_base)
        return read_toml(*found, self.problems) if found else None

    def city_toml(self) -> TomlSource | None:
        """The city file itself, whatever its name; the only file that must be there."""
        if not self.city_file.exists():
            self.problems.add(str(self.city_file), None, "is missing; a city pack begins with its city.toml")
            return None
        found = self._read(self.city_file, CITY_FILE)
        return read_toml(*found, self.problems) if found else None

    def digest(self) -> str:
        """SHA-256 over names and contents of all files read: the same for equal packs, wherever they lie."""
        sha = hashlib.sha256()
        for name, raw in sorted(self.read.items()):
            sha.update(f"{name}\0{len(raw)}\0".encode())
            sha.update(raw)
        return sha.hexdigest()

    def _read(self, path: Path, name: str) -> tuple[str, bytes] | None:
        try:
            raw = path.read_bytes()
        except OSError as error:
            self.problems.add(str(path), None, f"cannot be read: {error.strerror}")
            return None
        self.read[name] = raw
        return str(path), raw
