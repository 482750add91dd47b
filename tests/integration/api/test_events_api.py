"""Server-sent events: an open app hears that what it shows has changed, and reads it where the reads are."""

import signal
import subprocess

import httpx
import pytest
from event_reader import listening

from alerts.telegram.composition import Stated
from api.app import create_app
from bosai import parts
from bosai.settings import Settings, child_environment
from bosai.startup import free_port

KINDS = ["situation", "alerts", "shelters"]
HOJO_SCHOOL = "E2721800042"


def report(client, facility: str, world: str = "/v1", version: int = 0) -> None:
    told = {"reports": [{"facility": facility, "version": version, "state": "open"}]}
    assert client.post(f"{world}/office/shelters/reports", json=told).status_code == 200


@pytest.fixture
def places(live, client) -> dict[str, str]:
    """A facility by each district that has one."""
    sites = client.get("/v1/shelters").json()["shelters"]
    return {site["districts"][0]: site["facility"] for site in sites if site["districts"]}


def test_an_app_hears_of_each_kind_when_it_opens(client, live, eventually):
    live.read_feeds()
    eventually(lambda: client.get("/v1/situation").json()["stale"] is False)
    with listening(client) as stream:
        opened = stream.first()
        assert stream.answer.headers["content-type"].startswith("text/event-stream")
        assert stream.answer.headers["cache-control"] == "no-store"
        assert stream.retry >= 3000
    assert [event.kind for event in opened] == KINDS
    said = {"as_of": "2026-09-01T12:00:00+09:00", "stale": False, "drill": False}
    assert opened[0].data == {**said, "read": "/v1/situation", "level": None}
    assert opened[1].data == {**said, "read": "/v1/alerts"}
    assert all(client.get(event.data["read"]).status_code == 200 for event in opened)


def test_a_warning_is_heard_and_then_read(client, live, eventually):
    with listening(client) as stream:
        stream.first()
        live.send("VPWW56", Stated("49"))
        heard = stream.first(2)
        assert [event.kind for event in heard] == ["situation", "alerts"]
        assert heard[0].data["level"] == 4
        assert client.get(heard[0].data["read"]).json()["in_force"]


def test_what_only_grows_older_is_not_heard(client, live, eventually):
    live.read_feeds()
    eventually(lambda: client.get("/v1/situation").json()["stale"] is False)
    with listening(client) as stream:
        stream.first()
        live.clock.forward(seconds=4)  # a longer step looks like a database that hangs
        live.read_feeds()
        eventually(lambda: "12:00:04" in client.get("/v1/situation").json()["as_of"])
        report(client, HOJO_SCHOOL)
        assert stream.next().kind == "shelters"


def test_a_place_is_heard_of_in_its_own_district_only(client, places, eventually):
    (mine, facility), *_, (_, elsewhere) = places.items()
    with listening(client, district=mine) as stream, listening(client) as everywhere:
        known = stream.first()[-1]
        everywhere.first()
        report(client, elsewhere)
        assert everywhere.next().kind == "shelters"
        report(client, facility)
        heard = stream.next()
        assert everywhere.next().kind == "shelters"
    with listening(client, after=known.id, district=mine) as again:
        assert again.next() == heard


def test_after_a_break_an_app_hears_only_what_differs(client, live, eventually):
    with listening(client) as stream:
        known = stream.first()[-1].id
    report(client, HOJO_SCHOOL)
    eventually(lambda: client.get(f"/v1/shelters/{HOJO_SCHOOL}201").json()["shelter"]["opening"])
    with listening(client, after=known) as stream:
        missed = stream.next()
        assert missed.kind == "shelters"
        live.send("VPWW56", Stated("49"))
        assert [event.kind for event in stream.first(2)] == ["situation", "alerts"]
    with listening(client, after=missed.id) as stream:
        assert [event.kind for event in stream.first(2)] == ["situation", "alerts"]


def test_an_event_that_was_lost_in_the_middle_comes_again(client):
    with listening(client) as stream:
        first, second, third = stream.first()
    with listening(client, after=first.id) as stream:
        assert [event.kind for event in stream.first(2)] == [second.kind, third.kind]


def test_any_process_goes_on_where_another_one_ended(client, live, drill, serve, eventually):
    live.send("VPWW56", Stated("49"))
    eventually(lambda: client.get("/v1/situation").json()["in_force"])
    with listening(client) as stream:
        known = stream.first()[-1].id
    another = serve(create_app({"live": live.services, "drill": drill.services}, look_every_seconds=0.02))
    eventually(lambda: another.get("/v1/situation").json()["in_force"])
    with listening(another, after=known) as stream:
        report(client, HOJO_SCHOOL)
        assert stream.next().kind == "shelters"


@pytest.mark.parametrize("forged", ["x", "A" * 24, "é", "A" * 200])
def test_who_sends_no_id_of_ours_hears_everything(client, forged):
    with listening(client, after=forged.encode()) as stream:
        assert [event.kind for event in stream.first()] == KINDS


def test_a_silent_stream_shows_that_it_lives(client, monkeypatch):
    with listening(client) as stream:
        known = stream.first()[-1].id
    monkeypatch.setattr("api.residents.events.stream.HEARTBEAT_SECONDS", 0.02)
    with listening(client, after=known) as stream:
        assert stream.until_comment() == ": 2026-09-01T12:00:00+09:00"


def test_an_unknown_district_is_refused_by_name(client):
    answer = client.get("/v1/events", params={"district": "99999-nowhere"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "query.district")


def test_more_streams_than_places_are_told_when_to_come_back(live, drill, serve, eventually):
    worlds = {"live": live.services, "drill": drill.services}
    client = serve(create_app(worlds, look_every_seconds=0.02, event_streams=1))
    with listening(client) as stream, listening(client, "/v1/drill") as other:
        stream.first()
        other.first()
        answer = client.get("/v1/events")
        assert (answer.status_code, answer.json()["type"]) == (503, "urn:bosai:problem:too-many-streams")
        assert answer.headers["retry-after"] == "30"
        assert client.get("/v1/situation").status_code == 200

    def is_free() -> bool:
        with client.stream("GET", "/v1/events") as answer:
            return answer.status_code == 200

    eventually(is_free)


def test_r30_the_loss_of_the_database_is_heard_and_ends_no_stream(client, live, eventually):
    live.read_feeds()
    eventually(lambda: client.get("/v1/situation").json()["stale"] is False)
    with listening(client) as stream:
        stream.first()
        live.lose_database()
        heard = stream.next()
        assert (heard.kind, heard.data["stale"]) == ("situation", True)
        with listening(client) as another:
            assert [event.kind for event in another.first()] == KINDS
        live.find_database()
        assert stream.next().data["stale"] is False


def test_r1_a_drill_is_never_heard_in_the_live_stream(client, live, drill):
    with listening(client) as stream, listening(client, "/v1/drill") as rehearsal:
        stream.first()
        rehearsal.first()
        drill.send("VPWW56", Stated("39"))
        report(client, HOJO_SCHOOL, "/v1/drill")
        heard = rehearsal.first(3)
        assert {event.kind for event in heard} == set(KINDS)
        assert all(event.data["drill"] and event.data["read"].startswith("/v1/drill/") for event in heard)
        live.send("VPWW55", Stated("43"))
        mine = stream.first(2)
        assert [event.kind for event in mine] == ["situation", "alerts"]
        assert mine[0].data["level"] == 4
        assert not any(event.data["drill"] for event in mine)


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_streams_end_well_when_the_service_is_told_to_end(tmp_path, eventually, told):
    """Cut off in the middle, the client would raise: the server would have waited for it in vain."""
    settings = Settings(data=tmp_path, port=free_port(), redis_url="redis://127.0.0.1:1/0")
    process = subprocess.Popen(parts.api(settings), env=child_environment(settings), stderr=subprocess.PIPE, text=True)
    try:
        client = httpx.Client(base_url=f"http://127.0.0.1:{settings.port}", trust_env=False, timeout=60)

        def answers() -> bool:
            try:
                return client.get("/health/live").status_code == 200
            except httpx.TransportError:
                return False

        eventually(answers)
        with listening(client) as stream:
            stream.first()
            process.send_signal(told)
            with pytest.raises(EOFError):
                stream.next()
        client.close()
        _, errors = process.communicate(timeout=60)
        assert "graceful shutdown exceeded" not in errors
    finally:
        process.kill()
        process.wait()
