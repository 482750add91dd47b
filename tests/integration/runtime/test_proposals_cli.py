"""`bosai proposals`: what is proposed, and the city's decision, also where there is no office page (R25)."""

import json

import pytest
from click.testing import CliRunner

from alerts.service.propose import propose
from bosai.cli import main

WHO = ("--name", "危機管理監", "--note", "現地に異状なし")


@pytest.fixture
def bosai(settings):
    return lambda *words: CliRunner().invoke(main, ["proposals", *words])


@pytest.fixture
def proposed(bosai, worlds, warn):
    """One order is proposed in the live world; its id."""
    warn(worlds["live"])
    propose(worlds["live"])
    return json.loads(bosai("list", "--json").stdout)["id"]


def test_nothing_proposed_is_said(bosai):
    assert bosai("list").stdout == "no order is proposed\n"
    assert bosai("list", "--json").stdout == ""


def test_what_is_proposed_is_listed_with_its_criterion(bosai, proposed):
    assert "evacuation_order, level 4: open" in bosai("list").stdout
    assert "市の公表基準" in bosai("list").stdout
    assert bosai("list", "--drill").stdout == "no order is proposed\n"


@pytest.mark.parametrize(("word", "state"), [("confirm", "confirmed"), ("decline", "declined")])
def test_a_decision_is_recorded_once_and_says_that_nothing_is_sent(bosai, proposed, word, state):
    done = bosai(word, proposed, *WHO)
    assert done.exit_code == 0, done.stderr
    assert f"is {state}: recorded only: nothing was sent" in done.stdout
    assert f"{state} by 危機管理監" in bosai("list").stdout
    again = bosai("confirm", proposed, *WHO)
    assert again.exit_code == 1
    assert f"is {state} by 危機管理監" in again.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("confirm", "p0", *WHO), "no proposal of the live world"),
        (("confirm", "p0", "--drill", *WHO), "no proposal of the drill world"),
        (("confirm", "p0", "--name", " ", "--note", "x"), "--name"),
        (("decline", "p0", "--name", "x"), "--note"),
    ],
    ids=["unknown", "unknown in the drill", "nobody", "no note"],
)
def test_wrong_usage_is_one_line_and_status_2(bosai, words, said):
    done = bosai(*words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
