"""`bosai serve --drill`: the whole way on one machine, shown by its own API, while the live world stays calm (R1)."""

import json
import urllib.request

import pytest
from click.testing import CliRunner

from bosai.cli import main

pytestmark = pytest.mark.timeout(300)  # each wait may take a minute


@pytest.fixture(scope="module")
def served(shared_service, until):
    """As on a fresh machine: the fake FCM server is the service's own too. The drill is over."""
    service = shared_service
    service.settings = service.settings.changed(drill_fcm_url=None, drill_fcm_ca=None)
    service.start("--drill", "short", "--speed", "100000", "--devices", "40")
    until(service.is_finished)
    return service


def ask(service, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{service.settings.port}{path}", timeout=5) as answer:
        return json.load(answer)


def test_r1_a_drill_is_seen_in_the_drill_world_and_nowhere_else(served, until):
    until(lambda: ask(served, "/v1/drill/situation")["level"] == 4)
    told = [message["results"] for message in ask(served, "/v1/drill/outbox")["messages"]]
    assert told
    assert all(set(results) <= {"accepted"} for results in told)
    assert ask(served, "/v1/situation")["in_force"] == []
    assert ask(served, "/v1/alerts")["alerts"] == []
    assert ask(served, "/v1/outbox")["messages"] == []
    assert f"http://127.0.0.1:{served.settings.port}/v1/drill/situation" in served.log()


def test_the_outbox_on_the_command_line_says_what_the_api_says(served, monkeypatch):
    for name, value in served.settings.variables().items():
        monkeypatch.setenv(name, value)
    lines = CliRunner().invoke(main, ["outbox", "--drill", "--json"]).stdout.splitlines()
    shown = ask(served, "/v1/drill/outbox")["messages"]
    assert [json.loads(line)["title"] for line in lines] == [message["title"] for message in shown]
    assert all(json.loads(line)["title"].startswith(("【訓練】", "[DRILL]")) for line in lines)
    assert CliRunner().invoke(main, ["outbox", "--json"]).stdout == ""
    check = json.loads(CliRunner().invoke(main, ["check", "--json"]).stdout)
    states = {finding["name"]: finding["state"] for finding in check["checks"]}
    assert (states["broker"], states["live database"], states["secret key"]) == ("ok", "ok", "ok")
