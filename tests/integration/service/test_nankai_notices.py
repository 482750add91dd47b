"""A notice of the Nankai Trough steps up and down, is ended by 調査終了, and else runs out: JMA sends no other end."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.service.arrival import Incoming
from alerts.service.receive import receive
from alerts.service.settle import settle

FOLDER = Path(__file__).parents[2] / "telegrams"
STUDY, WARNING, CAUTION, OVER, COMMENTARY = "111", "120", "130", "190", "210"
A_WEEK = timedelta(days=7)


@pytest.fixture
def send(live, clock):
    """Receives a notice three hours after the one before; returns what residents are told by it."""

    def send(code):
        clock.forward(hours=3)
        kind = "VYSE51" if code == COMMENTARY else "VYSE50"
        raw = next(FOLDER.glob(f"*_{kind}_*.xml")).read_text(encoding="utf-8")
        raw = re.sub("<Code>(120|210)<", f"<Code>{code}<", raw)
        raw = re.sub("<EventID>[^<]*<", "<EventID>20260901120000<", raw)
        raw = re.sub("<DateTime>[^<]*Z<", f"<DateTime>{clock.now():%Y-%m-%dT%H:%M:%SZ}<", raw)
        name = f"{clock.now():%Y%m%d%H%M%S}_0_{kind}_010000.xml"
        (received,) = receive(live, [Incoming(name, name, raw.encode(), clock.now())])
        return [(one.change.value, one.code) for one in received.revisions if one.pushed]

    return send


@pytest.fixture
def in_force(live):
    def in_force():
        with live.database.read() as uow:
            return {state.code for state in uow.situation.in_force()}

    return in_force


def test_every_step_is_told_and_a_commentary_lowers_nothing(send, in_force):
    assert send(STUDY) == [("issue", STUDY)]
    assert send(WARNING) == [("raise", WARNING)]
    assert send(COMMENTARY) == []
    assert in_force() == {WARNING, COMMENTARY}
    assert send(CAUTION) == [("lower", CAUTION)]


def test_the_end_of_the_study_ends_it(send, in_force):
    send(STUDY)
    assert send(OVER) == [("end", STUDY)]
    assert in_force() == set()


@pytest.mark.parametrize("code", [STUDY, WARNING, CAUTION, COMMENTARY])
def test_what_no_telegram_ends_runs_out_after_a_week_and_nobody_is_told(live, send, in_force, clock, code):
    send(code)
    clock.time += A_WEEK - timedelta(seconds=1)
    assert settle(live) == []
    assert in_force() == {code}
    clock.forward(seconds=1)
    assert [one.pushed for one in settle(live)] == [False]
    assert in_force() == set()
