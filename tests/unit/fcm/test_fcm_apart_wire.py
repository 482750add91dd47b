"""What passes between the process that keeps the books and the one that sends (decision 21)."""

import socket
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.ports import Address, Platform, PushJob, PushOutcome, PushResult, PushTarget
from workers.fcm.apart.wire import Wire
from workers.fcm.apart.words import Send, Told

OUTCOMES = st.builds(
    PushOutcome,
    st.integers(0, 2**40),
    st.sampled_from(PushResult),
    st.none() | st.text(max_size=20),
    st.none() | st.text(max_size=20),
    st.integers(0, 100),
    st.floats(0, 60),
)
TARGETS = st.builds(PushTarget, st.integers(0), st.builds(Address, st.sampled_from(["token", "fid"]), st.text()))


@pytest.fixture
def ends():
    ours, theirs = map(Wire, socket.socketpair())
    yield ours, theirs
    ours.close()
    theirs.close()


@given(st.lists(OUTCOMES))
def test_outcomes_arrive_as_they_were(outcomes):
    assert Told.of(outcomes).outcomes() == outcomes


def test_a_job_arrives_as_it_was(message_of):
    message = message_of()

    @given(st.lists(TARGETS))
    def arrives(targets):
        job = PushJob(message, Platform.IOS, targets, 7)
        assert Send.of(job).job() == job

    arrives()


def test_words_arrive_in_their_order(ends):
    ours, theirs = ends
    for number in range(5):
        ours.put(number)
    assert ours.turn(0) == []
    assert theirs.turn(1) == [0, 1, 2, 3, 4]


def test_two_ends_that_say_more_than_a_socket_holds_do_not_wait_for_each_other(ends):
    said, heard = b"x" * 5_000_000, {end: [] for end in ends}
    for end in ends:
        end.put(said)
    for _ in range(10_000):
        if all(heard.values()):
            break
        for end in ends:
            heard[end] += end.turn(0)
    assert list(heard.values()) == [[said], [said]]


def test_what_was_said_before_the_other_end_went_is_still_heard(ends):
    ours, theirs = ends
    ours.put(timedelta(1))
    ours.turn(0)
    ours.close()
    assert theirs.turn(1) == [timedelta(1)]
    with pytest.raises(EOFError):
        theirs.turn(1)


def test_speaking_to_nobody_is_noticed(ends):
    ours, theirs = ends
    theirs.close()
    ours.put("anybody?")
    with pytest.raises(EOFError):
        ours.turn(1)
