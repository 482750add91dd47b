"""`bosai reseal`: from the old key to the new one by the settings alone (R20)."""

import base64

import pytest
from click.testing import CliRunner

from alerts.ports import Address, Platform
from alerts.service.register import register
from alerts.service.registration import Registration
from bosai.cli import main
from bosai.settings import Settings
from bosai.startup import migrate
from bosai.wiring import Worlds

OLD, NEW = (base64.b64encode(letter * 32).decode() for letter in (b"o", b"n"))


@pytest.fixture
def bosai(tmp_path, no_settings):
    settings = Settings(data=tmp_path / "data", feeds=False, secret_key=OLD)
    migrate(settings)
    worlds = Worlds(settings)
    wanted = Registration(Address("token", "phone-1"), Platform.IOS, "ja", (), normal_pushes=False)
    register(worlds["live"], wanted)
    worlds.close()
    return lambda **keys: CliRunner(env={"BOSAI_DATA": str(tmp_path / "data")} | keys).invoke(main, ["reseal"])


def test_the_former_key_can_go_when_it_says_so(bosai):
    done = bosai(BOSAI_SECRET_KEY=NEW, BOSAI_FORMER_SECRET_KEY=OLD)
    assert done.exit_code == 0, done.stderr
    assert "live world: 1 addresses encrypted anew, 0 unreadable" in done.stdout
    assert "unset BOSAI_FORMER_SECRET_KEY" in done.stdout
    again = bosai(BOSAI_SECRET_KEY=NEW)
    assert (again.exit_code, "live world: 0 addresses encrypted anew, 0 unreadable" in again.stdout) == (0, True)


def test_an_address_that_no_key_reads_is_said_with_status_1(bosai):
    done = bosai(BOSAI_SECRET_KEY=NEW)
    assert done.exit_code == 1
    assert "those phones must register again" in done.stdout


def test_a_former_key_that_is_none_is_named(bosai):
    done = bosai(BOSAI_SECRET_KEY=NEW, BOSAI_FORMER_SECRET_KEY="short")
    assert (done.exit_code, "BOSAI_FORMER_SECRET_KEY" in done.stderr) == (2, True)
