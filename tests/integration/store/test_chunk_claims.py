"""A chunk is claimed by one worker at a time, in the order of revisions, and is never lost (R27, R29)."""

import threading
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.store.chunk import NewChunk
from alerts.store.states import OPEN_CHUNKS, ChunkState

SECOND = timedelta(seconds=1)


def state_of(town, chunk_id):
    with town.database.read() as uow:
        return uow.chunks.get(chunk_id).state


def change(town, name, *arguments):
    with town.database.write() as uow:
        return getattr(uow.chunks, name)(*arguments)


def test_a_claimed_chunk_says_whose_it_is_and_until_when(town):
    town.alert()
    claimed = town.claim(town.chunk(), "w1")
    assert (claimed.state, claimed.claimed_by, claimed.lease_until) == (ChunkState.CLAIMED, "w1", town.now + town.lease)
    assert claimed.attempts == 1


def test_a_claimed_chunk_is_nobody_elses_until_its_lease_ends(town):
    town.alert()
    chunk = town.chunk()
    town.claim(chunk, "w1")
    assert town.claim(chunk, "w2", after=1.9) is None
    assert town.claim(chunk, "w2", after=2.0).claimed_by == "w2"


def test_a_chunk_that_is_due_later_is_not_claimed_now(town):
    town.alert()
    chunk = town.chunk(due_at=town.now + SECOND)
    assert town.claim(chunk) is None
    assert town.claim(chunk, after=1) is not None


def test_two_workers_at_once_get_one_chunk_between_them(town):
    town.alert()
    for _ in range(10):
        chunk = town.chunk()
        together, won = threading.Barrier(2), []

        def work(worker, chunk=chunk, together=together, won=won):
            together.wait()
            won.append(town.claim(chunk, worker))

        threads = [threading.Thread(target=work, args=(name,)) for name in ("w1", "w2")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(won) == 2
        assert sum(claimed is not None for claimed in won) == 1


@pytest.mark.parametrize("call", ["renew", "close", "release"])
def test_who_lost_the_lease_can_change_nothing_any_more(town, call):
    town.alert()
    chunk = town.chunk()
    town.claim(chunk, "w1")
    town.claim(chunk, "w2", after=3)
    arguments = {"renew": (town.now, town.lease), "close": ("done", town.now), "release": (town.now,)}[call]
    whose = [chunk] if call == "renew" else chunk
    assert change(town, call, whose, "w1", *arguments) is False
    with town.database.read() as uow:
        assert uow.chunks.get(chunk).claimed_by == "w2"


def test_a_renewed_lease_lasts_from_the_renewal(town):
    town.alert()
    chunk = town.chunk()
    town.claim(chunk, "w1")
    assert change(town, "renew", [chunk], "w1", town.now + SECOND, town.lease)
    assert town.claim(chunk, "w2", after=2.5) is None
    assert town.claim(chunk, "w2", after=3.0) is not None


def test_several_leases_are_renewed_together_and_one_that_is_lost_is_noticed(town):
    town.alert()
    first, second = town.chunk(devices=(1, 10)), town.chunk(devices=(11, 20))
    town.claim(first, "w1")
    town.claim(second, "w1")
    assert change(town, "renew", [first, second], "w1", town.now + SECOND, town.lease)
    town.claim(second, "w2", after=3.5)
    assert change(town, "renew", [first, second], "w1", town.now + 4 * SECOND, town.lease) is False


def test_what_is_due_may_be_asked_for_by_urgency(town):
    town.alert()
    urgent, ordinary = town.chunk(priority=0), town.chunk(devices=(101, 200), priority=20)
    with town.database.read() as uow:
        assert uow.chunks.due(town.now, 10) == [urgent, ordinary]
        assert uow.chunks.due(town.now, 10, more_urgent_than=20) == [urgent]
        assert uow.chunks.due(town.now, 10, more_urgent_than=0) == []


def test_a_chunk_whose_worker_died_is_nudged_at_once(town):
    town.alert()
    chunk = town.chunk()
    with town.database.write() as uow:
        assert uow.chunks.to_nudge(town.now, town.now - 3 * SECOND, 10) == [chunk]
    town.claim(chunk, "dies")
    with town.database.write() as uow:
        assert uow.chunks.to_nudge(town.now + 1.9 * SECOND, town.now - SECOND, 10) == []
        assert uow.chunks.to_nudge(town.now + 2 * SECOND, town.now - SECOND, 10) == [chunk]
        assert uow.chunks.to_nudge(town.now + 2 * SECOND, town.now - SECOND, 10) == []


def test_a_closed_chunk_stays_closed(town):
    town.alert()
    chunk = town.chunk()
    town.claim(chunk, "w1")
    assert change(town, "close", chunk, "w1", "done", town.now)
    assert town.claim(chunk, "w1", after=60) is None
    assert not change(town, "close", chunk, "w1", "expired", town.now)
    assert state_of(town, chunk) is ChunkState.DONE


def test_a_chunk_cannot_be_closed_as_open(town):
    town.alert()
    chunk = town.chunk()
    town.claim(chunk, "w1")
    with pytest.raises(ValueError, match="that state is open"):
        change(town, "close", chunk, "w1", "due", town.now)


def test_a_released_chunk_is_due_again_when_it_was_said(town):
    town.alert()
    chunk = town.chunk()
    town.claim(chunk, "w1")
    assert change(town, "release", chunk, "w1", town.now + 5 * SECOND)
    assert town.claim(chunk, "w2", after=4) is None
    again = town.claim(chunk, "w2", after=5)
    assert (again.claimed_by, again.attempts) == ("w2", 2)


def test_r29_a_chunk_waits_for_the_earlier_revision_on_the_same_devices(town):
    town.alert(revisions=2)
    first, second = town.chunk(1, (1, 100)), town.chunk(2, (100, 200))
    assert town.claim(second) is None
    town.claim(first, "w1")
    assert town.claim(second, "w2") is None
    change(town, "close", first, "w1", "done", town.now)
    assert town.claim(second, "w2") is not None


def test_r29_an_earlier_revision_left_by_a_dead_worker_is_still_first(town):
    town.alert(revisions=2)
    first, second = town.chunk(1), town.chunk(2)
    town.claim(first, "dead")
    assert town.claim(second, after=60) is None
    assert town.claim(first, after=60) is not None


def test_other_devices_and_other_alerts_need_not_wait(town):
    town.alert("a1", revisions=2)
    town.alert("a2", revisions=2)
    town.chunk(1, (1, 100))
    assert town.claim(town.chunk(2, (101, 200))) is not None
    assert town.claim(town.chunk(2, (1, 100), alert_id="a2")) is not None


def test_tiers_of_one_revision_need_not_wait_for_each_other(town):
    town.alert()
    town.chunk(tier=0)
    assert town.claim(town.chunk(tier=1)) is not None


def test_a_superseded_chunk_lets_the_next_revision_pass(town):
    town.alert(revisions=2)
    first = town.chunk(1)
    assert [c.id for c in change(town, "supersede", "story of a1", town.now)] == [first]
    second = town.chunk(2)
    assert state_of(town, first) is ChunkState.SUPERSEDED
    assert town.claim(second) is not None


def test_what_a_worker_is_at_is_not_superseded_until_its_lease_ends(town):
    town.alert(revisions=2)
    first = town.chunk(1)
    town.claim(first, "w1")
    assert change(town, "supersede", "story of a1", town.now) == []
    assert state_of(town, first) is ChunkState.CLAIMED
    assert [c.id for c in change(town, "supersede", "story of a1", town.now + town.lease)] == [first]
    assert change(town, "renew", [first], "w1", town.now, town.lease) is False


def test_another_story_is_not_superseded(town):
    town.alert("a2")
    other = town.chunk(1, alert_id="a2")
    assert change(town, "supersede", "story of a1", town.now) == []
    assert state_of(town, other) is ChunkState.DUE


def test_r29_an_alert_waits_for_the_end_of_the_one_before_it(town):
    town.alert("a1", revisions=2)
    town.alert("a2")
    end = town.chunk(2, alert_id="a1", story="rain")
    again = town.chunk(1, alert_id="a2", story="rain")
    assert town.claim(again) is None
    assert town.claim(end) is not None
    change(town, "close", end, "w1", "done", town.now)
    assert town.claim(again) is not None


def test_the_most_urgent_and_most_exposed_chunks_are_due_first(town):
    town.alert()
    later = town.chunk(priority=1)
    first = town.chunk(priority=0, devices=(101, 200))
    blocked_until = town.chunk(priority=0, due_at=town.now + SECOND)
    with town.database.read() as uow:
        assert uow.chunks.due(town.now, 10) == [first, later]
        assert uow.chunks.due(town.now, 1) == [first]
        assert uow.chunks.due(town.now + SECOND, 10) == [first, blocked_until, later]


def test_a_chunk_that_must_wait_its_turn_is_not_due(town):
    town.alert(revisions=2)
    first = town.chunk(1, priority=9)
    town.chunk(2, priority=0)
    with town.database.read() as uow:
        assert uow.chunks.due(town.now, 10) == [first]


def test_a_chunk_is_nudged_again_only_after_a_while(town):
    town.alert()
    later, first = town.chunk(priority=1), town.chunk(priority=0)
    a_while = 3 * SECOND
    assert change(town, "to_nudge", town.now, town.now - a_while, 10) == [first, later]
    assert change(town, "to_nudge", town.now + SECOND, town.now + SECOND - a_while, 10) == []
    assert change(town, "to_nudge", town.now + 2 * a_while, town.now + a_while, 10) == [first, later]


def test_a_chunk_left_by_a_dead_worker_is_nudged_but_a_held_one_is_not(town):
    town.alert()
    chunk = town.chunk()
    town.claim(chunk, "dead")
    assert change(town, "to_nudge", town.now + SECOND, town.now, 10) == []
    assert change(town, "to_nudge", town.now + 2 * SECOND, town.now, 10) == [chunk]


def test_many_chunks_are_added_at_once_and_named_in_their_order(town):
    town.alert()
    new = [NewChunk("a1", 1, 0, n, n, "critical", n, town.now, "s") for n in range(1, 301)]
    ids = change(town, "add_all", new)
    with town.database.read() as uow:
        assert [uow.chunks.get(chunk_id).device_from for chunk_id in ids] == list(range(1, 301))
        assert uow.chunks.counts("a1") == {ChunkState.DUE: 300}
        assert uow.chunks.counts() == {ChunkState.DUE: 300}


def test_no_chunks_are_added_for_nobody(town):
    assert change(town, "add_all", []) == []


def test_the_oldest_waiting_chunk_is_known(town):
    with town.database.read() as uow:
        assert uow.chunks.oldest_due() is None
    town.alert()
    town.chunk(due_at=town.now + SECOND)
    old = town.chunk()
    with town.database.read() as uow:
        assert uow.chunks.oldest_due() == town.now
    town.claim(old)
    with town.database.read() as uow:
        assert uow.chunks.oldest_due() == town.now + SECOND


ranges = st.tuples(st.integers(1, 6), st.integers(1, 6)).map(lambda ends: (min(ends), max(ends)))
steps = st.tuples(st.sampled_from(["claim", "close", "release", "supersede"]), st.integers(0, 5), st.sampled_from("wv"))


@given(plan=st.lists(st.tuples(st.integers(1, 3), ranges), min_size=1, max_size=6), moves=st.lists(steps, max_size=20))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_r29_whatever_happens_no_revision_overtakes_an_earlier_one_and_all_end(town, plan, moves):
    """At every claim nothing earlier is open for the same devices; and there is always something to claim."""
    town.runs = getattr(town, "runs", 0) + 1
    alert_id = town.alert(f"run-{town.runs}", revisions=3)
    ids = [town.chunk(revision, devices, alert_id=alert_id) for revision, devices in plan]

    def claimed_in_order(chunk_id, worker, after):
        chunk = town.claim(chunk_id, worker, after=after)
        with town.database.read() as uow:
            others = [uow.chunks.get(other) for other in ids]
        assert chunk is None or not [
            other
            for other in others
            if other.revision < chunk.revision
            and other.state in OPEN_CHUNKS
            and other.device_from <= chunk.device_to
            and chunk.device_from <= other.device_to
        ]
        return chunk

    for after, (move, which, worker) in enumerate(moves):
        chunk_id, now = ids[which % len(ids)], town.now + after * SECOND
        if move == "claim":
            claimed_in_order(chunk_id, worker, after)
        elif move == "close":
            change(town, "close", chunk_id, worker, "done", now)
        elif move == "release":
            change(town, "release", chunk_id, worker, now)
        else:
            change(town, "supersede", f"story of {alert_id}", now)

    for rounds in range(100, 100 + len(ids)):
        with town.database.read() as uow:
            waiting = [i for i in uow.chunks.due(town.now + rounds * SECOND, 1000) if i in ids]
        for chunk_id in waiting:
            assert claimed_in_order(chunk_id, "last", rounds) is not None
            change(town, "close", chunk_id, "last", "done", town.now)
    assert all(state_of(town, chunk_id) not in OPEN_CHUNKS for chunk_id in ids)


def test_who_puts_down_what_it_holds_leaves_it_due_and_touches_nobody_elses(town):
    town.alert()
    mine, others = town.chunk(), town.chunk()
    town.claim(mine, "w1")
    town.claim(others, "w2")
    change(town, "put_down", "w1", town.now)
    assert (state_of(town, mine), state_of(town, others)) == (ChunkState.DUE, ChunkState.CLAIMED)
    assert town.claim(mine, "w3").attempts == 2  # whom the first one left in doubt is told again
