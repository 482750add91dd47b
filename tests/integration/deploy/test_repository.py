"""The two commands, what CI calls, and that nothing in the repository names a machine or a registry."""

import re
import subprocess

import pytest
from compose_file import ROOT

from bosai.machine import PACKAGES

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
CI = (ROOT / ".ci/run").read_text(encoding="utf-8")
LOCKS = sorted(ROOT.glob("requirements*.lock"))
# Written apart, so that this file is not found by its own test.
REGISTRIES = re.compile(
    "|".join(("pypi" + r"\.org", "pythonhosted" + r"\.org", "index" + "-url ?[=h/]", "/simple" + "/"))
)
MACHINES = re.compile(r"/(root|Users)/|/home/(?!\.)\w|/(tmp|work|mnt)/[\w.]*" + r"(?<=\w)")


def tracked():
    listed = subprocess.run(("git", "ls-files", "-z"), cwd=ROOT, check=True, capture_output=True, text=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts():
    for path in tracked():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            assert path.suffix in {".png", ".csv"}, f"{path} is no text"


def places(pattern):
    """Where `pattern` stands, as file:line."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_a_registry():
    assert places(REGISTRIES) == []


def test_no_file_names_a_place_on_some_machine():
    assert places(MACHINES) == []
    assert places(re.compile(re.escape(str(ROOT)) + r"\b")) == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_holds_versions_and_hashes_and_no_address(lock):
    lines = [line for line in lock.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert lines
    for line in lines:
        assert re.fullmatch(r"[\w.-]+==[\w.+!-]+( ;.*)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?", line), line


def test_the_tests_run_with_the_versions_that_the_service_runs_with():
    pinned = [dict(re.findall(r"^([\w.-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.M)) for lock in LOCKS]
    build, dev, run = pinned
    assert run.items() <= dev.items()
    assert build.items() <= dev.items()


@pytest.mark.parametrize("command", ["run", "test", "setup"])
def test_a_command_of_the_readme_is_in_the_makefile_and_has_no_file_of_its_name(command):
    assert f"make {command}" in README
    assert re.search(rf"^{command}:", MAKEFILE, re.MULTILINE)
    assert command in re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[1].split()


def test_every_make_command_of_the_readme_exists():
    for target in re.findall(r"\bmake ([a-z]+)\b", "\n".join(re.findall(r"`+(?:sh)?\s*([^`]*)`+", README))):
        assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE), target


def test_ci_installs_system_packages_and_then_calls_what_the_readme_says():
    lines = [line.strip() for line in CI.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert lines[-1] == "exec make test CI=true"
    assert not any(re.search(r"\b(pytest|ruff|mypy|pip|python3?)\b", line) for line in lines)


def test_ci_installs_what_make_setup_names_and_what_the_readme_uses():
    (packages,) = re.findall(r"^packages=\((.*)\)$", CI, re.MULTILINE)
    assert set(packages.split()) >= {package.name for package in PACKAGES} | {"curl"}
