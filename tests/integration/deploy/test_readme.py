"""Every command of the README works as it stands: the app developer's against a service, the operator's beside it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from compose_file import ROOT
from deploy_servers import free_port, wait_until
from documented import documents, printed_by

pytestmark = pytest.mark.timeout(300)

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh ?(\w*)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def commands(reader):
    return [block for name, block in BLOCKS if name == reader]


def clean_environment(**settings):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BOSAI_")}
    return kept | {f"BOSAI_{name.upper()}": str(value) for name, value in settings.items()}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The address of a service that plays the storm, as `make run` starts it, without asking JMA."""
    folder, port = tmp_path_factory.mktemp("readme"), free_port()
    address = f"http://127.0.0.1:{port}"
    environment = clean_environment(data=folder / "data", feeds="false", port=port)
    (command,) = re.findall(r"^run: setup\n\t\$\(BIN\)/bosai (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    words = ["setpriv", "--pdeathsig=TERM", sys.executable, "-m", "bosai", *command.split()]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(words, env=environment, cwd=folder, stdout=log, stderr=log) as process,
    ):
        wait_until(lambda: process.poll() is None and has_alerts(address))
        yield address
        process.terminate()
        assert process.wait(60) == 0, (folder / "log").read_text()


def has_alerts(address):
    try:
        return bool(httpx.get(f"{address}/v1/drill/alerts").json()["alerts"])
    except httpx.TransportError:
        return False


@pytest.fixture(scope="module")
def output(served, tmp_path_factory):
    """What the app developer's commands print, one after the other in one shell; a list of answers."""
    folder = tmp_path_factory.mktemp("developer")
    return list(documents(printed_by(commands("app"), served, folder)))


def test_every_block_of_commands_is_run_by_some_test():
    assert {name for name, _ in BLOCKS} == {"", "app", "operator"}
    assert all(re.fullmatch(r"make \w+\n", block) for block in commands(""))


def test_what_the_developer_reads_is_what_the_readme_says(output):
    registered, changed, situation, alerts, outbox, live, shelters, near, advice, districts, place, status = output
    assert registered["secret"]
    assert registered["device"]["districts"] == ["27218-hojo-3"]
    assert changed["device"]["id"] == registered["id"]
    assert (situation["language"], situation["drill"], live["drill"]) == ("en", True, False)
    assert alerts["alerts"]
    assert outbox["messages"]
    assert len(shelters["emergency_sites"]) > len(near["emergency_sites"]) > 0
    assert (advice["stale"], advice["recommended"], bool(advice["messages"])) == (True, [], True)
    assert len(districts["features"]) == 124
    assert [district["id"] for district in place["districts"]] == ["27218-hojo-3"]
    assert status == 304


def test_the_real_world_is_calm_and_says_that_nobody_looked(output):
    live = output[5]
    assert (live["in_force"], live["stale"], live["as_of"]) == ([], True, None)


def test_the_secret_of_a_phone_that_left_is_worth_nothing(output, served):
    secret = output[0]["secret"]
    assert httpx.get(f"{served}/v1/drill/devices/me", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


@pytest.mark.parametrize("line", [line for block in commands("operator") for line in block.splitlines()])
def test_an_operator_s_command_works_as_it_stands(line, tmp_path):
    program, *words = line.split()
    assert program == ".venv/bin/bosai"
    words = [str(ROOT / word) if (ROOT / word).is_file() else word for word in words]
    bosai = str(Path(sys.executable).with_name("bosai"))
    done = subprocess.run(
        (bosai, *words), check=False, cwd=tmp_path, env=clean_environment(), capture_output=True, text=True, timeout=200
    )
    assert (done.returncode, bool(done.stdout)) == (0, True), done.stderr
