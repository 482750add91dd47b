"""The Dockerfile without an engine: what it copies is there, and its own pip commands make a bosai that works."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest
from compose_file import ROOT, image_environment, last_stage, read_dockerfile

from bosai.settings import unknown_variables

PACKAGES = ("alerts", "workers", "api", "bosai")
FOLDERS = ("/opt/build", "/opt/bosai", "/wheel", "/src")  # of the build stage, moved under one of the test's own
INSTRUCTIONS = read_dockerfile()
BUILD = INSTRUCTIONS[: -len(last_stage(INSTRUCTIONS)) - 1]
COPIED = [source for name, rest in BUILD if name == "COPY" for source in rest.split()[:-1]]


def tracked(*paths):
    listed = subprocess.run(("git", "ls-files", "-z", *paths), cwd=ROOT, check=True, capture_output=True, text=True)
    return [name for name in listed.stdout.split("\0") if name]


def test_everything_that_is_copied_is_in_the_repository_and_reaches_the_engine():
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for source in COPIED:
        assert tracked(source), f"{source} is copied and not tracked"
    assert set(COPIED) == allowed


def test_every_package_is_copied():
    assert set(PACKAGES) < set(COPIED)


def test_the_image_holds_no_data_no_key_and_no_test():
    assert not any(fnmatch(source, pattern) for source in COPIED for pattern in ("data*", "tests*", ".*", "*.pem"))


def test_the_service_runs_without_rights_and_its_settings_are_real():
    names = [name for name, _ in last_stage(INSTRUCTIONS)]
    assert names.index("USER") < names.index("ENTRYPOINT")
    assert unknown_variables(image_environment()) == []
    assert image_environment()["BOSAI_ENVIRONMENT"] == "production"


def test_what_builds_the_wheel_is_what_the_project_asks_for():
    locked = re.findall(r"^([\w-]+)==", (ROOT / "requirements-build.lock").read_text(), re.MULTILINE)
    assert locked == ["setuptools"]
    assert 'requires = ["setuptools>=' in (ROOT / "pyproject.toml").read_text()


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """A folder in which the build stage's own commands were run."""
    root = tmp_path_factory.mktemp("image")
    (root / "src").mkdir()
    copied = tracked(*COPIED)
    (root / "copied").write_text("\n".join(copied))
    for name in copied:
        (root / "src" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / "src" / name)
    for name, rest in BUILD:
        if name == "RUN":
            run(root, moved(rest, root))
    return root


def moved(command, root):
    """In the test's folder; what this machine has fetched before is not fetched again."""
    command = command.replace("--no-cache-dir ", "")
    return re.sub("|".join(rf"(?<!\S){folder}" for folder in FOLDERS), lambda match: f"{root}{match[0]}", command)


def run(root, command, status=0):
    """As in the container: nothing of this machine's Python but the interpreter, no setting but the image's."""
    data = root / "var"
    data.mkdir(exist_ok=True)
    path = os.pathsep.join([str(root / "opt/bosai/bin"), str(Path(sys.executable).parent), os.environ["PATH"]])
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "HOME", "SSL_"))}
    spared = {"PIP_NO_COMPILE": "1"}  # bytecode of what is never imported here
    environment = kept | spared | image_environment() | {"PATH": path, "BOSAI_DATA": str(data), "LANG": "C.UTF-8"}
    words = ("/bin/sh", "-ec", command)
    done = subprocess.run(words, check=False, cwd=root / "src", env=environment, capture_output=True, text=True)
    assert done.returncode == status, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return done.stdout


@pytest.mark.timeout(600)
def test_the_wheel_holds_every_file_of_the_packages(image):
    (wheel,) = (image / "wheel").iterdir()
    files = [name for name in (image / "copied").read_text().splitlines() if name.startswith(PACKAGES)]
    assert set(files) <= set(zipfile.ZipFile(wheel).namelist())


@pytest.mark.timeout(600)
def test_the_installed_bosai_says_its_version_and_finds_its_city_in_the_image(image):
    shutil.rmtree(image / "src")  # nothing may still be read from where it was built
    (image / "src").mkdir()
    assert run(image, "bosai --version").startswith("bosai, version ")
    answer = json.loads(run(image, "bosai check --json", status=1))
    (city,) = (check for check in answer["checks"] if check["name"] == "city")
    assert city["state"] == "ok"
    assert "124 districts" in city["detail"]
    assert str(image / "opt/bosai/lib") in city["detail"]
    assert {c["name"] for c in answer["checks"] if c["state"] == "failed"} == {"secret key", "bundle key", "push"}


@pytest.mark.timeout(600)
def test_the_installed_bosai_migrates_reads_a_telegram_and_has_its_pages(image):
    run(image, "bosai migrate")
    telegram = shlex.quote(str(next((ROOT / "tests/telegrams").glob("*VPWW61_270000.xml"))))
    assert json.loads(run(image, f"bosai explain --json {telegram}"))["type"] == "VPWW61"
    assert "storm" in json.loads(run(image, "bosai drill list --json"))["drills"]
    run(
        image,
        "python -c 'from bosai.settings import load_settings; from bosai.web import create; create(load_settings())'",
    )


@pytest.mark.timeout(600)
def test_the_image_holds_what_is_locked_and_nothing_else(image):
    installed = {package["name"].lower() for package in json.loads(run(image, "pip list --format json"))}
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    assert {name.replace("_", "-") for name in installed} == locked | {"bosai", "pip", "setuptools"}  # venv's own two
