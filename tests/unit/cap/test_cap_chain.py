"""Identifiers, references and times: what a message is never changes, and none runs out before its alert."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.alert import Change
from alerts.cap.chain import LASTS, OVER_LASTS, messages
from alerts.telegram import kinds
from alerts.wording.matrix import Case, revision_of

HOUR = timedelta(hours=1)
KIND = kinds.table()["VPWW56", "49"]
BEGIN = revision_of(KIND, Case(Change.ISSUE, None, False)).issued_at
MIDDLE = [Change.ISSUE, Change.RAISE, Change.LOWER, Change.CORRECT, Change.END]  # an end may be told twice (R14)


@st.composite
def histories(draw):
    """An alert from its beginning, at most ten days long, with steps that may come in the same second."""
    changes = [Change.ISSUE, *draw(st.lists(st.sampled_from(MIDDLE), max_size=5))]
    at, made = BEGIN, []
    for number, change in enumerate(changes, start=1):
        validity = draw(st.one_of(st.none(), st.integers(-600, 86_400)))
        made.append(
            replace(
                revision_of(KIND, Case(change, None, False)),
                number=number,
                issued_at=at,
                valid_until=at + timedelta(seconds=validity) if validity is not None else None,
            )
        )
        at += timedelta(seconds=draw(st.integers(0, 172_800)), microseconds=draw(st.integers(0, 999_999)))
    return made, at


@given(histories(), st.integers(0, 864_000))
def test_messages_come_one_after_the_other_and_no_identifier_comes_twice(history, more):
    revisions, at = history
    said = messages(revisions, at + timedelta(seconds=more))
    assert len({message.key for message in said}) == len(said)
    assert all(earlier.sent < later.sent for earlier, later in pairwise(said))
    assert all(message.sent.microsecond == 0 and message.expires > message.sent for message in said)


@given(histories(), st.integers(0, 400_000), st.integers(0, 400_000))
def test_what_was_said_stays_as_it_was_when_time_goes_on(history, first, more):
    revisions, at = history
    earlier = messages(revisions, at + timedelta(seconds=first))
    assert messages(revisions, at + timedelta(seconds=first + more))[: len(earlier)] == earlier


@given(histories(), st.integers(1, 400_000), st.sampled_from([Change.RAISE, Change.END, Change.RETRACT]))
def test_what_was_said_stays_as_it_was_when_a_revision_follows(history, gap, change):
    revisions, at = history
    before = messages(revisions, at)
    number = len(revisions) + 1
    following = replace(
        revision_of(KIND, Case(change, None, False)), number=number, issued_at=at + timedelta(seconds=gap)
    )
    assert messages([*revisions, following], at)[: len(before)] == before


@given(st.integers(0, 864_000))
def test_a_warning_in_force_always_has_a_message_that_holds(seconds):
    """Half a day ahead, so that an outage of that length ends no warning elsewhere."""
    now = BEGIN + timedelta(seconds=seconds)
    (*_, last) = messages([revision_of(KIND, Case(Change.ISSUE, None, False))], now)
    assert last.sent <= now
    assert last.expires - now >= LASTS - timedelta(hours=24)


def test_an_event_holds_as_long_as_it_is_printed_and_is_not_said_again(said):
    tornado = said(kinds.table()["VPHW51", "1"], valid_until=BEGIN + timedelta(minutes=70))
    (message,) = messages([tornado], BEGIN + timedelta(minutes=70))
    assert message.expires - message.sent == timedelta(minutes=70)


def test_an_event_that_a_later_telegram_prolongs_is_said_again(said):
    tornado = said(kinds.table()["VPHW51", "1"], valid_until=BEGIN + timedelta(minutes=70))
    first, again = messages([tornado], BEGIN + timedelta(minutes=90))
    assert again.sent == first.expires
    assert (first.key, again.key) == ("1", "1-1")


@pytest.mark.parametrize("change", [Change.END, Change.RETRACT])
def test_what_is_over_is_said_once(said, change):
    revisions = [said(KIND), said(KIND, change, 2, HOUR)]
    *_, last = messages(revisions, BEGIN + timedelta(days=9))
    assert (last.key, last.expires - last.sent) == ("2", OVER_LASTS)


def test_an_update_refers_to_all_that_it_supersedes(live, said, written, texts):
    revisions = [said(KIND), said(KIND, Change.RAISE, 2, 30 * HOUR), said(KIND, Change.END, 3, 31 * HOUR)]
    document = written(live, *revisions)
    references = [reference.split(",") for reference in texts(document, "references")[0].split(" ")]
    alert = revisions[0].alert_id
    assert [one[1] for one in references] == [f"27218.{alert}.{key}" for key in ("1", "1-1", "2")]
    assert {one[0] for one in references} == set(texts(document, "sender")) == {"city.daito.lg.jp"}
    assert references[0][2] == texts(written(live, revisions[0]), "sent")[0] == "2026-11-23T10:05:00+09:00"
    assert texts(written(live, revisions[0]), "references") == []


def test_r1_no_identifier_is_of_both_worlds(live, drill, said, written, texts):
    assert texts(written(live, said(KIND)), "identifier") != texts(written(drill, said(KIND)), "identifier")
