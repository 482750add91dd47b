"""`bosai simulate`: a file, a stored telegram, a drill's step or a draft; as text and as JSON (contract.md)."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bosai.cli import main

THUNDER = next((Path(__file__).parents[2] / "telegrams").glob("*_VPWW61_*.xml"))


@pytest.fixture
def bosai(settings):
    return lambda *words: CliRunner().invoke(main, ["simulate", *map(str, words)])


def test_a_draft_is_shown_with_its_texts(bosai):
    done = bosai("--draft", "VPWW56", "49")
    assert done.exit_code == 0, done.stderr
    assert "nothing was written or sent" in done.stdout
    assert "critical push, issue landslide level 4: nobody is registered" in done.stdout
    assert "[ja] 大東市 レベル４土砂災害危険警報" in done.stdout
    assert "would propose evacuation_order" in done.stdout
    told_first = done.stdout.partition("    2. ")[0]
    assert told_first.count("       [") == 3  # the other languages wait for a review: whose phones show what is said
    assert "[ja-Hira, ko, vi, zh-Hans, zh-Hant] " in told_first


def test_json_is_one_object_that_says_who_would_be_reached(bosai):
    (line,) = bosai("--draft", "VPWW56", "49", "--json").stdout.splitlines()
    answer = json.loads(line)
    (push,) = answer["pushes"]
    assert (answer["effect"], push["reach"], push["phones"]) == ("none", "nobody", 0)
    assert push["tiers"][0]["texts"]["en"]["title"]
    assert push["tiers"][0]["texts"]["ja-Hira"]["languages"] == ["ja-Hira", "ko", "vi", "zh-Hans", "zh-Hant"]


def test_a_file_is_simulated(bosai):
    assert json.loads(bosai(THUNDER, "--json").stdout)["type"] == "VPWW61"


def test_r1_a_drill_s_step_says_why_it_does_nothing_here(bosai):
    assert "no revision: an exercise or test moves nothing in the live world (R1)" in bosai("--play", "storm", 9).stdout
    assert "【訓練】" in bosai("--drill", "--play", "storm", 9).stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "name one"),
        (("--draft", "VPWW56", "49", "--telegram", "t"), "name one"),
        (("--telegram", "t0"), "no telegram of the live world"),
        (("--play", "typhoon", "1"), "storm"),
        (("--play", "storm", "99"), "no step 99"),
        (("--draft", "VXSE53", "4"), "VXSE53"),
        (("missing.xml",), "missing.xml"),
    ],
    ids=["nothing", "two things", "unknown telegram", "unknown drill", "unknown step", "no draft", "no file"],
)
def test_wrong_questions_are_one_line_and_status_2(bosai, words, said):
    done = bosai(*words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
