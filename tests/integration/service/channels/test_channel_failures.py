"""What can go wrong on the way to the list, and what repairs it (R15, R22, R27, R29; dataflow.md)."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from channel_servers import MailServer, with_senders

from alerts.channel.letter import Outcome
from alerts.channel.retry import DISABLE_AFTER, DISABLE_FAILURES
from alerts.channel.subscriber import Channel
from alerts.service.channels import dispatch
from alerts.service.channels import take as taking
from alerts.service.channels.results import results
from alerts.service.channels.roll import enable, listed, remove
from alerts.service.channels.spread import spread
from alerts.telegram.composition import Stated

LANDSLIDE_4 = Stated("49")


def ids(requests):
    return [request.headers["webhook-id"] for request in requests]


@pytest.mark.parametrize("answer", [500, 429, 404, 401, 301, "drop"])
def test_what_a_target_does_not_take_is_tried_again_under_the_same_id(
    enlist, jma, tell, hooks, clock, outcomes, answer
):
    enlist()
    hooks.answers["/hook"] = [answer]
    (revision,) = jma.send("VPWW56", LANDSLIDE_4).revisions
    assert tell() == 1
    assert outcomes(revision.alert_id) == {1: [None]}
    assert tell() == 0, "not before its time"
    clock.forward(seconds=6)
    assert tell() == 1
    assert outcomes(revision.alert_id) == {1: [Outcome.ACCEPTED]}
    assert len(set(ids(hooks.taken))) == 1
    first, second = (int(one.headers["webhook-timestamp"]) for one in hooks.taken)
    assert second == first + 6, "the signature is of this try"


def test_a_target_is_not_asked_before_it_wants_to_be(enlist, jma, tell, hooks, clock):
    enlist()
    hooks.answers["/hook"] = [(503, {"Retry-After": "120"})]
    jma.send("VPWW56", LANDSLIDE_4)
    tell()
    clock.forward(seconds=119)
    assert tell() == 0
    clock.forward(seconds=30)
    assert tell() == 1


def test_tries_come_ever_later_and_end_when_it_is_too_late(enlist, jma, tell, hooks, clock, outcomes, alarms):
    """R22, R27: nothing late, and nobody stays in the middle."""
    enlist()
    hooks.always["/hook"] = 500
    (revision,) = jma.send("VPWW56", LANDSLIDE_4).revisions
    begun, tried_at = clock.now(), []
    while clock.now() <= revision.expires_at:
        if tell():
            tried_at.append((clock.now() - begun).total_seconds())
        clock.forward(minutes=3)
    tell()
    gaps = [later - earlier for earlier, later in pairwise(tried_at)]
    assert 15 <= len(hooks.taken) <= 40
    assert max(gaps) <= 900 * 1.2 + 180
    assert outcomes(revision.alert_id) == {1: [Outcome.RETRIES_EXHAUSTED]}
    assert "消防本部" in alarms()["channel"]


def test_an_alarm_about_a_target_closes_by_itself(enlist, jma, tell, hooks, clock, alarms):
    enlist()
    hooks.answers["/hook"] = [500, 500]
    jma.send("VPWW56", LANDSLIDE_4)
    for _ in range(2):
        tell()
        clock.forward(seconds=15)
    assert "channel" in alarms()
    tell()
    assert alarms() == {}


def test_r22_what_stood_still_for_too_long_is_not_sent(enlist, jma, tell, hooks, clock, outcomes):
    enlist()
    (revision,) = jma.send("VPWW56", LANDSLIDE_4).revisions
    clock.time = revision.expires_at + timedelta(seconds=1)
    tell()
    tell()
    assert hooks.taken == []
    assert outcomes(revision.alert_id) == {1: [Outcome.EXPIRED]}


def test_one_target_that_hangs_keeps_no_other_waiting(enlist, jma, tell, hooks, mailbox, outcomes):
    for number in range(3):
        enlist(address=hooks.url(f"/hangs/{number}"))
        hooks.always[f"/hangs/{number}"] = "hang"
    for number in range(30):
        enlist(address=hooks.url(f"/good/{number}"))
    enlist("email")
    (revision,) = jma.send("VPWW56", LANDSLIDE_4).revisions
    tell()
    assert len([one for one in hooks.taken if one.path.startswith("/good")]) == 30
    assert len(mailbox.mails) == 1
    assert sorted(map(str, outcomes(revision.alert_id)[1])) == ["None"] * 3 + ["accepted"] * 31


def test_a_target_that_hangs_is_begun_last_and_only_where_the_round_lasts(enlist, jma, tell, hooks, clock):
    enlist(address=hooks.url("/hangs"))
    hooks.always["/hangs"] = 500
    jma.send("VPWW56", LANDSLIDE_4)
    tell()
    clock.forward(minutes=1)
    assert tell(seconds=5) == 0, "it failed lately, and a round of five seconds cannot wait for its answer"
    assert tell() == 1


def test_a_mail_server_that_is_away_is_one_alarm_and_mails_go_when_it_is_back(
    enlist, jma, tell, mail_server, mailbox, hooks, clock, outcomes, alarms, until
):
    for number in range(5):
        enlist("email", f"dan-{number}@example.jp")
    enlist("webhook")

    def tell_later():
        clock.forward(seconds=30)
        tell()
        return True

    mail_server.stop()
    (revision,) = jma.send("VPWW56", LANDSLIDE_4).revisions
    tell()
    assert len(hooks.taken) == 1
    assert set(alarms()) == {"mail_server"}
    assert all(one.failing_since is None for one in listed(jma.services)), "it is no fault of theirs"
    mail_server.start()
    until(lambda: tell_later() and len(mailbox.mails) == 5)  # for a moment the sender asks nothing of it
    assert outcomes(revision.alert_id) == {1: [Outcome.ACCEPTED] * 6}
    assert alarms() == {}


@pytest.mark.parametrize(("reply", "outcome"), [("550 unknown here", Outcome.REJECTED), ("450 try later", None)])
def test_a_recipient_that_the_mail_server_refuses_concerns_nobody_else(
    enlist, jma, tell, mailbox, outcomes, reply, outcome
):
    enlist("email", "gone@example.jp")
    enlist("email", "there@example.jp")
    mailbox.replies["gone@example.jp"] = reply
    (revision,) = jma.send("VPWW56", LANDSLIDE_4).revisions
    tell()
    assert [to for to, _ in mailbox.mails] == [["there@example.jp"]]
    assert set(outcomes(revision.alert_id)[1]) == {outcome, Outcome.ACCEPTED}


def test_r15_a_mail_without_an_answer_is_in_doubt_and_comes_again_under_the_same_message_id(
    enlist, jma, tell, mailbox, clock, outcomes
):
    enlist("email")
    mailbox.text_replies = ["lost"]
    (revision,) = jma.send("VPWW56", LANDSLIDE_4).revisions
    tell()
    clock.forward(seconds=10)
    tell()
    first, second = (mail["Message-ID"] for _, mail in mailbox.mails)
    assert first == second
    assert outcomes(revision.alert_id) == {1: [Outcome.ACCEPTED]}


def test_r5_who_may_have_heard_of_it_hears_of_its_end(enlist, jma, tell, mailbox, clock, outcomes):
    enlist("email")
    mailbox.text_replies = ["lost", "lost", "lost"]
    (revision,) = jma.send("VPWW56", LANDSLIDE_4).revisions
    tell()
    clock.forward(hours=1)
    mailbox.text_replies = []
    jma.send("VPWW56")
    tell()
    assert outcomes(revision.alert_id) == {1: [Outcome.IN_DOUBT], 2: [Outcome.ACCEPTED]}
    assert mailbox.mails[1][1]["In-Reply-To"] == mailbox.mails[0][1]["Message-ID"]


def test_a_mail_server_that_takes_a_text_and_says_nothing_is_left_in_time(enlist, jma, tell, mailbox, outcomes):
    enlist("email")
    mailbox.text_replies = ["silence"]
    (revision,) = jma.send("VPWW56", LANDSLIDE_4).revisions
    tell()
    (letter,) = results(jma.services, revision.alert_id)[0].letters
    assert letter.doubtful
    assert "no answer to the text" in letter.detail


@pytest.mark.parametrize("how", [{"implicit": True}, {"accounts": True}])
def test_mail_goes_by_tls_from_the_first_byte_or_from_starttls_on(enlist, jma, live, authority, how):
    server = MailServer(authority[0], **how).start()
    enlist("email")
    jma.send("VPWW56", LANDSLIDE_4)
    with with_senders(live, server, authority[1]) as services:
        dispatch(services, "worker")
    assert len(server.box.mails) == 1
    server.stop()


def test_a_wrong_password_sends_nothing_and_names_no_password(enlist, jma, live, authority, mail_server, alarms):
    enlist("email")
    jma.send("VPWW56", LANDSLIDE_4)
    mail_server.url = lambda: f"smtp://bosai:wrong-secret@localhost:{mail_server.port}"
    with with_senders(live, mail_server, authority[1]) as services:
        dispatch(services, "worker")
    assert mail_server.box.mails == []
    assert "535" in alarms()["mail_server"]
    assert "wrong-secret" not in alarms()["mail_server"]


def test_a_server_whose_certificate_nobody_knows_is_told_nothing(
    enlist, jma, live, mail_server, hooks, alarms, outcomes
):
    enlist("email")
    enlist("webhook")
    (revision,) = jma.send("VPWW56", LANDSLIDE_4).revisions
    with with_senders(live, mail_server, None) as services:
        dispatch(services, "worker")
    assert (mail_server.box.mails, hooks.taken) == ([], [])
    assert outcomes(revision.alert_id) == {1: [None, None]}


def test_without_a_mail_server_nothing_is_called_sent(enlist, jma, live, alarms, outcomes):
    enlist("email")
    (revision,) = jma.send("VPWW56", LANDSLIDE_4).revisions
    dispatch(replace(live, channels={}), "worker")
    assert outcomes(revision.alert_id) == {1: [Outcome.NOT_SENT_NO_SENDER]}
    assert "BOSAI_SMTP_URL" in alarms()["mail_server"]


def test_a_target_that_is_gone_is_told_nothing_more_until_it_is_enabled(enlist, jma, tell, hooks, clock, alarms, live):
    subscriber, _ = enlist()
    hooks.answers["/hook"] = [410]
    jma.send("VPWW56", LANDSLIDE_4)
    tell()
    assert "消防本部" in alarms()["channel_disabled"]
    clock.forward(hours=1)
    jma.send("VPWW55", Stated("03"))
    assert tell() == 0
    enable(live, subscriber.id)
    assert alarms() == {}
    clock.forward(hours=1)
    jma.send("VPWW55", Stated("33"))
    assert tell() == 1


def test_days_of_failures_disable_a_target_and_some_far_apart_do_not(enlist, jma, tell, hooks, clock, alarms, live):
    subscriber, _ = enlist()
    hooks.always["/hook"] = 500
    jma.send("VPWW56", LANDSLIDE_4)
    for _ in range(DISABLE_FAILURES - 1):
        tell()
        clock.forward(minutes=18, seconds=1)
    clock.forward(hours=1)
    assert listed(live)[0].disabled_at is None
    clock.time += DISABLE_AFTER
    jma.send("VPWW56")
    jma.send("VPWW55", Stated("33"))
    tell()
    (found,) = listed(live)
    assert found.failures >= DISABLE_FAILURES
    assert found.disabled_at == clock.now()
    assert "5 days" in alarms()["channel_disabled"]
    assert subscriber.id == found.id


def test_who_is_taken_off_the_list_is_told_nothing_more(enlist, jma, tell, hooks, live, outcomes):
    subscriber, _ = enlist()
    (revision,) = jma.send("VPWW56", LANDSLIDE_4).revisions
    spread(live)
    remove(live, subscriber.id)
    assert tell() == 0
    assert hooks.taken == []
    assert outcomes(revision.alert_id) == {1: [Outcome.REMOVED]}
    assert listed(live) == []


def test_r29_a_newer_revision_takes_the_place_of_one_that_could_not_be_sent(enlist, jma, tell, hooks, clock, outcomes):
    enlist()
    hooks.answers["/hook"] = [500]
    (first,) = jma.send("VPWW56", Stated("29")).revisions
    tell()
    clock.forward(seconds=3)
    jma.send("VPWW56", LANDSLIDE_4)
    tell()
    assert [json.loads(one.body)["data"]["revision"] for one in hooks.taken] == [1, 2]
    assert outcomes(first.alert_id) == {1: [Outcome.SUPERSEDED], 2: [Outcome.ACCEPTED]}


def test_an_end_of_what_nobody_was_told_is_told_nobody(enlist, jma, tell, hooks, clock, outcomes):
    enlist()
    hooks.answers["/hook"] = [500]
    (first,) = jma.send("VPWW56", LANDSLIDE_4).revisions
    tell()
    clock.forward(hours=1)
    jma.send("VPWW56")
    tell()
    assert len(hooks.taken) == 1
    assert outcomes(first.alert_id)[1] == [Outcome.SUPERSEDED]


def test_r15_a_worker_that_dies_after_it_sent_leaves_it_in_doubt_and_another_says_it_again(
    enlist, jma, tell, hooks, clock, live, outcomes, monkeypatch
):
    enlist()
    (revision,) = jma.send("VPWW56", LANDSLIDE_4).revisions

    def dies(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("alerts.service.channels.errand.DispatchErrand.record", dies)
        with pytest.raises(KeyboardInterrupt):
            dispatch(live, "first")
    assert tell() == 0, "its lease lasts"
    clock.time += taking.LEASE + timedelta(seconds=1)
    assert tell() == 1
    assert len(set(ids(hooks.taken))) == 1
    assert outcomes(revision.alert_id) == {1: [Outcome.ACCEPTED]}


def test_a_crash_while_a_posting_is_taken_up_leaves_it_to_be_taken_up(enlist, jma, tell, hooks, live, monkeypatch):
    enlist()
    jma.send("VPWW56", LANDSLIDE_4)
    with monkeypatch.context() as patched:
        patched.setattr("alerts.store.dispatches.DispatchRepository.add_all", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            spread(live)
    assert tell() == 1
    assert len(hooks.taken) == 1


def test_two_workers_say_it_once(enlist, jma, live, hooks):
    for number in range(20):
        enlist(address=hooks.url(f"/{number}"))
    jma.send("VPWW56", LANDSLIDE_4)
    with ThreadPoolExecutor(2) as pool:
        tries = list(pool.map(lambda name: dispatch(live, name), ("one", "two")))
    assert sum(tries) == 20
    assert len({one.path for one in hooks.taken}) == len(hooks.taken) == 20


def test_answers_are_written_when_the_database_is_back(enlist, jma, live, hooks, outcomes, monkeypatch):
    enlist()
    (revision,) = jma.send("VPWW56", LANDSLIDE_4).revisions
    real, failures = dispatch.__globals__["_Round"]._recorded, [OSError("the disk is full")] * 3

    def full(self, uow):
        if failures:
            raise failures.pop()
        return real(self, uow)

    monkeypatch.setattr(dispatch.__globals__["_Round"], "_recorded", full)
    assert dispatch(live, "worker") == 1
    assert outcomes(revision.alert_id) == {1: [Outcome.ACCEPTED]}
    assert len(hooks.taken) == 1


def test_r28_publishing_asks_nobody(enlist, jma, live, hooks, mail_server):
    """The revision's own transaction writes one row; the senders are not touched."""

    class Untouchable:
        world, channel = live.world, Channel.WEBHOOK

        def __getattr__(self, name):
            raise AssertionError(f"{name} was asked between approval and the record")

    enlist()
    jma.services = replace(live, channels={Channel.WEBHOOK: Untouchable()})
    jma.send("VPWW56", LANDSLIDE_4)
    with live.database.read() as uow:
        assert len(uow.postings.due(10)) == 1
