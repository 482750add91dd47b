"""docker-compose.yml and Dockerfile as the engine reads them: variables filled in, each service with what it runs."""

import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[3]
_VARIABLE = re.compile(r"\$(?:\$|\{(?P<name>\w+)(?::(?P<how>[-?+])(?P<text>[^}]*))?\})")


def read_dockerfile(path: Path = ROOT / "Dockerfile") -> list[tuple[str, str]]:
    """Its instructions in order: name and the rest of the line."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    instructions = [tuple(line.split(maxsplit=1)) for line in lines]
    return [(name, rest) for name, rest in instructions]


def last_stage(instructions: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The instructions that the image which runs is made with."""
    begin = max(place for place, (name, _) in enumerate(instructions) if name == "FROM")
    return instructions[begin + 1 :]


def image_environment() -> dict[str, str]:
    """The ENV of the image, without its PATH."""
    words = [word for name, rest in last_stage(read_dockerfile()) if name == "ENV" for word in shlex.split(rest)]
    return {name: value for name, value in (word.split("=", 1) for word in words) if name != "PATH"}


def entrypoint() -> list[str]:
    """What every command of a bosai container is given to."""
    (words,) = (json.loads(rest) for name, rest in last_stage(read_dockerfile()) if name == "ENTRYPOINT")
    return list(words)


class UnsetError(ValueError):
    """A variable that must stand in .env does not."""


def filled(value: Any, variables: Mapping[str, str]) -> Any:
    """`value` with ${NAME}, ${NAME:-else}, ${NAME:?message}, ${NAME:+then} and $$ filled in, as Compose does."""
    if isinstance(value, str):
        return _VARIABLE.sub(lambda match: _replacement(match, variables), value)
    if isinstance(value, list):
        return [filled(each, variables) for each in value]
    if isinstance(value, dict):
        return {name: filled(each, variables) for name, each in value.items()}
    return value


def _replacement(match: re.Match[str], variables: Mapping[str, str]) -> str:
    if match[0] == "$$":
        return "$"
    value, how, text = variables.get(match["name"], ""), match["how"], match["text"]
    if how == "?" and not value:
        raise UnsetError(f"{match['name']}: {text}")
    if how == "+":
        return text if value else ""
    return value or (text if how == "-" else "")


@dataclass(frozen=True)
class Service:
    """One service."""

    name: str
    definition: dict[str, Any]

    @property
    def is_bosai(self) -> bool:
        return self.definition.get("image") == "bosai"

    @property
    def is_one_shot(self) -> bool:
        return self.definition["restart"] == "no"

    @property
    def environment(self) -> dict[str, str]:
        """As the container gets it: of the image, then its own."""
        own = {name: str(value) for name, value in self.definition.get("environment", {}).items()}
        return (image_environment() if self.is_bosai else {}) | own

    @property
    def command(self) -> list[str]:
        words = [str(word) for word in self.definition["command"]]
        return entrypoint() + words if self.is_bosai else words

    @property
    def healthcheck(self) -> list[str]:
        kind, *words = self.definition["healthcheck"]["test"]
        return ["/bin/sh", "-c", *words] if kind == "CMD-SHELL" else words


def as_written() -> dict[str, Any]:
    """The file with its variables as they stand."""
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def compose(variables: Mapping[str, str]) -> dict[str, Any]:
    """The file with its variables filled in. Raises `UnsetError`."""
    return filled(as_written(), variables)


def services(variables: Mapping[str, str]) -> dict[str, Service]:
    """Its services by name."""
    return {name: Service(name, definition) for name, definition in compose(variables)["services"].items()}
