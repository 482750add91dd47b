"""All of a transaction or nothing of it; one world a database; threads and forks may use it (design.md §2.5)."""

import os
import signal
import threading
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, StatementError

from alerts.ports import PushOutcome, PushResult
from alerts.store import database as database_module
from alerts.store.chunk import NewChunk
from alerts.store.database import Database, DatabaseNotReadyError, run
from alerts.store.place_rows import set_home
from alerts.world import DRILL, LIVE, WorldMismatchError


def versions(database):
    with database.read() as uow:
        return uow.versions.all()


def bump(database, town):
    with database.write() as uow:
        uow.versions.bump("situation", town.now)


def test_what_raises_leaves_nothing_and_calls_nothing(town):
    called = []

    def work(uow):
        uow.telegrams.add(town.telegram("t1"))
        uow.situation.advance_unit("u", "t1", town.now, None)
        uow.after_commit(lambda: called.append("nudge"))
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        run(town.database, work)
    with town.database.read() as uow:
        assert uow.telegrams.known(["t1"]) == set()
        assert uow.situation.unit("u") is None
    assert called == []


def test_a_nudge_comes_after_the_commit_when_others_can_see_the_rows(town):
    seen = []
    with town.database.write() as uow:
        uow.versions.bump("situation", town.now)
        uow.after_commit(lambda: seen.append(versions(town.database)))
        uow.after_commit(lambda: seen.append("second"))
        assert seen == []
    assert seen == [{"situation": 1}, "second"]


def test_what_is_written_is_not_seen_before_it_is_committed(town):
    with town.database.write() as uow:
        uow.versions.bump("situation", town.now)
        assert versions(town.database) == {}
    assert versions(town.database) == {"situation": 1}


def test_a_read_sees_one_moment_however_much_is_written_meanwhile(town):
    with town.database.read() as uow:
        assert uow.versions.all() == {}
        bump(town.database, town)
        assert uow.versions.all() == {}
    assert versions(town.database) == {"situation": 1}


def test_a_read_cannot_write(town):
    with pytest.raises(DBAPIError, match=r"read-?only"), town.database.read() as uow:
        uow.versions.bump("situation", town.now)
    bump(town.database, town)
    assert versions(town.database) == {"situation": 1}


def test_a_chunk_of_no_revision_is_refused(town):
    with pytest.raises(IntegrityError), town.database.write() as uow:
        uow.chunks.add_all([NewChunk("nobody", 1, 0, 1, 9, "critical", 0, town.now, "s")])


def test_districts_of_no_device_are_refused(town):
    device = town.device()
    with pytest.raises(IntegrityError), town.database.write() as uow:
        set_home(uow.connection, device.number + 1, frozenset({"27218-ryuma"}))


def test_a_time_without_a_zone_is_refused(town):
    naive = datetime(2026, 9, 1, 12, 0)  # noqa: DTZ001  this is what must be refused
    with pytest.raises(StatementError, match="a time without a zone"), town.database.write() as uow:
        uow.versions.bump("situation", naive)


def test_a_word_that_no_enum_knows_is_refused(town):
    with pytest.raises(StatementError, match="no_such_word"), town.database.write() as uow:
        uow.telegrams.add(town.telegram("t1", outcome="no_such_word"))


def test_two_who_saw_the_same_version_do_not_both_advance_a_unit(town):
    with town.database.write() as uow:
        uow.situation.advance_unit("u", "t0", town.now, None)
    for version in range(1, 11):
        together, advanced = threading.Barrier(2), []

        def work(name, version=version, together=together, advanced=advanced):
            with town.database.read() as uow:
                assert uow.situation.unit("u").version == version
            together.wait()
            with town.database.write() as uow:
                advanced.append(uow.situation.advance_unit("u", name, town.now, version))

        in_threads(work, "t1", "t2")
        assert sorted(advanced) == [False, True]


def test_two_who_saw_no_unit_do_not_both_begin_it(town):
    for number in range(5):
        together, begun = threading.Barrier(2), []

        def work(name, number=number, together=together, begun=begun):
            together.wait()
            with town.database.write() as uow:
                begun.append(uow.situation.advance_unit(f"u{number}", name, town.now, None))

        in_threads(work, "t1", "t2")
        assert sorted(begun) == [False, True]


def test_a_telegram_that_two_receive_at_once_is_kept_once(town):
    together, kept = threading.Barrier(2), []

    def work(_name):
        together.wait()
        with town.database.write() as uow:
            kept.append(uow.telegrams.add(town.telegram("t1")))

    in_threads(work, "w1", "w2")
    assert sorted(kept) == [False, True]


def test_writers_in_many_threads_wait_for_each_other_and_lose_nothing(town):
    def work(_name):
        for _ in range(10):
            run(town.database, lambda uow: uow.versions.bump("situation", town.now))

    in_threads(work, *"abcdef")
    assert versions(town.database) == {"situation": 60}


def test_a_writer_that_reads_first_is_not_overtaken_before_it_writes(town):
    """Without retries: a SQLite transaction that began as a reader would fail here when it wants to write."""

    def work(name):
        for _ in range(10):
            with town.database.write() as uow:
                uow.versions.all()
                uow.versions.bump(name, town.now)

    in_threads(work, *"abcd")
    assert versions(town.database) == dict.fromkeys("abcd", 10)


def in_threads(work, *names):
    failures = []

    def guarded(name):
        try:
            work(name)
        except BaseException as error:  # noqa: BLE001  raised again below, in the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=guarded, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def test_work_is_done_again_where_another_was_faster(town):
    class OvertakenError(Exception):
        pass

    attempts = []

    def work(uow):
        attempts.append(len(attempts))
        uow.versions.bump(f"attempt-{len(attempts)}", town.now)
        if len(attempts) < 3:
            raise OvertakenError
        return "done"

    assert run(town.database, work, retry_on=(OvertakenError,)) == "done"
    assert versions(town.database) == {"attempt-3": 1}


def test_what_is_wrong_in_the_work_itself_is_not_tried_again(town):
    attempts = []

    def work(_uow):
        attempts.append(1)
        raise KeyError("a mistake")

    with pytest.raises(KeyError):
        run(town.database, work)
    assert attempts == [1]


def test_who_is_overtaken_every_time_gives_up_with_the_reason(town, monkeypatch):
    monkeypatch.setattr(database_module, "PAUSE_SECONDS", 0)
    attempts = []

    def work(_uow):
        attempts.append(1)
        raise LookupError("overtaken")

    with pytest.raises(LookupError):
        run(town.database, work, retry_on=(LookupError,))
    assert len(attempts) == database_module.ATTEMPTS


def test_a_lost_connection_is_replaced_and_the_work_done_again(town):
    attempts = []

    def work(uow):
        attempts.append(1)
        uow.versions.bump("situation", town.now)
        if len(attempts) == 1:
            raise OperationalError("SELECT 1", {}, Exception("gone"), connection_invalidated=True)

    run(town.database, work)
    assert versions(town.database) == {"situation": 1}


def in_child(work) -> int:
    """Runs `work` in a forked child; its exit status, or minus the signal that killed it."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException:  # noqa: BLE001  a child must never return into the test run
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_forked_child_has_connections_of_its_own(town):
    bump(town.database, town)

    def use_it_in_the_child():
        assert town.database._engine.pool.checkedin() == 0, "the parent's connections are here"
        bump(town.database, town)

    with town.database.read() as uow:
        before = uow.versions.all()
        assert in_child(use_it_in_the_child) == 0
        assert uow.versions.all() == before == {"situation": 1}
    bump(town.database, town)
    assert versions(town.database) == {"situation": 3}


def test_a_process_killed_in_the_middle_of_a_write_leaves_nothing_and_blocks_nobody(town):
    town.alert()

    def die_before_the_commit():
        with town.database.write() as uow:
            uow.versions.bump("situation", town.now)
            uow.chunks.add_all([NewChunk("a1", 1, 0, 1, 9, "critical", 0, town.now, "s")])
            os.kill(os.getpid(), signal.SIGKILL)

    assert in_child(die_before_the_commit) == -signal.SIGKILL
    assert versions(town.database) == {}
    with town.database.write() as uow:
        assert uow.chunks.counts() == {}
        uow.versions.bump("situation", town.now)


def test_outcomes_of_a_worker_killed_afterwards_are_there(town, begun):
    chunk = begun()

    def record_and_die():
        town.start(chunk, 1, 2)
        with town.database.write() as uow:
            uow.deliveries.record("a1", 1, [PushOutcome(1, PushResult.ACCEPTED)], town.now)
        os.kill(os.getpid(), signal.SIGKILL)

    assert in_child(record_and_die) == -signal.SIGKILL
    again = town.claim(chunk.id, "w2", after=2)
    with town.database.read() as uow:
        found = uow.deliveries.results(again.alert_id, again.revision, 1, 100)
    assert found == {1: PushResult.ACCEPTED, 2: PushResult.SENDING}


@pytest.mark.parametrize("use", ["read", "write", "check_world", "migrate"])
@pytest.mark.parametrize(("own", "other"), [(LIVE, DRILL), (DRILL, LIVE)])
def test_r1_a_database_of_another_world_is_refused_before_anything_happens(new_database_url, use, own, other):
    database = Database(new_database_url(own), other)

    def try_it():
        if use in {"read", "write"}:
            with getattr(database, use)():
                pytest.fail("the block must not be entered")
        else:
            getattr(database, use)()

    with pytest.raises(WorldMismatchError, match=f"the {other.name} world"):
        try_it()
    database.dispose()


@pytest.mark.parametrize("use", ["read", "write"])
def test_a_database_without_tables_says_what_to_do(new_database_url, use):
    database = Database(new_database_url(None), LIVE)
    with pytest.raises(DatabaseNotReadyError, match="migrated"), getattr(database, use)():
        pytest.fail("the block must not be entered")
    database.dispose()


def test_a_server_that_is_not_there_is_named_without_its_password():
    database = Database("postgresql://bosai:geheim@127.0.0.1:1/bosai", LIVE)
    with pytest.raises(DatabaseNotReadyError) as error:
        database.check_world()
    assert "127.0.0.1" in str(error.value)
    assert "geheim" not in str(error.value)


@pytest.mark.parametrize("url", ["mysql://localhost/bosai", "sqlite://", "sqlite:///:memory:"])
def test_a_database_of_no_use_is_refused_at_once(url):
    with pytest.raises(ValueError, match=r"sqlite:///|must be a file"):
        Database(url, LIVE)


def test_times_come_back_in_utc_whatever_zone_they_had(town):
    japan = town.now.astimezone(timezone(timedelta(hours=9)))
    with town.database.write() as uow:
        uow.telegrams.add(town.telegram("t1", seen_at=japan, issued_at=japan + timedelta(microseconds=1)))
        found = uow.telegrams.get("t1")
    assert (found.seen_at, found.seen_at.utcoffset()) == (japan, timedelta(0))
    assert found.issued_at - found.seen_at == timedelta(microseconds=1)
