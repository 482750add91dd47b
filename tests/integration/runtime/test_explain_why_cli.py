"""`bosai explain-why`: the answer as text and as JSON, and one clear line for what is not there (contract.md)."""

import json

import pytest
from click.testing import CliRunner

from bosai.cli import main


@pytest.fixture
def bosai(settings):
    return lambda *words: CliRunner().invoke(main, ["explain-why", *words])


def test_the_answer_is_a_sentence_and_every_revision(bosai, told):
    device, alert = told
    done = bosai("--drill", "--device", device.id, "--alert", alert)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("【訓練】")
    assert "revision 1, issue: waiting" in done.stdout


def test_json_has_the_rule_the_telegram_and_what_decided(bosai, told):
    device, alert = told
    (line,) = bosai("--drill", "--device", device.id, "--alert", alert, "--json").stdout.splitlines()
    answer = json.loads(line)
    assert (answer["decision"], answer["told"], answer["telegram"]["type"]) == ("waiting", None, "VPWW56")
    assert answer["revisions"][0]["sentence"] == answer["sentence"]


def test_a_district_is_answered_in_the_language_asked_for(bosai, told):
    done = bosai("--drill", "--district", "27218-hojo-3", "--alert", told[1], "--language", "en")
    assert "is still being sent to Hojo" in done.stdout


def test_r1_what_belongs_to_the_other_world_is_said(bosai, told):
    device, alert = told
    done = bosai("--device", device.id, "--alert", alert)
    assert done.exit_code == 2
    assert "the drill world has this alert and this phone" in done.stderr
    assert "--drill" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--alert", "a1"), "--device"),
        (("--alert", "a1", "--device", "d1", "--district", "x"), "--device"),
        (("--alert", "a1", "--device", "d0"), "no phone"),
        (("--alert", "a1", "--district", "atlantis"), "atlantis"),
        (("--alert", "a1", "--district", "27218-hojo-3"), "no alert"),
    ],
    ids=["nobody", "both", "unknown phone", "unknown district", "unknown alert"],
)
def test_wrong_questions_are_one_line(bosai, told, words, said):
    done = bosai(*words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
