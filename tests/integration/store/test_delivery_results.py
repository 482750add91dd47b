"""Every device has one result a revision, and a result never goes back (R5, R15, R27)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from alerts.ports import PushOutcome, PushResult

FAILURES = [
    PushResult.UNREGISTERED,
    PushResult.INVALID,
    PushResult.SENDER_MISMATCH,
    PushResult.EXPIRED,
    PushResult.SUPERSEDED,
    PushResult.NOT_SENT_NO_SENDER,
]
FINAL = [PushResult.ACCEPTED, *FAILURES]


def results(town, chunk):
    with town.database.read() as uow:
        return uow.deliveries.results(chunk.alert_id, chunk.revision, 1, 10_000)


def row(town, device):
    with town.database.read() as uow:
        (found,) = uow.deliveries.of_device(device)
    return found


def test_a_device_is_in_doubt_from_the_start_of_sending_until_its_outcome(town, begun):
    chunk = begun()
    town.start(chunk, 1, 2)
    assert results(town, chunk) == {1: PushResult.SENDING, 2: PushResult.SENDING}
    town.record(chunk, PushResult.ACCEPTED, 1)
    assert results(town, chunk) == {1: PushResult.ACCEPTED, 2: PushResult.SENDING}


def test_an_outcome_keeps_what_the_provider_said(town, begun):
    chunk = begun()
    town.start(chunk, 1, message_id=7)
    with town.database.write() as uow:
        outcome = PushOutcome(1, PushResult.INVALID, None, '400 INVALID_ARGUMENT: "宛先" が不正です')
        assert uow.deliveries.record("a1", 1, [outcome], town.now) == 1
    kept = row(town, 1)
    assert (kept.result, kept.error, kept.provider_id) == (PushResult.INVALID, outcome.error, None)
    assert (kept.channel, kept.message_id, kept.chunk_id, kept.attempts) == ("fcm", 7, chunk.id, 1)


@pytest.mark.parametrize("final", FINAL)
def test_r15_a_device_with_a_final_result_is_not_begun_again(town, begun, final):
    chunk = begun()
    town.start(chunk, 1)
    town.record(chunk, final, 1)
    town.start(chunk, 1, 2)
    assert results(town, chunk) == {1: final, 2: PushResult.SENDING}
    assert row(town, 1).attempts == 1


def test_a_throttled_device_is_in_doubt_again_when_it_is_tried_again(town, begun):
    chunk = begun()
    town.start(chunk, 1)
    town.record(chunk, PushResult.THROTTLED, 1)
    town.start(chunk, 1)
    again = row(town, 1)
    assert (again.result, again.attempts) == (PushResult.SENDING, 2)


@pytest.mark.parametrize("older", [PushResult.SENDING, PushResult.THROTTLED, PushResult.RETRIES_EXHAUSTED, *FAILURES])
def test_accepted_is_never_overwritten(town, begun, older):
    chunk = begun()
    town.start(chunk, 1)
    town.record(chunk, PushResult.ACCEPTED, 1)
    assert town.record(chunk, older, 1) == 0
    assert results(town, chunk) == {1: PushResult.ACCEPTED}


def test_a_failure_gives_way_only_to_the_news_that_the_phone_was_reached_after_all(town, begun):
    chunk = begun()
    town.start(chunk, 1)
    town.record(chunk, PushResult.INVALID, 1)
    assert town.record(chunk, PushResult.UNREGISTERED, 1) == 0
    assert town.record(chunk, PushResult.ACCEPTED, 1) == 1
    assert results(town, chunk) == {1: PushResult.ACCEPTED}


def test_an_outcome_for_a_device_that_was_never_begun_makes_no_row(town, begun):
    chunk = begun()
    assert town.record(chunk, PushResult.ACCEPTED, 5) == 0
    assert results(town, chunk) == {}


def test_nothing_to_record_is_no_error(town, begun):
    chunk = begun()
    assert town.record(chunk, PushResult.ACCEPTED) == 0
    town.start(chunk)
    assert results(town, chunk) == {}


def test_a_whole_chunk_is_begun_and_recorded_in_one_statement_each(town, begun):
    chunk = begun(devices=(1, 2500))
    everybody = range(1, 2501)
    changes = []

    def note(_connection, _cursor, statement, *_):
        changes.extend(word for word in ("INSERT", "UPDATE") if statement.startswith(word))

    event.listen(town.database._engine, "before_cursor_execute", note)
    town.start(chunk, *everybody)
    assert town.record(chunk, PushResult.ACCEPTED, *everybody) == 2500
    assert changes == ["INSERT", "UPDATE"]
    with town.database.read() as uow:
        assert uow.deliveries.counts("a1", 1) == {PushResult.ACCEPTED: 2500}


def test_results_are_those_of_the_range_and_revision(town, begun):
    chunk, other = begun("a1"), begun("a2")
    town.start(chunk, 1, 50, 100)
    town.start(other, 60)
    with town.database.read() as uow:
        assert set(uow.deliveries.results("a1", 1, 50, 99)) == {50}
        assert uow.deliveries.results("a1", 2, 1, 100) == {}


def test_r5_receivers_are_who_was_told_or_perhaps_told_by_an_earlier_revision(town, begun):
    chunk = begun()
    town.start(chunk, *range(1, len(FINAL) + 3))
    for device, result in enumerate(FINAL, start=1):
        town.record(chunk, result, device)
    in_doubt, throttled = len(FINAL) + 1, len(FINAL) + 2
    superseded = FINAL.index(PushResult.SUPERSEDED) + 1  # in doubt when the next revision took its place
    town.record(chunk, PushResult.THROTTLED, throttled)
    with town.database.read() as uow:
        assert uow.deliveries.receivers("a1", 2, 1, 100) == {1, superseded, in_doubt}
        assert uow.deliveries.receivers("a1", 1, 1, 100) == set()
        assert uow.deliveries.receivers("a1", 2, 2, 100) == {superseded, in_doubt}


def test_who_got_any_earlier_revision_is_a_receiver_whatever_became_of_a_later_one(town):
    town.alert(revisions=2)
    for revision, result in ((1, PushResult.ACCEPTED), (2, PushResult.EXPIRED)):
        chunk = town.claim(town.chunk(revision))
        town.start(chunk, 1)
        town.record(chunk, result, 1)
        with town.database.write() as uow:
            uow.chunks.close(chunk.id, "w1", "done", town.now)
    with town.database.read() as uow:
        assert uow.deliveries.receivers("a1", 3, 1, 100) == {1}
        assert uow.deliveries.counts("a1") == {PushResult.ACCEPTED: 1, PushResult.EXPIRED: 1}


moves = st.lists(st.one_of(st.just("start"), st.sampled_from(list(PushResult))), min_size=1, max_size=12)


@given(moves=moves)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_results_never_go_back(town, begun, moves):
    """For any order of starts and outcomes: the first failure stays until `accepted`, and `accepted` stays."""
    town.runs = getattr(town, "runs", 0) + 1
    chunk = begun(f"run-{town.runs}")
    town.start(chunk, 1)
    said = [PushResult.SENDING]
    for move in moves:
        if move == "start":
            town.start(chunk, 1)
        else:
            town.record(chunk, move, 1)
        said.append(results(town, chunk)[1])
    assert (said[-1] is PushResult.ACCEPTED) == (PushResult.ACCEPTED in moves)
    failed = [result for result in said if result in FAILURES]
    assert len(set(failed)) <= 1
    final = [result in FINAL for result in said]
    assert final == sorted(final)
