"""`bosai channel` and what `bosai check` says of the list; nothing is sent by looking (R4, R21, R26)."""

import json

import pytest
from click.testing import CliRunner

from alerts.service.channels import dispatch
from bosai.channel_check import channel_findings
from bosai.cli import main
from bosai.finding import State
from bosai.wiring import Worlds
from workers.fcm.fake.options import FakeOptions
from workers.fcm.fake.process import FakeFcmProcess

HOOK = ("add", "webhook", "防災放送", "https://localhost:1/bosai")
MAIL = ("add", "email", "消防本部", "shobo@example.jp")


@pytest.fixture
def bosai(settings):
    return lambda *words: CliRunner().invoke(main, ["channel", *words])


@pytest.fixture
def live(worlds):
    return worlds["live"]


def added(bosai, *words):
    """The new subscriber's id."""
    done = bosai(*words)
    assert done.exit_code == 0, done.stderr
    return done.stdout.split()[0]


def test_a_webhook_is_listed_and_its_secret_is_shown_once(bosai):
    done = bosai(*HOOK)
    assert "whsec_" in done.stdout
    shown = bosai("list").stdout
    assert "防災放送" in shown
    assert "whsec_" not in shown
    assert "localhost" not in shown
    (listed,) = map(json.loads, bosai("list", "--json").stdout.splitlines())
    assert (listed["channel"], listed["minimum"], listed["world"]) == ("webhook", "high", "live")
    renewed = bosai("secret", listed["id"]).stdout
    assert "whsec_" in renewed
    assert renewed.split()[-1] not in done.stdout


def test_r1_each_world_has_a_list_of_its_own(bosai):
    added(bosai, *HOOK)
    assert bosai("list", "--drill").stdout == "nobody is on the list\n"
    added(bosai, *HOOK, "--drill")
    (listed,) = map(json.loads, bosai("list", "--drill", "--json").stdout.splitlines())
    assert listed["world"] == "drill"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "email", "消防本部", "shobo"), "no plain e-mail address"),
        (("add", "webhook", "放送", "http://example.jp/"), "https://"),
        (("add", "email", "", "shobo@example.jp"), "say who it is"),
        ((*MAIL, "--language", "xx"), "no language xx"),
        ((*MAIL, "--district", "nowhere"), "nowhere is not a district"),
        (("remove", "s-nobody"), "nobody on the list"),
        (("enable", "s-nobody"), "nobody on the list"),
        (("test", "s-nobody"), "nobody on the list"),
        (("results", "a-nothing"), "no alert"),
        (("replay", "s-nobody", "--after", "0", "--since", "2026-09-01"), "not both"),
    ],
)
def test_what_cannot_be_is_bad_input(bosai, words, said):
    done = bosai(*words)
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_mail_subscriber_without_a_server_is_told_of_and_cannot_be_tried_out(bosai):
    done = bosai(*MAIL)
    assert "bosai check" in done.stdout
    tried = bosai("test", done.stdout.split()[0])
    assert tried.exit_code == 1
    assert "no sender for email" in tried.stderr


def test_a_target_that_nobody_answers_at_fails_its_test(bosai):
    tried = bosai("test", added(bosai, *HOOK))
    assert tried.exit_code == 1
    assert tried.stdout.startswith("not_now: cannot be reached")


def test_results_of_every_channel_are_shown_side_by_side(bosai, live, warn):
    hook, mail = added(bosai, *HOOK), added(bosai, *MAIL)
    revision = warn(live)
    dispatch(live, "worker")
    assert "push nobody; " in bosai("results", revision.alert_id).stdout
    (found,) = map(json.loads, bosai("results", revision.alert_id, "--json").stdout.splitlines())
    assert found["channels"] == {"push": {}, "webhook": {"waiting": 1}, "email": {"not_sent_no_sender": 1}}
    letters = {letter["subscriber"]: letter for letter in found["letters"]}
    assert letters[hook]["attempts"] == 1
    assert letters[mail]["outcome"] == "not_sent_no_sender"


def test_a_replay_is_asked_for_and_shown(bosai, live, warn):
    hook = added(bosai, *HOOK)
    warn(live)
    asked = bosai("replay", hook, "--since", "2026-01-01")
    assert asked.exit_code == 0, asked.stderr
    assert "due, at cursor 0 of 1" in asked.stdout
    again = bosai("replay", hook, "--after", "0")
    assert (again.exit_code, "under way" in again.stderr) == (1, True)
    (shown,) = map(json.loads, bosai("replay", hook, "--json").stdout.splitlines())
    assert (shown["state"], shown["until"]) == ("due", 1)


def test_removed_is_removed(bosai):
    hook = added(bosai, *HOOK)
    assert bosai("enable", hook).exit_code == 0
    assert bosai("remove", hook).exit_code == 0
    assert bosai("list").stdout == "nobody is on the list\n"


def test_check_says_what_is_set_and_what_can_be_reached(bosai, settings, live, tmp_path):
    off = {one.name: one.state for one in channel_findings(settings, live.world)}
    assert off == {"live e-mail": State.OFF, "live webhooks": State.OFF}
    added(bosai, *MAIL)
    added(bosai, *HOOK)
    mail, hooks = channel_findings(settings, live.world)
    assert (mail.state, hooks.state) == (State.FAILED, State.LOOK)
    assert "BOSAI_SMTP_URL is not set; 1 listed" in mail.detail
    assert "防災放送" in hooks.detail
    away = settings.changed(smtp_url="smtp://u:hidden-word@localhost:1", mail_from="bosai@city.example.jp")
    mail, _ = channel_findings(away, live.world)
    assert (mail.state, "hidden-word" in mail.detail) == (State.FAILED, False)
    unsaid = next(channel_findings(settings.changed(smtp_url="smtp://localhost:1"), live.world))
    assert "BOSAI_MAIL_FROM is not" in unsaid.detail


def test_check_finds_a_target_that_can_be_reached_and_asks_it_nothing(bosai, settings, live, tmp_path):
    with FakeFcmProcess(FakeOptions(tmp_path / "server")) as server:
        added(bosai, "add", "webhook", "防災放送", server.url.replace("127.0.0.1", "localhost") + "/hook")
        _, hooks = channel_findings(settings.changed(channel_ca=server.ca), live.world)
        assert (hooks.state, server.stats()["accepted"]) == (State.OK, 0)


def test_a_wrong_mail_server_takes_no_push_from_anybody(settings, caplog):
    worlds = Worlds(settings.changed(smtp_url="mail.example.jp", mail_from="bosai@city.example.jp"))
    assert set(worlds["live"].channels) == {"webhook"}
    assert "BOSAI_SMTP_URL" in caplog.text
    worlds.close()
