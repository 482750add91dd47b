"""Who may import whom (design.md §1), read from the source itself."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PACKAGES = ("alerts", "workers", "api", "bosai")
DOMAIN_LIBRARIES = {"lxml", "shapely"}
MAY_IMPORT = {
    "domain": {"domain"},
    "store": {"domain", "store"},
    "service": {"domain", "store", "service"},
    "workers": {"domain", "store", "service", "workers"},
    "api": {"domain", "store", "service", "api"},
    "bosai": {"domain", "store", "service", "workers", "api", "bosai"},
}
FORBIDDEN_IN_SERVICES = {
    "fastapi",
    "starlette",
    "celery",
    "kombu",
    "redis",
    "httpx",
    "firebase_admin",
    "requests",
    "pycurl",
}
FIRST_CITY = ("大東", "27218", "Daito", "860604000600")  # whose pack is bundled; its folder's name is a setting
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
CLOCKS |= {("time", "monotonic"), ("time", "perf_counter"), ("time", "time_ns")}


def sources() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def house(module: str) -> str:
    """The part of the house a module belongs to."""
    parts = module.split(".")
    if parts[0] == "alerts":
        return parts[1] if len(parts) > 1 and parts[1] in {"store", "service"} else "domain"
    return parts[0]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


def test_there_is_something_to_check():
    assert {house(module_of(path)) for path in sources()} == set(MAY_IMPORT)


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_each_part_imports_only_what_it_may(path):
    part = house(module_of(path))
    for name in imports(path):
        top = name.split(".")[0]
        if top in PACKAGES:
            assert house(name) in MAY_IMPORT[part], f"{path} imports {name}"
        elif part == "domain":
            assert top in sys.stdlib_module_names | DOMAIN_LIBRARIES, f"{path} imports {name}"
        elif part in {"store", "service"}:
            assert top not in FORBIDDEN_IN_SERVICES, f"{path} imports {name}"


@pytest.mark.parametrize("path", [p for p in sources() if house(module_of(p)) == "domain"], ids=module_of)
def test_the_domain_never_asks_the_clock(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
            assert (owner, node.attr) not in CLOCKS, f"{path}:{node.lineno} asks the clock"


@pytest.mark.parametrize("path", [p for p in sources() if module_of(p) != "bosai.settings"], ids=module_of)
def test_only_the_settings_read_the_environment(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os":
            assert node.attr not in {"environ", "getenv"}, f"{path}:{node.lineno} reads the environment"


def test_the_settings_are_loaded_in_one_place_only():
    readers = {module_of(path) for path in sources() if "bosai.settings" in set(imports(path))}
    assert all(reader.startswith("bosai") for reader in readers)


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_no_city_stands_in_the_code(path):
    """Any municipality by its own pack: what is true of one city alone stands in its pack (design.md §1)."""
    text = path.read_text(encoding="utf-8")
    for city in FIRST_CITY:
        assert city not in text, f"{path} names {city}"


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_no_third_party_is_called_between_approval_and_the_durable_record(path):
    """R28: nothing that issues or receives may reach the network."""
    if house(module_of(path)) in {"domain", "store", "service"}:
        assert not {name.split(".")[0] for name in imports(path)} & {"socket", "urllib3", "aiohttp", "http"}
