"""Everything since a time or a cursor, said again to a webhook in its order, under the same ids (issue 7.6)."""

import json
from datetime import timedelta

import pytest

from alerts.service.channels import take as taking
from alerts.service.channels.replay import replay_after, replay_since, replays_of
from alerts.service.channels.roll import UnknownSubscriberError
from alerts.telegram.composition import Stated


def said(requests):
    return [json.loads(one.body)["data"] for one in requests]


def dies(*_):
    raise KeyboardInterrupt


@pytest.fixture
def story(jma, clock):
    """A warning that is raised and ends; told in three revisions."""

    def play(tell):
        for stated in ([Stated("29")], [Stated("49")], []):
            jma.send("VPWW56", *stated)
            tell()
            clock.forward(hours=1)

    return play


def test_what_a_target_lost_is_said_again_in_its_order_under_the_same_ids(enlist, story, tell, hooks, live, clock):
    subscriber, _ = enlist()
    begun = clock.now()
    story(tell)
    first = list(hooks.taken)
    replay_since(live, subscriber.id, begun)
    tell()
    again = hooks.taken[len(first) :]
    assert [one.headers["webhook-id"] for one in again] == [one.headers["webhook-id"] for one in first]
    assert [one["revision"] for one in said(again)] == [1, 2, 3]
    assert all(one["replayed"] for one in said(again))
    assert [one["cursor"] for one in said(again)] == [one["cursor"] for one in said(first)]
    (done,) = replays_of(live, subscriber.id)
    assert (done.state, done.said) == ("done", 3)


def test_a_replay_goes_on_from_a_cursor(enlist, story, tell, hooks, live):
    subscriber, _ = enlist()
    story(tell)
    replay_after(live, subscriber.id, said(hooks.taken)[1]["cursor"])
    tell()
    assert [one["revision"] for one in said(hooks.taken)] == [1, 2, 3, 3]


def test_who_came_late_is_said_what_it_would_have_heard(enlist, story, tell, hooks, live, clock):
    begun = clock.now()
    story(tell)
    subscriber, _ = enlist()
    replay_since(live, subscriber.id, begun)
    tell()
    assert [one["change"] for one in said(hooks.taken)] == ["issue", "raise", "end"]


def test_nothing_is_passed_over_by_a_replay_that_fails_in_the_middle(enlist, story, tell, hooks, live, clock):
    subscriber, _ = enlist()
    story(tell)
    hooks.taken.clear()
    hooks.answers["/hook"] = [204, 500, 204]
    replay_after(live, subscriber.id, 0)
    tell()
    assert replays_of(live, subscriber.id)[0].said == 1
    clock.forward(seconds=10)
    tell()
    assert [one["revision"] for one in said(hooks.taken)] == [1, 2, 2, 3]
    assert replays_of(live, subscriber.id)[0].state == "done"


def test_a_replay_whose_worker_died_goes_on_where_it_was(enlist, story, tell, hooks, live, clock, monkeypatch):
    subscriber, _ = enlist()
    story(tell)
    hooks.taken.clear()
    replay_after(live, subscriber.id, 0)
    with monkeypatch.context() as patched:
        patched.setattr("alerts.service.channels.errand.ReplayErrand.record", dies)
        with pytest.raises(KeyboardInterrupt):
            tell()
    clock.time += taking.LEASE + timedelta(seconds=1)
    tell()
    assert [one["revision"] for one in said(hooks.taken)] == [1, 1, 2, 3]


def test_a_replay_that_nobody_takes_is_given_up_after_a_day(enlist, story, tell, hooks, live, clock):
    subscriber, _ = enlist()
    story(tell)
    hooks.always["/hook"] = 500
    replay_after(live, subscriber.id, 0)
    tell()
    clock.forward(days=1, minutes=1)
    tell()
    assert replays_of(live, subscriber.id)[0].state == "expired"


def test_what_is_new_does_not_wait_for_what_is_old(enlist, story, jma, tell, hooks, live):
    subscriber, _ = enlist()
    story(tell)
    replay_after(live, subscriber.id, 0)
    hooks.taken.clear()
    (new,) = jma.send("VPWW55", Stated("33")).revisions
    tell()
    live_ones = [one["alert_id"] for one in said(hooks.taken) if not one["replayed"]]
    assert live_ones == [new.alert_id]


def test_what_cannot_be_said_again_is_refused_with_its_reason(enlist, story, tell, live, mailbox):
    mail, _ = enlist("email")
    hook, _ = enlist("webhook")
    story(tell)
    with pytest.raises(ValueError, match="late mail"):
        replay_after(live, mail.id, 0)
    with pytest.raises(ValueError, match="no cursor 99"):
        replay_after(live, hook.id, 99)
    with pytest.raises(UnknownSubscriberError):
        replay_after(live, "s-nobody", 0)
    replay_after(live, hook.id, 0)
    with pytest.raises(ValueError, match="under way"):
        replay_after(live, hook.id, 0)
