"""Every service's own command on real servers: what `docker compose up` starts, started without an engine.

The feeds are read from a feed server on loopback: a test may not ask JMA, and with polling off half the way would stand
still. Of the environment nothing else is changed than hosts, ports and folders.
"""

import base64
import os
import secrets
import signal
from datetime import UTC, datetime

import pytest
import redis
from compose_file import services
from deploy_servers import wait_until
from deployment import deployed
from feed_server import FeedServer

from alerts.city.pack import bundled, load_pack
from alerts.telegram.compose import compose_warning, file_name
from alerts.telegram.composition import Stated, lone_city
from bosai.machine import postgresql_binaries

pytestmark = pytest.mark.timeout(300)

LANDSLIDE_LEVEL_4 = "49"
NAMES = services({"POSTGRES_PASSWORD": "p", "BOSAI_SECRET_KEY": "s", "BOSAI_BUNDLE_KEY": "b"})
PARTS = [name for name, service in NAMES.items() if service.is_bosai and not service.is_one_shot]


@pytest.fixture(scope="module")
def feed():
    with FeedServer() as server:
        server.cache = {"Cache-Control": "max-age=20"}  # it is asked again as soon as our politeness allows
        yield server


@pytest.fixture(scope="module")
def deployment(tmp_path_factory, feed):
    if postgresql_binaries() is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    env_file = {
        "POSTGRES_PASSWORD": secrets.token_hex(24),
        "BOSAI_SECRET_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "BOSAI_BUNDLE_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
    }
    with deployed(env_file, tmp_path_factory.mktemp("compose"), feed.base_url) as deployment:
        wait_until(lambda: deployment.check_health("api").returncode == 0)
        yield deployment


def failing(deployment):
    """Why the service is not ready."""
    status, answer = deployment.ask("GET", "/health/ready")
    assert status == 503
    return {check["name"]: check["reason"] for check in answer["checks"] if not check["ok"]}


def announce_landslide(feed):
    """A level 4 landslide warning that JMA sends now."""
    codes, now = load_pack(bundled("daito")).codes, datetime.now(UTC)
    area = lone_city(codes, "大阪管区気象台")
    raw = compose_warning("VPWW56", area, {codes.municipality: [Stated(LANDSLIDE_LEVEL_4)]}, now)
    feed.announce("extra", file_name("VPWW56", area, now), now, raw)


@pytest.mark.parametrize("name", ["postgres", *PARTS])
def test_every_health_check_succeeds(deployment, name):
    wait_until(lambda: deployment.check_health(name).returncode == 0)


def test_the_redis_server_answers_what_its_health_check_asks(deployment):
    """Without redis-cli, which the wheel's server comes without."""
    name, *words = deployment.services["redis"].healthcheck
    assert name == "redis-cli"
    with redis.Redis(port=deployment.ports["redis"]) as client:
        assert client.execute_command(*words)


def test_without_a_key_it_is_not_ready_for_that_reason_alone_and_says_so_on_its_page(deployment):
    wait_until(lambda: set(failing(deployment)) == {"sender"})
    assert "Firebase" in failing(deployment)["sender"]
    status, page = deployment.ask("GET", "/")
    assert status == 200
    assert "プッシュ通知を送信できません" in page


def test_a_telegram_from_the_feed_reaches_the_situation_and_the_record_of_a_registered_phone(deployment, feed):
    wait_until(lambda: deployment.ask("GET", "/v1/situation")[1]["stale"] is False)
    phone = {"address": {"kind": "token", "value": "a-phone-of-this-test"}, "platform": "android", "districts": []}
    status, registered = deployment.ask("POST", "/v1/devices", phone)
    assert status == 201
    own = {"Authorization": f"Bearer {registered['secret']}"}
    assert deployment.ask("GET", "/v1/devices/me", **own)[1]["device"]["id"] == registered["id"]
    announce_landslide(feed)
    wait_until(lambda: deployment.ask("GET", "/v1/situation")[1]["level"] == 4, seconds=90)
    wait_until(lambda: "not_sent_no_sender" in deployment.run("push", "bosai", "outbox", "--json").stdout)
    assert deployment.ask("DELETE", "/v1/devices/me", **own)[0] == 204


def test_a_drill_runs_in_this_shape_too(deployment):
    assert deployment.ask("GET", "/v1/drill/situation")[1]["in_force"] == []
    started = deployment.run("api", "bosai", "drill", "start", "storm", "--devices", "3")
    assert started.returncode == 0, started.stderr
    wait_until(lambda: deployment.ask("GET", "/v1/drill/situation")[1]["in_force"])
    assert all(hazard["hazard"] == "landslide" for hazard in deployment.ask("GET", "/v1/situation")[1]["in_force"])


def test_check_names_the_missing_key_and_nothing_else(deployment):
    said = deployment.run("api", "bosai", "check")
    assert said.returncode == 1
    assert [line.split()[1] for line in said.stdout.splitlines() if line.startswith("failed")] == ["push"]


def test_a_worker_that_hangs_is_found_by_its_health_check(deployment):
    os.kill(deployment.running["push"].pid, signal.SIGSTOP)
    try:
        assert deployment.check_health("push").returncode != 0
    finally:
        os.kill(deployment.running["push"].pid, signal.SIGCONT)
    wait_until(lambda: deployment.check_health("push").returncode == 0)


def test_migrate_may_run_again_while_the_service_runs(deployment):
    assert deployment.run("migrate", *deployment.services["migrate"].command).returncode == 0


def test_everything_drains_and_ends_on_sigterm(deployment):
    for name in PARTS:
        deployment.running[name].terminate()
    assert {name: deployment.running[name].wait(40) for name in PARTS} == dict.fromkeys(PARTS, 0)
