"""Whether the process lives, and whether the service can do its work: with the reason if it cannot."""

import httpx
import pytest

from alerts.store.database import Database
from alerts.world import LIVE
from api.app import create_app


def failing(answer: httpx.Response) -> dict[str, str]:
    return {check["name"]: check["reason"] for check in answer.json()["checks"] if not check["ok"]}


@pytest.fixture
def well(live):
    """Everything that is asked for readiness is there."""
    live.read_feeds()
    live.beat()
    return live


def test_a_service_whose_parts_all_work_is_ready(client, well):
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["ready"], failing(answer)) == (200, True, {})


def test_before_anything_ran_every_missing_part_is_named(client):
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert failing(answer).keys() == {"feed", "schedule", "feeds", "alerts", "push", "channels"}
    assert "schedule" in answer.json()["detail"]


def test_a_part_without_a_sign_of_life_for_a_minute_is_named(client, well):
    well.clock.forward(seconds=60)
    assert failing(client.get("/health/ready")) == {}
    well.clock.forward(seconds=1)
    assert failing(client.get("/health/ready")).keys() == {"schedule", "feeds", "alerts", "push", "channels"}


def test_feeds_that_were_not_read_for_five_minutes_are_named(client, well):
    well.clock.forward(minutes=5, seconds=1)
    well.beat()
    assert failing(client.get("/health/ready")).keys() == {"feed eqvol", "feed extra"}


def test_production_without_a_sender_is_not_ready(production, well):
    answer = production.get("/health/ready")
    assert answer.status_code == 503
    assert failing(answer).keys() == {"sender"}
    assert "Firebase" in failing(answer)["sender"]


def test_a_lost_database_is_the_reason_and_the_process_lives_on(client, well):
    well.lose_database()
    assert failing(client.get("/health/ready")).keys() == {"database"}
    assert client.get("/health/live").json() == {"alive": True}


def test_a_database_that_was_not_migrated_is_the_reason(live, drill, serve, tmp_path):
    object.__setattr__(live.services, "database", Database(f"sqlite:///{tmp_path / 'empty.db'}", LIVE))
    client = serve(create_app({"live": live.services, "drill": drill.services}, look_every_seconds=0.02))
    assert "migrated" in failing(client.get("/health/ready"))["database"]
    live.services.database.dispose()


def test_an_older_schema_is_the_reason(client, well):
    with well.services.database.write() as uow:
        uow.connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'older'")
    assert failing(client.get("/health/ready")).keys() == {"migrations"}


def test_a_broken_drill_world_is_told_but_does_not_stop_the_real_one(client, well, drill):
    drill.lose_database()
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert [(check["world"], check["name"]) for check in answer.json()["checks"] if not check["ok"]] == [
        ("drill", "database")
    ]


def test_an_open_alarm_is_told_with_its_kind_and_leaves_the_service_ready(client, well):
    for number in range(3):
        well.alarm(f"held:{number}", "held")
    answer = client.get("/health/ready")
    (alarms,) = (check for check in answer.json()["checks"] if check["name"] == "alarms" and check["world"] == "live")
    assert (answer.status_code, alarms["ok"]) == (200, True)
    assert "3 held" in alarms["reason"]


@pytest.mark.parametrize("kind", ["stuck", "clock"])
def test_r27_pushes_that_do_not_end_and_a_wrong_clock_make_the_service_unready_until_they_are_over(client, well, kind):
    well.alarm("key", kind)
    answer = client.get("/health/ready")
    assert (answer.status_code, failing(answer).keys()) == (503, {"alarms"})
    assert f"1 {kind}" in failing(answer)["alarms"]
    well.alarm_is_over("key")
    assert client.get("/health/ready").status_code == 200


def test_an_alarm_of_the_drill_is_no_reason_to_call_somebody(client, well, drill):
    drill.alarm("key", "stuck")
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert failing(answer).keys() == {"alarms"}
