"""`bosai receipts`: how far an alert came, also where there is no office page."""

import json
import os
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from alerts.ports import Address, Platform
from alerts.receipt import Event, Receipt
from alerts.service.arrival import Incoming
from alerts.service.deliver import deliver
from alerts.service.receipts import confirm
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
    return lambda *words: CliRunner().invoke(main, ["receipts", *words])


@pytest.fixture
def opened(tmp_path):
    """A drill alert that its only phone opened; its id."""
    settings = Settings(data=tmp_path / "data", feeds=False)
    migrate(settings)
    worlds = Worlds(settings)
    services = worlds["drill"]
    device = register(services, Registration(Address("token", "t"), Platform.IOS, "ja", (), normal_pushes=True)).device
    codes, now = services.pack.codes, datetime.now(UTC)
    raw = compose_warning("VPWW56", lone_city(codes, "大阪管区気象台"), {codes.municipality: [Stated("49")]}, now)
    (received,) = receive(services, [Incoming("t1", "20260901030000_0_VPWW56_270000.xml", raw, now)])
    deliver(services, "test")
    alert = received.revisions[0].alert_id
    assert confirm(services, device, [Receipt(alert, 1, Event.OPENED, datetime.now(UTC))]) == []
    worlds.close()
    return alert


def test_every_revision_is_a_line(bosai, opened):
    done = bosai(opened, "--drill")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("revision 1: accepted 0; received 1 (")


def test_json_has_the_times(bosai, opened):
    (line,) = bosai(opened, "--drill", "--json").stdout.splitlines()
    told = json.loads(line)
    assert (told["accepted"]["phones"], told["opened"]["phones"]) == (0, 1)
    assert told["opened"]["first_at"] == told["opened"]["last_at"]


def test_r1_what_belongs_to_the_other_world_is_not_known_here(bosai, opened):
    done = bosai(opened)
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "live world" in done.stderr
