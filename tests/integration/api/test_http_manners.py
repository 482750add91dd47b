"""How the API behaves as an HTTP server: HEAD, packed answers, caches, other origins, addresses that will go."""

import gzip
import socket
from dataclasses import replace
from datetime import UTC, datetime

import brotli
import httpx
import pytest
from fastapi.responses import StreamingResponse

from alerts.telegram.composition import Stated
from api.app import create_app
from api.deprecation import Deprecation

APP = "https://app.example.jp"
READS = ("situation", "alerts", "districts", "districts.geojson", "shelters", "shelters.csv", "app")


@pytest.fixture
def start(live, drill, serve):
    worlds = {"live": live.services, "drill": drill.services}
    return lambda **options: serve(create_app(worlds, look_every_seconds=0.02, **options))


def raw(client: httpx.Client, path: str, coding: str) -> httpx.Response:
    """An answer whose body is as it came."""
    with client.stream("GET", path, headers={"Accept-Encoding": coding}) as answer:
        answer._content = b"".join(answer.iter_raw())
    return answer


@pytest.mark.parametrize("read", READS)
def test_head_is_get_without_its_body(client, read):
    whole, head = client.get(f"/v1/{read}"), client.head(f"/v1/{read}")
    assert (head.status_code, head.content) == (200, b"")
    same = ("etag", "content-length", "content-type", "cache-control", "vary", "x-content-type-options")
    assert {name: head.headers[name] for name in same} == {name: whole.headers[name] for name in same}


def test_head_knows_304_and_problems_too(client):
    etag = client.head("/v1/situation").headers["etag"]
    assert client.head("/v1/situation", headers={"If-None-Match": etag}).status_code == 304
    assert client.head("/v1/alerts/no-such-alert").status_code == 404
    assert client.head("/health/live").status_code == 200


def test_head_of_an_endless_answer_ends_it(live, drill, serve, eventually):
    app = create_app({"live": live.services, "drill": drill.services}, look_every_seconds=0.02)
    ended = []

    async def endless():
        try:
            while True:
                yield b"more"
        finally:
            ended.append(True)

    @app.get("/endless")
    async def stream() -> StreamingResponse:
        return StreamingResponse(endless())

    assert serve(app).head("/endless").status_code == 200
    eventually(lambda: ended)


@pytest.mark.parametrize(("coding", "unpack"), [("gzip", gzip.decompress), ("br", brotli.decompress)])
@pytest.mark.parametrize("read", ["districts", "shelters", "districts.geojson", "shelters.csv"])
def test_a_large_read_comes_packed_with_a_tag_of_its_own(client, read, coding, unpack):
    plain = raw(client, f"/v1/{read}", "identity")
    for _ in range(2):  # made, and then given again
        packed = raw(client, f"/v1/{read}", coding)
        assert packed.headers["content-encoding"] == coding
        assert "Accept-Encoding" in packed.headers["vary"]
        assert len(packed.content) < len(plain.content) / 3
        assert unpack(packed.content) == plain.content
        assert packed.headers["etag"] != plain.headers["etag"]
    held = {"Accept-Encoding": coding, "If-None-Match": packed.headers["etag"]}
    assert client.get(f"/v1/{read}", headers=held).status_code == 304


def test_what_was_answered_before_is_the_same_again_in_every_header(client):
    first, again = client.get("/v1/shelters"), client.get("/v1/shelters")
    assert sorted(first.headers.raw) == sorted(again.headers.raw)
    assert first.content == again.content


def test_an_answer_given_before_does_not_outlive_a_change(client, live, eventually):
    for _ in range(3):
        assert client.get("/v1/situation").json()["in_force"] == []
    live.send("VPWW56", Stated("49"))
    eventually(lambda: client.get("/v1/situation").json()["in_force"])


def test_languages_are_not_mixed_up(client):
    for _ in range(2):
        for language in ("ja", "en", "vi"):
            answer = client.get("/v1/situation", headers={"Accept-Language": language})
            assert answer.json()["language"] == answer.headers["content-language"] == language


def test_content_language_names_what_the_texts_are_in_where_an_unreviewed_language_is_withheld(
    live, drill, serve, eventually
):
    cautious = replace(live.services, wording=live.services.wording.withholding(but=("ja", "en")))
    worlds = {"live": cautious, "drill": drill.services}
    client = serve(create_app(worlds, look_every_seconds=0.02))
    live.send("VPWW56", Stated("49"))
    eventually(lambda: client.get("/v1/situation").json()["in_force"])
    for read, texts in (("situation", "in_force"), ("alerts", "alerts"), ("situation.geojson", "in_force")):
        answer = client.get(f"/v1/{read}", headers={"Accept-Language": "vi"})
        assert answer.json()["language"] == "vi"
        assert answer.headers["content-language"] == answer.json()[texts][0]["language"] == "en"
    for read in ("shelters/advice?district=27218-hojo-6", "alerts.atom"):
        assert client.get(f"/v1/{read}", headers={"Accept-Language": "vi"}).headers["content-language"] == "en"
        assert client.get(f"/v1/{read}", headers={"Accept-Language": "ja"}).headers["content-language"] == "ja"


def test_no_answer_can_be_asked_for_by_a_time_in_whole_seconds(client):
    """Two warnings may come in one second, and two processes look at different moments (docs/api.md)."""
    answer = client.get("/v1/situation")
    assert "last-modified" not in answer.headers
    now = {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
    assert client.get("/v1/situation", headers=now).status_code == 200


def test_of_a_header_sent_twice_the_first_counts_also_the_second_time(client):
    """Else one could have the next phone answered in another language."""
    twice = [("Accept-Language", "en"), ("Accept-Language", "ja")]
    for _ in range(2):
        assert client.get("/v1/situation", headers=twice).json()["language"] == "en"
        assert client.get("/v1/situation", headers={"Accept-Language": "ja"}).json()["language"] == "ja"


def test_r1_a_drill_is_never_given_in_place_of_the_real_world(client):
    for _ in range(2):
        assert client.get("/v1/drill/situation").json()["drill"] is True
        assert client.get("/v1/situation").json()["drill"] is False


def test_ever_new_questions_do_not_fill_the_memory(client):
    for number in range(50):
        strange = {"Accept-Language": f"x-{number}-" + "y" * 600}
        assert client.get("/v1/situation", headers=strange).status_code == 200


def test_a_web_app_of_the_city_may_read_and_others_may_not(start):
    client = start(web_origins=[APP])
    for _ in range(2):  # the second is given from memory
        ours = client.get("/v1/situation", headers={"Origin": APP})
        other = client.get("/v1/situation", headers={"Origin": "https://elsewhere.example"})
        none = client.get("/v1/situation")
        assert ours.headers["access-control-allow-origin"] == APP
        assert "ETag" in ours.headers["access-control-expose-headers"]
        assert all("access-control-allow-origin" not in answer.headers for answer in (other, none))
        assert all("Origin" in answer.headers["vary"] for answer in (ours, other, none))


def test_a_web_app_may_register_a_phone_and_the_office_is_for_nobody_elses_pages(start):
    client = start(web_origins=[APP])
    asked = {"Origin": APP, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    allowed = client.options("/v1/devices", headers=asked)
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (204, APP)
    assert "POST" in allowed.headers["access-control-allow-methods"]
    assert "Content-Type" in allowed.headers["access-control-allow-headers"]
    assert client.options("/v1/office/shelters/reports", headers=asked).status_code == 405
    assert client.options("/v1/devices", headers=asked | {"Origin": "https://elsewhere.example"}).status_code == 405


def test_without_origins_nobody_is_let_in(client):
    answer = client.get("/v1/situation", headers={"Origin": APP})
    assert "access-control-allow-origin" not in answer.headers


def test_an_address_that_will_go_says_when_and_what_takes_its_place(start):
    going = Deprecation(datetime(2026, 11, 1, tzinfo=UTC), datetime(2028, 3, 31, 15, tzinfo=UTC), "/v1/situation")
    client = start(deprecated={"/v1/alerts/{alert_id}": going, "/v1/alerts": going})
    for _ in range(2):
        headers = client.get("/v1/alerts").headers
        assert headers["deprecation"] == "@1793491200"
        assert headers["sunset"] == "Fri, 31 Mar 2028 15:00:00 GMT"
        assert headers["link"] == '</v1/situation>; rel="successor-version"'
    assert "deprecation" in client.get("/v1/alerts/any").headers
    assert "deprecation" not in client.get("/v1/situation").headers
    paths = client.get("/openapi.json").json()["paths"]
    assert paths["/v1/alerts"]["get"]["deprecated"] is True
    assert "deprecated" not in paths["/v1/situation"]["get"]


def test_a_wrong_method_is_told_all_that_the_address_takes(client):
    allowed = client.put("/v1/devices/me").headers["allow"]
    assert set(allowed.split(", ")) == {"DELETE", "GET", "HEAD", "PATCH"}


def test_what_is_no_http_is_refused_and_the_next_is_answered(client):
    with socket.create_connection((client.base_url.host, client.base_url.port), timeout=30) as connection:
        connection.sendall(b"nonsense\r\n\r\n")
        assert b" 400 " in connection.recv(4096)
    assert client.get("/health/live").status_code == 200


def test_what_carries_words_of_jma_or_places_of_gsi_names_them_and_says_that_they_were_edited(client, live):
    live.send("VPWW56", Stated("49"))
    for read in ("situation", "alerts", "forecast", "earthquakes", "bulletins", "typhoons", "outlook", "outbox"):
        credit = "".join(client.get(f"/v1/{read}").json()["attribution"])
        assert "気象庁" in credit, read
        assert "編集・加工" in credit, read
    for read in ("shelters", "shelters.geojson", "shelters/E2721800042201", "shelters/advice?district=27218-hojo-6"):
        credit = "".join(client.get(f"/v1/{read}").json()["attribution"])
        assert "国土地理院" in credit, read
        assert "加工" in credit, read
