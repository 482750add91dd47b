"""`bosai bench` keeps its contract with tiny sizes; what it measures is no business of a test (design.md §6)."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

OWN_TELEGRAMS = Path(__file__).parents[2] / "telegrams"
IMAGES = Path(__file__).parents[3] / "docs" / "images"
CONTRACT = {"metric": str, "ours": float, "peer": dict, "cpu_s_per_1000": float, "peak_rss_mb": float}


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bosai", "bench", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=110, check=False)


def bench(*words: str) -> dict[str, Any]:
    """The one object that the command prints."""
    done = run(*words, "--json")
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def assert_keeps_the_contract(found: dict[str, Any]) -> None:
    for key, kind in CONTRACT.items():
        assert isinstance(found[key], kind), key
    assert found["ours"] > 0
    assert found["cpu_s_per_1000"] > 0
    assert found["peak_rss_mb"] > 0


def assert_is_compared(found: dict[str, Any], *peers: str) -> None:
    assert list(found["peer"]) == list(peers)
    assert all(value > 0 for value in found["peer"].values())
    assert found["ratio"] == pytest.approx(found["ours"] / found["peer"][peers[0]], abs=1e-3)


def test_push_is_compared_with_the_firebase_admin_sdk():
    found = bench("push", "--devices", "60", "--compare")
    assert_keeps_the_contract(found)
    assert_is_compared(found, "firebase_admin send_each", "firebase_admin send_each_async")
    assert found["server_ceiling"] > 0
    assert found["counts"] is (found["server_ceiling"] >= 1.5 * found["contenders"]["ours"]["per_second"])
    ours = found["contenders"]["ours"]
    assert (ours["accepted"], ours["duplicates"]) == (60, 0)


def test_ingest_is_compared_with_a_bare_parse():
    found = bench("ingest", "--compare")
    assert_keeps_the_contract(found)
    assert_is_compared(found, "lxml.etree.fromstring")
    assert list(found["by_outcome"]) == ["live"]


def test_ingest_shows_a_public_reader_over_what_both_read():
    found = bench("ingest", "--compare", "--telegrams", str(OWN_TELEGRAMS))
    assert list(found["peer"]) == ["lxml.etree.fromstring", "jmaxml"]
    both = found["both_read"]
    assert both["types"] == {"VXSE51": 1, "VXSE52": 1, "VXSE53": 1}
    assert found["ratios"]["jmaxml"] == pytest.approx(both["ours_ms"] / both["public_ms"], abs=1e-3)
    assert found["ratio_by_type"].keys() >= both["types"].keys()


def test_ingest_reads_the_telegrams_of_a_folder(tmp_path):
    (tmp_path / "nothing.xml").write_bytes(b"<no-telegram/>")
    found = bench("ingest", "--telegrams", str(tmp_path))
    assert_keeps_the_contract(found)
    assert (found["telegrams"], list(found["by_outcome"])) == (1, ["hold"])
    assert (found["peer"], found["ratio"]) == ({}, None)


def test_api_is_compared_with_a_constant():
    found = bench("api", "--devices", "40", "--compare")
    assert_keeps_the_contract(found)
    assert_is_compared(found, "uvicorn constant", "fastapi constant")
    assert list(found["routes"]) == ["situation", "alerts", "shelters", "304"]
    assert all(rate > 0 for route in found["routes"].values() for rate in route["per_second"].values())


def test_end_to_end_tells_every_phone_once():
    found = bench("end-to-end", "--devices", "20")
    assert_keeps_the_contract(found)
    assert found["server_ceiling"] > 0
    assert (found["lost"], found["duplicates"]) == (0, 0)
    assert found["messages"] >= 20 * found["telegrams_pushed"]
    assert 0 < found["seen_to_first_ms"]["min"] <= found["seen_to_first_ms"]["p50"] <= found["seen_to_first_ms"]["p99"]


@pytest.mark.parametrize("database", ["postgresql", "sqlite"])
def test_scale_selects_everybody_and_workers_share_them_without_overlap(database):
    found = bench("scale", "--devices", "3000", "--workers", "2", "--database", database)
    assert_keeps_the_contract(found)
    assert (found["devices"], found["database"]) == (3000, database)
    assert [(size["devices"], size["selected"]) for size in found["growth"]] == [(3000, 3000)]
    shared = found["shared_by_workers"]["2"]
    assert (shared["wanted"], shared["told"], shared["duplicates"]) == (3000, 3000, 0)
    assert sum(shared["chunks_by_worker"]) == found["growth"][0]["chunks"]
    assert (found["lost"], found["duplicates"]) == (0, 0)


def test_withdraw_reaches_exactly_who_was_told():
    found = bench("withdraw", "--devices", "20")
    assert_keeps_the_contract(found)
    counted = {change: (turn["wanted"], turn["told"]) for change, turn in found["withdrawals"].items()}
    assert counted == {"lower": (20, 20), "end": (20, 20), "correct": (21, 21), "retract": (21, 21)}
    assert (found["lost"], found["duplicates"]) == (0, 0)


def test_the_picture_in_the_documents_is_of_the_figures_beside_it():
    done = run("scale", "--picture-of", str(IMAGES / "scale.json"))
    assert done.stdout == (IMAGES / "scale.svg").read_text()


def test_another_report_has_no_picture(tmp_path):
    (tmp_path / "push.json").write_text('{"metric": "messages per CPU second"}')
    done = run("scale", "--picture-of", str(tmp_path / "push.json"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "bosai bench scale --json" in done.stderr


def test_without_json_it_says_the_same_to_people():
    done = run("ingest")
    assert done.returncode == 0
    assert done.stdout.startswith("metric: CPU milliseconds a telegram\n")


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("speed",),
        ("push", "--devices", "0"),
        ("push", "--telegrams", "."),
        ("ingest", "--telegrams", "nowhere"),
        ("scale", "--workers", "1,0"),
        ("push", "--workers", "2"),
        ("withdraw", "--database", "sqlite"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(words):
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1


def test_a_folder_without_telegrams_is_a_failure_that_names_it(tmp_path):
    done = run("ingest", "--telegrams", str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert str(tmp_path) in done.stderr
