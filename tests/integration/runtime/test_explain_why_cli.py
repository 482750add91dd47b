"""`bosai explain-why`: the answer as text and as JSON, and one clear line for what is not there (contract.md)."""

import json
import os
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from alerts.ports import Address, Platform
from alerts.service.arrival import Incoming
from alerts.service.receive import receive
from alerts.service.register import register
from alerts.service.registration import Registration
from alerts.telegram.compose import compose_warning
from alerts.telegram.composition import Stated, lone_city
from bosai.cli import main
from bosai.settings import Settings
from bosai.startup import migrate
from bosai.wiring import Worlds


@pytest.fixture
def bosai(tmp_path, monkeypatch):
    for name in [name for name in os.environ if name.startswith("BOSAI_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BOSAI_DATA", str(tmp_path / "data"))
    return lambda *words: CliRunner().invoke(main, ["explain-why", *words])


@pytest.fixture
def told(tmp_path):
    """A drill phone and a drill alert; their ids."""
    settings = Settings(data=tmp_path / "data", feeds=False)
    migrate(settings)
    worlds = Worlds(settings)
    services = worlds["drill"]
    device = register(services, Registration(Address("token", "t"), Platform.IOS, "ja", (), normal_pushes=True)).device
    codes, now = services.pack.codes, datetime.now(UTC)
    raw = compose_warning("VPWW56", lone_city(codes, "大阪管区気象台"), {codes.municipality: [Stated("49")]}, now)
    (received,) = receive(services, [Incoming("t1", "20260901030000_0_VPWW56_270000.xml", raw, now)])
    worlds.close()
    return device.id, received.revisions[0].alert_id


def test_the_answer_is_a_sentence_and_every_revision(bosai, told):
    device, alert = told
    done = bosai("--drill", "--device", device, "--alert", alert)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("【訓練】")
    assert "revision 1, issue: waiting" in done.stdout


def test_json_has_the_rule_the_telegram_and_what_decided(bosai, told):
    device, alert = told
    (line,) = bosai("--drill", "--device", device, "--alert", alert, "--json").stdout.splitlines()
    answer = json.loads(line)
    assert (answer["decision"], answer["told"], answer["telegram"]["type"]) == ("waiting", None, "VPWW56")
    assert answer["revisions"][0]["sentence"] == answer["sentence"]


def test_a_district_is_answered_in_the_language_asked_for(bosai, told):
    done = bosai("--drill", "--district", "27218-hojo-3", "--alert", told[1], "--language", "en")
    assert "is still being sent to Hojo" in done.stdout


def test_r1_what_belongs_to_the_other_world_is_said(bosai, told):
    device, alert = told
    done = bosai("--device", device, "--alert", alert)
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
