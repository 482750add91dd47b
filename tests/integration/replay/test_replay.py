"""`bosai replay` runs the whole way with real broker, worker and HTTP/2, and nothing of it is left (contract.md)."""

import json
import subprocess
import sys

import pytest

KEYS = {"alert", "revision", "change", "hazard", "level", "urgency", "districts", "devices", "accepted"}
KEYS |= {"seen_to_first_push_ms", "seen_to_last_push_ms"}
SUMMARY = {"telegrams", "by_outcome", "alerts", "pushes", "duplicates", "lost", "held"}
DEVICES = 150


def replay(*arguments: str) -> tuple[list[dict], dict]:
    """Lines and summary of one run."""
    command = [sys.executable, "-m", "bosai", "replay", "--devices", str(DEVICES), "--json", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=True)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return lines[:-1], lines[-1]


@pytest.fixture(scope="module")
def storm() -> tuple[list[dict], dict]:
    return replay("--drill", "storm")


def test_the_storm_reaches_everyone_once(storm):
    lines, summary = storm
    assert summary.keys() >= SUMMARY
    assert (summary["duplicates"], summary["lost"], summary["held"]) == (0, 0, 0)
    assert summary["by_outcome"] == {"drill": summary["telegrams"]}
    assert summary["pushes"] == sum(line["accepted"] for line in lines)
    assert {line["accepted"] for line in lines if line["urgency"] == "critical"} == {DEVICES}


def test_each_line_keeps_the_contract(storm):
    lines, _ = storm
    for line in lines:
        assert line.keys() >= KEYS
        assert line["devices"] == line["accepted"]
        assert 0 < line["seen_to_first_push_ms"] <= line["seen_to_last_push_ms"]
        assert len(line["districts"]) == 124


def test_the_hillside_is_first_for_landslides_and_the_lowland_for_rain(storm):
    lines, _ = storm
    first = {line["hazard"]: line["districts"][0] for line in lines}
    assert first["landslide"] != first["heavy_rain"]


def test_the_same_replay_twice_gives_the_same_alerts(storm):
    def said(lines: list[dict]) -> list[tuple]:
        return [tuple(line[key] for key in ("alert", "revision", "change", "level", "urgency")) for line in lines]

    again, _ = replay("--drill", "storm")
    assert said(again) == said(storm[0])


def test_there_is_nothing_to_replay_without_a_path_or_a_drill():
    command = [sys.executable, "-m", "bosai", "replay"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "--drill" in done.stderr
