"""`bosai receipts`: how far an alert came, also where there is no office page."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from alerts.receipt import Event, Receipt
from alerts.service.deliver import deliver
from alerts.service.receipts import confirm
from bosai.cli import main


@pytest.fixture
def bosai(settings):
    return lambda *words: CliRunner().invoke(main, ["receipts", *words])


@pytest.fixture
def opened(worlds, told):
    """A drill alert that its only phone opened; its id."""
    device, alert = told
    deliver(worlds["drill"], "test")
    assert confirm(worlds["drill"], device, [Receipt(alert, 1, Event.OPENED, datetime.now(UTC))]) == []
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
