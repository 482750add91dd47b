"""R20: where somebody is stands in no log and in no file, at the chattiest setting too."""

import subprocess

import httpx

from bosai import parts
from bosai.settings import Settings, child_environment
from bosai.startup import free_port, migrate

LATITUDE, LONGITUDE, ADDRESS = "34.7131337", "135.6241337", "大東市北条3-15-77"
ENDS = ["".join(text.split(".")[1:]) for text in (LATITUDE, LONGITUDE)]
TRACES = [*ENDS, "lat=", "address=", "3-15-77", "%E5%8C%97%E6%9D%A1"]


def test_r20_no_coordinate_and_no_address_is_logged_or_stored(tmp_path, until):
    settings = Settings(data=tmp_path / "data", port=free_port(), feeds=False, log_level="DEBUG")
    migrate(settings)
    log = tmp_path / "log"
    with (
        log.open("wb") as out,
        subprocess.Popen(parts.api(settings), env=child_environment(settings), stdout=out, stderr=out) as server,
        httpx.Client(base_url=f"http://127.0.0.1:{settings.port}", trust_env=False, timeout=60) as client,
    ):
        try:
            until(lambda: answers(client))
            questions = [
                {"lat": LATITUDE, "lon": LONGITUDE},
                {"address": ADDRESS},
                {"lat": LATITUDE, "lon": f"{LONGITUDE}east"},
                {"lat": LATITUDE, "lon": LONGITUDE, "address": ADDRESS},
                {"lat": LATITUDE, "lon": "13.1241337"},
            ]
            for world in ("/v1", "/v1/drill"):
                asked = [client.get(f"{world}/districts/locate", params=question) for question in questions]
                assert [answer.status_code for answer in asked] == [200, 200, 422, 422, 422]
                advised = [client.get(f"{world}/shelters/advice", params=question) for question in questions]
                assert [answer.status_code for answer in advised] == [200, 422, 422, 200, 422]
        finally:
            server.terminate()
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert log in kept
    assert [(path.name, trace) for path in kept for trace in TRACES if trace.encode() in path.read_bytes()] == []


def answers(client):
    try:
        return client.get("/health/live").status_code == 200
    except httpx.TransportError:
        return False
