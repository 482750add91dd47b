"""`bosai fuzz` as an operator calls it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

OWN_TELEGRAMS = Path(__file__).parents[2] / "telegrams"


def fuzz(*words):
    command = [sys.executable, "-m", "bosai", "fuzz", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=110, check=False)


def test_it_tries_mutants_of_a_folder_and_says_what_came_of_them():
    done = fuzz("--count", "60", "--telegrams", str(OWN_TELEGRAMS), "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["cases"], found["seed"], found["faults"]) == (60, 1, [])
    assert sum(found["outcomes"].values()) == sum(found["natures"].values()) == 60
    assert found["peak_rss_mb"] > 0


def test_one_case_is_made_again_and_saved(tmp_path):
    saved = [tmp_path / "one.xml", tmp_path / "two.xml"]
    for file in saved:
        done = fuzz("--case", "7", "--seed", "3", "--save", str(file))
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("1 mutants of ")
    assert saved[0].read_bytes() == saved[1].read_bytes()


@pytest.mark.parametrize("words", [("--count", "0"), ("--save", "x.xml"), ("--telegrams", "nowhere")])
def test_wrong_usage_is_one_line_and_status_2(words):
    done = fuzz(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1


def test_a_folder_without_telegrams_is_bad_input_that_names_it(tmp_path):
    done = fuzz("--telegrams", str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert str(tmp_path) in done.stderr
