"""Celery carries nudges over a real Valkey to real worker processes; the database is the truth (design.md §2.6)."""

import socket

import redis

from alerts.ports import PushResult
from bosai import embedded
from bosai.parts import COMMANDS, worker
from workers.app import create_app, create_publisher
from workers.nudge import CeleryNudge
from workers.queues import DELIVER
from workers.schedule import BEAT_SCHEDULE, TICKS, WAITING_LIMIT, BoundedScheduler

NOBODY_LISTENS = "redis://127.0.0.1:1/0"


def test_a_nudged_chunk_is_delivered_by_a_worker(machine, until):
    machine.start_broker()
    machine.start_parts("drill")
    revision = machine.say_something_to_everybody(60)
    until(lambda: not machine.open_chunks())
    accepted = machine.results(revision)[PushResult.ACCEPTED]
    assert 0 < accepted <= 60
    stats = machine.fake.stats()
    assert (stats["accepted"], stats["duplicates"]) == (accepted, 0)


def test_r27_when_every_message_is_lost_the_sweeper_finds_what_is_due(machine, until):
    machine.start_broker()
    revision = machine.say_something_to_everybody(60)
    with redis.Redis(unix_socket_path=str(embedded.socket_path(machine.settings.data))) as broker:
        assert broker.llen(DELIVER["drill"]) > 0
        broker.flushall()
    machine.start_parts("drill", "alerts", "schedule")
    until(lambda: not machine.open_chunks())
    assert machine.results(revision)[PushResult.ACCEPTED] == machine.fake.stats()["accepted"] > 0


def test_an_alert_is_committed_while_the_broker_is_away_and_delivered_when_it_is_back(machine, until):
    revision = machine.say_something_to_everybody(60)
    assert machine.open_chunks() > 0
    machine.start_broker()
    machine.start_parts("drill", "alerts", "schedule")
    until(lambda: not machine.open_chunks())
    assert machine.results(revision)[PushResult.ACCEPTED] > 0


def test_every_part_that_is_beaten_gives_a_sign_of_life(machine, until):
    machine.start_broker()
    machine.start_parts("push", "channels", "alerts", "feeds", "schedule")

    def alive():
        with machine.worlds["live"].database.read() as uow:
            return {beat.part for beat in uow.heartbeats.all()}

    until(lambda: alive() == {"push", "channels", "alerts", "feeds", "schedule"})


def test_r28_a_nudge_never_raises(caplog):
    nudge = CeleryNudge(create_publisher(NOBODY_LISTENS), "live")
    for chunk in (7, 8, 9):
        nudge.chunk_due(chunk)
    assert [record.args[0] for record in caplog.records] == [7], "it was tried once, not once a chunk"


def test_r28_a_silent_broker_keeps_nobody_for_more_than_two_seconds(caplog):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        publisher = create_publisher(f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        CeleryNudge(publisher, "live").chunk_due(7)
    assert "Timeout" in caplog.text
    patience = publisher.conf.broker_transport_options
    assert patience["socket_connect_timeout"] + patience["socket_timeout"] <= 2
    assert patience["max_retries"] == 0


def test_r1_a_drill_never_stands_in_the_queue_before_a_live_push(machine):
    machine.start_broker()
    publisher = create_publisher(embedded.broker_url(machine.settings.data))
    CeleryNudge(publisher, "drill").chunk_due(1)
    with publisher.connection_for_write() as connection:
        assert connection.default_channel._size("drill") == 1
        assert connection.default_channel._size("push") == 0


def test_ticks_do_not_pile_up_while_no_worker_takes_them(machine):
    machine.start_broker()
    app = create_app({}, embedded.broker_url(machine.settings.data))
    scheduler = BoundedScheduler(app, lazy=True)
    scheduler.setup_schedule()
    for _ in range(3 * WAITING_LIMIT):
        for name in TICKS:
            scheduler.apply_entry(scheduler.schedule[name])
    with app.connection_for_write() as connection:
        waiting = {queue: connection.default_channel._size(queue) for queue in TICKS.values()}
    assert waiting == dict.fromkeys(TICKS.values(), WAITING_LIMIT)


def test_every_queue_has_a_worker_and_every_tick_a_task():
    queues = {
        queue for name in ("push", "drill", "channels", "alerts", "feeds") for queue in _queues(COMMANDS[name](None))
    }
    assert queues == {*TICKS.values(), *DELIVER.values()}
    assert set(TICKS) <= set(create_app({}, NOBODY_LISTENS).tasks)


def _queues(command):
    return command[command.index("--queues") + 1].split(",")


def test_time_lives_in_rows_and_not_in_messages():
    """No ETA, no countdown, no result; a message is acknowledged when its work is done (push.md §5)."""
    conf = create_app({}, NOBODY_LISTENS).conf
    assert (conf.task_acks_late, conf.task_reject_on_worker_lost, conf.worker_prefetch_multiplier) == (True, True, 1)
    assert (conf.task_ignore_result, conf.result_backend) == (True, None)
    assert all({"eta", "countdown"}.isdisjoint(entry["options"]) for entry in BEAT_SCHEDULE.values())
    assert "prefork" in worker("push", "push")
